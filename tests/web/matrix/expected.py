"""The permission matrix: one row per address, in the words of roles.py. A page that is not here fails the tests."""

from tests.web.matrix.rules import Page, Scope

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})


def open_to_all(**args: str) -> Page:
    """A page of django-allauth that everybody may open."""
    return Page(scope=Scope.PUBLIC, methods=FORM, args=args, others_code=True)


def signed_in() -> Page:
    """A page of django-allauth about one's own account."""
    return Page(scope=Scope.SIGNED_IN, methods=FORM, others_code=True)


EXPECTED: dict[str, Page] = {
    # Pages of no room
    "home": Page(scope=Scope.PUBLIC),
    "accessibility": Page(scope=Scope.PUBLIC),
    "privacy": Page(scope=Scope.PUBLIC),
    "set_language": Page(scope=Scope.PUBLIC, methods=SEND),
    "healthy": Page(scope=Scope.PUBLIC),
    "robots": Page(scope=Scope.PUBLIC),
    # Organisations and their people
    "organisations:list": Page(scope=Scope.SIGNED_IN),
    # Sign-in and one's own account
    "accounts:me": Page(scope=Scope.SIGNED_IN),
    "accounts:name": Page(scope=Scope.SIGNED_IN, methods=FORM),
    "account_login": open_to_all(),
    "account_logout": open_to_all(),
    "account_signup": open_to_all(),
    "account_inactive": open_to_all(),
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": open_to_all(),
    "account_confirm_email": open_to_all(key="=unknown"),
    "account_change_password": signed_in(),
    "account_set_password": signed_in(),
    "account_reset_password": open_to_all(),
    "account_reset_password_done": open_to_all(),
    "account_reset_password_from_key": open_to_all(uidb36="=1", key="=unknown"),
    "account_reset_password_from_key_done": open_to_all(),
    "mfa_index": signed_in(),
    "mfa_authenticate": open_to_all(),
    "mfa_reauthenticate": signed_in(),
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
}
