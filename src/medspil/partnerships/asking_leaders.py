"""A question back to those who lead a partnership and are no side of it: a mail to whoever asked, and a note of it.

Only a side has an answer clock. What goes to those who lead stands in the log of the side it came from, where they read
what was said, and goes by mail to the person who asked; she answers that mail.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.common.once import once
from medspil.linking.parties import name_of
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import known_language, one_line
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.models import Channel, Conversation, Partner, Question, Standing
from medspil.partnerships.people import HasLeft
from medspil.partnerships.permissions import rights_in
from medspil.partnerships.questions import PartnershipOver, words_of

PURPOSE = "partnership_asked_back"
MOST = 3


class EnoughAskedOfLeaders(Exception):
    """A side that has asked back several times about one question."""

    def __init__(self) -> None:
        super().__init__(_("You have asked back three times already. Answer what you can, or ring up."))


def leader_behind(question: Question) -> User | None:
    """Return who asked for those who lead, where these are no side, and leads still: a question back goes to her."""
    partnership, by = question.partnership, question.asked_by
    if question.put_by or by is None or not by.is_active:
        return None
    there = Partner.objects.filter(partnership=partnership).there()
    if there.filter(side__organisation=partnership.link.area.owner_id).exists():
        return None
    return by if rights_in(by, partnership).runs else None


@transaction.atomic
def ask_leader(
    *, question: Question, link: OneTimeLink, leader: User, text: str, creation_key: UUID, now: datetime
) -> Conversation:
    """Note what a side asks back, and mail it to who asked; the same key again is the same question.

    Answers go to the address that the link went to. Raises `NothingAsked`, `TextTooLong`, `EnoughAskedOfLeaders`,
    `HasLeft`, `PartnershipOver`, `PartnershipPutAway`, `CprNumberFound`.
    """
    words, partnership, side = words_of(text), question.partnership, question.asked_of
    refuse_put_away(partnership)
    if partnership.standing == Standing.ENDED:
        raise PartnershipOver
    if side.left_on or side.side.withdrawn:
        raise HasLeft

    def make() -> Conversation:
        prefix = f"{PURPOSE}:{question.pk}:"
        asked = Message.objects.filter(dedupe_key__startswith=prefix).count()
        if asked >= MOST:
            raise EnoughAskedOfLeaders
        note = Conversation.objects.create(
            link=partnership.link, party=side.side, channel=Channel.MAIL, at=now, text=words, by=leader,
            their_people=link.recipient_name[:200], creation_key=creation_key, created_at=now, updated_at=now,
        )  # fmt: skip
        record_history(record=note, action="conversation_noted", by=None, now=now)
        if is_set_up():
            _mail(note, key=f"{prefix}{creation_key}", question=question, link=link, to=leader, now=now)
        return note

    return once(Conversation.objects.filter(creation_key=creation_key), make)


def _mail(note: Conversation, *, key: str, question: Question, link: OneTimeLink, to: User, now: datetime) -> None:
    """Put the mail into the outbox, in her language."""
    owner = question.partnership.link.area.owner
    side = name_of(question.asked_of.side)
    with translation.override(known_language(to.language)):
        facts = {"to": to, "side": side, "question": question, "text": note.text, "link": link}
        text = render_to_string("partnerships/mail/asked_back.txt", facts)
        subject = gettext("A question from your partnership")
    put(
        purpose=PURPOSE,
        dedupe_key=key,
        to=to.email,
        to_name=one_line(str(to)),
        subject=one_line(f"Medspil: {subject}"),
        text=text,
        about=note,
        now=now,
        language=to.language,
        reply_to=link.recipient_email,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )


@before_sending(PURPOSE, label=_("Question in a partnership"))
def still_told(message: Message, now: datetime) -> None:
    """Send nothing that was removed or forgotten meanwhile."""
    if not Conversation.objects.filter(pk=int(message.about_id), forgotten_at=None).exists():
        raise NotAnyMore(_("The question has been answered or taken back."))
