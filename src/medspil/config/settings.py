"""All settings. They come from the environment; the defaults are those of a laptop."""

import sys
from importlib.metadata import version
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

import medspil.config.sqlite  # noqa: F401  (first: it swaps SQLite before Django loads it)
from medspil.config import env
from medspil.config.lookups import (  # noqa: F401  (settings are looked for in this module)
    ADDRESSES_TOKEN,
    ADDRESSES_URL,
    LOOKUP,
    LOOKUP_AGENT,
    LOOKUP_KEY,
    LOOKUP_SECONDS,
    LOOKUP_URL,
)

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("MEDSPIL_DATA", "var")).resolve()
VERSION = version("medspil")

TESTING = "pytest" in sys.modules
DEBUG = env.flag("MEDSPIL_DEBUG", default=False)
# A site that is reached over plain HTTP on one's own machine: no secure cookies, no redirect, a key made on the spot.
LOCAL = env.flag("MEDSPIL_LOCAL", default=TESTING)


def _secret_key() -> str:
    key = env.text("MEDSPIL_SECRET_KEY")
    if key:
        return key
    if LOCAL or DEBUG:
        return "only-for-one-machine-" * 3
    raise ImproperlyConfigured("Set MEDSPIL_SECRET_KEY (50 random signs), or MEDSPIL_LOCAL=true on your own machine.")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("MEDSPIL_HOSTS", "localhost,127.0.0.1,[::1]" if LOCAL or DEBUG else "")
CSRF_TRUSTED_ORIGINS = env.words("MEDSPIL_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "medspil.common",
    "medspil.accounts",
    "medspil.register",
    "medspil.catalogue",
    "medspil.notices",
    "medspil.organisations",
    "medspil.areas",
    "medspil.offers",
    "medspil.mapping",
    "medspil.linking",
    "medspil.partnerships",
    "medspil.boards",
    "medspil.walks",
    "medspil.alignment",
    "medspil.pulses",
    "medspil.agreements",
    "medspil.rounds",
    "medspil.progress",
    "medspil.web",
    "medspil.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "medspil.web.middleware.RefuseNullCharacters",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "medspil.web.middleware.PrivateByDefault",
    "medspil.web.middleware.ShowWhereTheFormIs",
]

ROOT_URLCONF = "medspil.config.urls"
WSGI_APPLICATION = "medspil.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # First ours: the pages of django-allauth are drawn in our look.
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "medspil.web.context.site",
            ],
            "builtins": ["template_partials.templatetags.partials", "medspil.web.templatetags.medspil"],
        },
    }
]
FORM_RENDERER = "medspil.web.forms.Renderer"

DATABASES = {"default": env.database("MEDSPIL_DATABASE", default=DATA_DIR / "medspil.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "medspil.config.formats"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Others' front-end parts, copied from npm at set-up; nothing of theirs is committed.
FRONTEND_PARTS = DATA_DIR / "parts"
STATICFILES_DIRS = [FRONTEND_PARTS] if FRONTEND_PARTS.exists() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
INDEX_DIR = DATA_DIR / "index"
# The register's files come every week: after this many days every ranking says that its register is old.
REGISTER_STALE_DAYS = env.days("MEDSPIL_STALE_DAYS", 30)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "medspil.accounts.adapter.ClosedSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address, and a new one counts when its owner confirmed it
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when password, address or second step change
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Medspil: "
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Medspil"
MFA_TOTP_TOLERANCE = 1

SESSION_COOKIE_AGE = 60 * 60 * 24
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^sund$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
if env.flag("MEDSPIL_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Attempts are counted by visitor: behind a proxy all would have its address, and one could lock everybody out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "medspil.web.errors.csrf_failed"
TILES_URL = env.text("MEDSPIL_TILES")  # none by default: no visitor's address leaves the house
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([TILES_URL.split("/{")[0]] if TILES_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Django's own mails go into the outbox as all do; the worker sends them (notices/).
EMAIL_BACKEND = "medspil.notices.backend.IntoOutbox"
EMAIL_HOST = env.text("MEDSPIL_SMTP_HOST")
EMAIL_PORT = env.port("MEDSPIL_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("MEDSPIL_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("MEDSPIL_SMTP_PASSWORD")
SMTP_SECURITY = env.one_of("MEDSPIL_SMTP_SECURITY", "starttls", "tls", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_SECURITY == "starttls", SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 10


def _without_mail_server() -> str:
    """Return what takes mails where no mail server is named: on one's own machine they are printed."""
    if TESTING:
        return "django.core.mail.backends.locmem.EmailBackend"
    return "medspil.notices.printed.Readable" if LOCAL or DEBUG else ""


MAIL_WITHOUT_SERVER = _without_mail_server()
DEFAULT_FROM_EMAIL = env.text("MEDSPIL_FROM", "Medspil <medspil@localhost>")

UPLOAD_LIMIT_BYTES = 60 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a list has up to 2,000 lines, with four choices each
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("MEDSPIL_LOG", "WARNING")},
}
