"""The mail that asks somebody whether what stands here is still right."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from medspil.accounts.models import OneTimeLink, User
from medspil.mapping.models import Resource

log = logging.getLogger(__name__)


def ask_by_mail(*, link: OneTimeLink, resource: Resource, by: User, address: str) -> bool:
    """Send the mail in the recipient's language; a broken mail server must not undo what was stored."""
    known = dict(settings.LANGUAGES)
    with translation.override(link.language if link.language in known else settings.LANGUAGE_CODE):
        facts = {"resource": resource, "area": resource.area, "by": by, "link": link, "address": address}
        text = render_to_string("mapping/mail/still_right.txt", facts)
        subject = translation.gettext("Is this still right?")
        if not resource.is_person:  # a name in a subject is read on every screen the mail passes
            subject = translation.gettext("Is this still right? %(name)s") % {"name": resource.name}
    try:
        send_mail(f"Medspil: {' '.join(subject.split())}", text, None, [link.recipient_email])
    except (SMTPException, OSError):
        log.exception("mail_not_sent resource=%s", resource.pk)
        return False
    return True
