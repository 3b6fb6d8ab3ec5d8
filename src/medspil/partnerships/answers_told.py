"""Tells whoever asked in the app that the answer has come: one mail with the way to it, once, and none of its words.

A side that asked by a one-time link gets the answer itself in the mail (asking_back.py): it has no page to read it on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.linking.parties import name_of
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import known_language, one_line
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up
from medspil.partnerships.models import Question

PURPOSE = "partnership_answered"
TOLD_WITHIN = timedelta(days=7)


def tell_askers(*, now: datetime, page: Callable[[int], str]) -> int:
    """Mail those who asked in the app that somebody else has answered, once each; return how many.

    `page` makes the address of a question's page from its key. Again, it changes nothing.
    """
    if not is_set_up():
        return 0
    since = timezone.localdate(now) - TOLD_WITHIN
    asked = Question.objects.filter(answered_on__gte=since, answer_told_at=None, forgotten_at=None)
    by_others = asked.filter(Q(answer_noted_by=None) | ~Q(answer_noted_by=F("asked_by")), asked_by__is_active=True)
    waiting = by_others.exclude(asked_by__email="").for_page().order_by("pk")
    return sum(_tell(one, now=now, page=page) for one in waiting)


@before_sending(PURPOSE, label=_("Answer to a question in a partnership"))
def still_told(message: Message, _now: datetime) -> None:
    """Tell nobody of an answer that was forgotten, or that she may not read any more."""
    asker = User.objects.filter(email=message.to_email, is_active=True).first()
    readable = Question.objects.visible_to(asker) if asker else Question.objects.none()
    if not readable.filter(pk=int(message.about_id), forgotten_at=None).exists():
        raise NotAnyMore(_("Who asked does not read it any more, or the answer was forgotten."))


@transaction.atomic
def _tell(question: Question, *, now: datetime, page: Callable[[int], str]) -> bool:
    """Put one mail into the outbox: of two workers at once one does."""
    if not Question.objects.filter(pk=question.pk, answer_told_at=None).update(answer_told_at=now):
        return False
    asker, owner = question.asked_by, question.partnership.link.area.owner
    assert asker  # noqa: S101  (asked for by the caller)
    facts = {"asker": asker, "question": question, "page": page(question.pk)}
    with translation.override(known_language(asker.language)):
        text = render_to_string(
            "partnerships/mail/answered.txt", facts | {"answered_by": name_of(question.asked_of.side)}
        )
        subject = gettext("An answer to your question")
    put(
        purpose=PURPOSE,
        dedupe_key=f"{PURPOSE}:{question.pk}",
        to=asker.email,
        to_name=one_line(str(asker)),
        subject=one_line(f"Medspil: {subject}"),
        text=text,
        about=question,
        now=now,
        language=asker.language,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )
    return True
