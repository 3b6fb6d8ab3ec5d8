"""The mail that asks somebody whether what stands here is still right."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from medspil.accounts.models import OneTimeLink, User
from medspil.mapping.models import Resource
from medspil.notices.letters import one_line
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up


def ask_by_mail(*, link: OneTimeLink, resource: Resource, by: User, address: str, now: datetime) -> bool:
    """Put the mail, in the recipient's language, into the outbox; False where no mail server is set up."""
    if not is_set_up():
        return False
    known = dict(settings.LANGUAGES)
    with translation.override(link.language if link.language in known else settings.LANGUAGE_CODE):
        facts = {"resource": resource, "area": resource.area, "by": by, "link": link, "address": address}
        text = render_to_string("mapping/mail/still_right.txt", facts)
        subject = translation.gettext("Is this still right?")
        if not resource.is_person:  # a name in a subject is read on every screen the mail passes
            subject = translation.gettext("Is this still right? %(name)s") % {"name": resource.name}
    owner = resource.area.owner
    put(
        purpose=link.purpose,
        dedupe_key=f"{link.purpose}:{link.pk}",
        to=link.recipient_email,
        subject=one_line(f"Medspil: {subject}"),
        text=text,
        about=link,
        by=by,
        now=now,
        language=link.language,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )
    return True
