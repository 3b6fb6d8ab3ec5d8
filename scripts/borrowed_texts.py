"""Texts of Django and django-allauth that we say in our own Danish: theirs is stiff, or not how Medspil speaks.

Each must be word for word as the package writes it; a test sees to that. The Danish stands in our catalogue.
"""

TEXTS: tuple[str | tuple[str, str], ...] = (
    # Forms (Django)
    "This field is required.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Enter a valid date.",
    "Enter a number.",
    "Enter a whole number.",
    "Enter a valid email address.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    (
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
    ),
    (
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
    ),
    (
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
    ),
    (
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
    ),
    "No file was submitted.",
    "The submitted file is empty.",
    "File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.",
    "Null characters are not allowed.",
    "%(model_name)s with this %(field_label)s already exists.",
    # Passwords (Django)
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    (
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    "The password is too similar to the %(verbose_name)s.",
    "Your password can’t be too similar to your other personal information.",
    "This password is too common.",
    "Your password can’t be a commonly used password.",
    # Signing in (django-allauth)
    "Email",
    "Email address",
    "Forgot your password?",
    "Current Password",
    "New Password",
    "New Password (again)",
    "Please type your current password.",
    "You must type the same password each time.",
    "This account is currently inactive.",
    "The email address and/or password you specified are not correct.",
    "Too many failed login attempts. Try again later.",
    "Be patient, you are sending too many requests.",
    "The password reset token was invalid.",
    "A user is already registered with this email address.",
    "This email address is already associated with this account.",
    "Unable to confirm %(email)s because it is already confirmed by a different account.",
    "Confirmation email sent to %(email)s.",
    "Primary email address set.",
    "Removed email address %(email)s.",
    "Password successfully changed.",
    "Password successfully set.",
    # The second step (django-allauth)
    "Authenticator code",
    "Use authenticator app or code",
    "Authenticator app activated.",
    "Authenticator app deactivated.",
    "A new set of recovery codes has been generated.",
    "Authenticator App Activated",
    "Authenticator App Deactivated",
    "New Recovery Codes Generated",
    "A new set of Two-Factor Authentication recovery codes has been generated.",
    "Password Changed",
    "Your password has been changed.",
    "Email Changed",
    "Your email has been changed from %(from_email)s to %(to_email)s.",
    "You cannot activate two-factor authentication until you have verified your email address.",
    "You cannot deactivate two-factor authentication.",
    "You cannot generate recovery codes without having two-factor authentication enabled.",
    "You cannot add an email address to an account protected by two-factor authentication.",
)
