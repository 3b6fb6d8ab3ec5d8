"""The mails of the answer clock: to the contact person, late to the deputy and to the chief; each once, by its link."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User
from medspil.linking.parties import name_of
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.models import Message
from medspil.partnerships.models import Part, PartnerPerson, Question, Standing
from medspil.partnerships.side_mails import mail_link

PURPOSE = "partnership_question"


def mail_question(
    *, question: Question, to: PartnerPerson, by: User | None, now: datetime, address: Callable[[str], str]
) -> bool:
    """Put the mail with a link of its own into the outbox; False where no mail server is set up.

    `by` is nobody where the clock passes a question on by itself.
    """
    facts = {
        "question": question,
        "asked_by": sender_of(question),
        "asked_of": name_of(question.asked_of.side),
        "passed_on": to.part if to.part != Part.CONTACT else "",
        "late": timezone.localdate(now) > question.due_on,
    }
    return mail_link(
        to=to,
        purpose=PURPOSE,
        record=question,
        partnership=question.partnership,
        template="partnerships/mail/question.txt",
        facts=facts,
        subject=lambda: gettext("A question from your partnership"),
        about_version=question.version,
        by=by,
        now=now,
        address=address,
    )


def sender_of(question: Question) -> str:
    """Return on whose behalf a question is asked: a side, or the organisation that answers for the area."""
    return name_of(question.put_by.side) if question.put_by else question.partnership.link.area.owner.name


@before_sending(PURPOSE, label=_("Question in a partnership"))
def still_asked(message: Message, now: datetime) -> None:
    """Ask nobody what was answered or taken back meanwhile, or who takes part no more."""
    link = link_of(message, now)
    question = _question(link)
    if question is None or not question.is_open:
        raise NotAnyMore(_("The question has been answered or taken back."))
    if question.asked_of.left_on or question.partnership.standing == Standing.ENDED:
        raise NotAnyMore(_("The side has left the partnership, or it has ended."))


def _question(link: OneTimeLink) -> Question | None:
    return Question.objects.select_related("asked_of", "partnership").filter(pk=int(link.record_id)).first()
