"""The mail to somebody who was added to an organisation."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role

log = logging.getLogger(__name__)


def tell_added(*, user: User, organisation: Organisation, role: Role, by: User | None, link: str) -> bool:
    """Send the mail in the person's own language; a broken mail server must not undo what was stored."""
    with translation.override(user.language):
        facts = {"organisation": organisation, "role": role.label, "by": by, "link": link, "user": user}
        text = render_to_string("organisations/mail/added.txt", facts)
        subject = translation.gettext("You can now take part in %(name)s") % {"name": organisation.name}
    try:
        send_mail(f"Medspil: {' '.join(subject.split())}", text, None, [user.email])
    except (SMTPException, OSError):
        log.exception("mail_not_sent organisation=%s", organisation.pk)
        return False
    return True
