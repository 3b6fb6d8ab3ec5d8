"""Addresses of sign-in and of a person's own account: exactly those we want of django-allauth, in Danish."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from medspil.web.accounts import views

own = [
    path("", views.me, name="me"),
    path("navn/", views.change_name, name="name"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    # In and out
    path("log-ind/", account.login, name="account_login"),
    path("log-ud/", account.logout, name="account_logout"),
    path("opret/", account.signup, name="account_signup"),
    path("lukket/", account.account_inactive, name="account_inactive"),
    path("bekraeft/", account.reauthenticate, name="account_reauthenticate"),
    # E-mail
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/sendt/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^e-mail/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    # Password
    path("adgangskode/", account.password_change, name="account_change_password"),
    path("adgangskode/foerste/", account.password_set, name="account_set_password"),
    path("adgangskode/glemt/", account.password_reset, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("adgangskode/ny/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    # The second step
    path("to-trin/", second_step.index, name="mfa_index"),
    path("to-trin/log-ind/", second_step.authenticate, name="mfa_authenticate"),
    path("to-trin/bekraeft/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("to-trin/til/", totp.activate_totp, name="mfa_activate_totp"),
    path("to-trin/fra/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("to-trin/koder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("to-trin/koder/nye/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("to-trin/koder/hent/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
