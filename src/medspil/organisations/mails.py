"""The mail to somebody who was added to an organisation."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import one_line
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up
from medspil.organisations.models import Membership
from medspil.organisations.roles import Role

PURPOSE = "person_added"


def tell_added(*, membership: Membership, by: User | None, link: str, now: datetime) -> bool:
    """Put the mail, in the person's own language, into the outbox; False where no mail server is set up."""
    if not is_set_up():
        return False
    user, organisation = membership.user, membership.organisation
    with translation.override(user.language):
        role = Role(membership.role).label
        facts = {"organisation": organisation, "role": role, "by": by, "link": link, "user": user}
        text = render_to_string("organisations/mail/added.txt", facts)
        subject = translation.gettext("You can now take part in %(name)s") % {"name": organisation.name}
    put(
        purpose=PURPOSE,
        dedupe_key=f"{PURPOSE}:{membership.pk}",
        to=user.email,
        subject=one_line(f"Medspil: {subject}"),
        text=text,
        about=membership,
        by=by,
        now=now,
        language=user.language,
        on_behalf_of=OnBehalfOf(organisation.pk, organisation.name),
    )
    return True


@before_sending(PURPOSE, label=_("Added to the organisation"))
def still_a_member(message: Message, now: datetime) -> None:
    """Invite nobody whose membership has ended in the meantime, or by a link that chooses no password any more."""
    membership = Membership.objects.current().filter(pk=message.about_id, user__is_active=True).first()
    if membership is None:
        raise NotAnyMore(_("The person no longer belongs to the organisation."))
    too_late = now - message.created_at >= timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    if too_late and not membership.user.has_usable_password():
        raise NotAnyMore(_("It waited so long that the link in it has run out."))
