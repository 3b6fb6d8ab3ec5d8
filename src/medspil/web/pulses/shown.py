"""What the page of a pulse shows a person: the trend and the table, her own answers, news, and who cannot be asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.linking.parties import names_for
from medspil.partnerships.going_on import why_not
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.permissions import PartnershipRights
from medspil.partnerships.side_people import people_of
from medspil.pulses.models import News, PulseAnswer, Rhythm, Step
from medspil.pulses.reading import Fall, Told, Why, falls, told_to
from medspil.pulses.settings import mails_off, rhythm_of
from medspil.web.http import SignedInRequest
from medspil.web.pulses.forms import AnswerForm, NewsForm, RhythmForm
from medspil.web.pulses.trend import Trend
from medspil.web.quoting import quoted
from medspil.web.tables import Column, Table

LEADERS = "0"
MOST_NEWS = 50


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One side of hers in a round that takes answers: what she said, and the form to say or change it."""

    partner: Partner
    name: str
    given: PulseAnswer | None
    form: BaseForm


@dataclass(frozen=True, slots=True)
class ShownNews:
    """A piece of news with the name of the side as the reader may know it."""

    news: News
    teller: str
    mine: bool = False
    """Whether the reader may take it back."""


def context(
    request: SignedInRequest, partnership: Partnership, rights: PartnershipRights, **more: Any
) -> dict[str, Any]:
    """Return what the page needs."""
    today = timezone.localdate()
    sides = [one for one in partnership.partners.all() if one.left_on is None]
    names = names_for(request.user, [one.side for one in partnership.partners.all()])
    told = told_to(rights, partnership, on=today)
    going_on = told[-1] if told and told[-1].round.is_open(today) else None
    pulse, stopped = rhythm_of(partnership), why_not(partnership)
    tellers = tellers_of(partnership, rights, names)
    own = [one for one in sides if one.pk in rights.own]
    found = {
        "partnership": partnership,
        "rights": rights,
        "why_not": stopped,
        "rhythm": pulse.get_rhythm_display() if pulse else Rhythm.OFF.label,
        "going_on": going_on.round if going_on else None,
        "own": [] if stopped or not going_on else [_own(going_on, one, names[one.side_id], more) for one in own],
        "hidden": going_on.hidden if going_on else (),
        "trends": trends(told, sides, names),
        "table": table(told, sides, names, today),
        "falls": falls_told(partnership, rights, names, today),
        "unasked": unasked(sides, names, today) if pulse and pulse.rhythm != Rhythm.OFF else [],
        "rhythm_form": RhythmForm(
            initial={"rhythm": pulse.rhythm if pulse else Rhythm.OFF, "version": pulse.version if pulse else 0}
        ),
        "news": news_of(request.user, partnership, names, rights=rights),
        "taken_back": taken_back(request.user, partnership, names, rights),
        "news_form": NewsForm(tellers=tellers, initial={"creation_key": uuid4()}),
        "mails": [(one, names[one.side_id], one.pk not in mails_off(own)) for one in own],
    }
    return found | more


def _own(told: Told, side: Partner, name: str, more: dict[str, Any]) -> OwnAnswer:
    given = told.answers.get(side.pk)
    said = {"step": given.step, "words": given.words, "version": given.version} if given else {"version": 0}
    form = (
        more["answer_form"] if more.get("answering") == side.pk else AnswerForm(initial=said, auto_id=f"s{side.pk}_%s")
    )
    return OwnAnswer(side, name, given, form)


def tellers_of(partnership: Partnership, rights: PartnershipRights, names: dict[int, str]) -> list[tuple[str, str]]:
    """Return in whose name a person may tell news: her own sides, or those who lead where they are no side."""
    own = [one for one in partnership.partners.all() if one.left_on is None and one.pk in rights.own]
    found = [(str(one.pk), names[one.side_id]) for one in own]
    return found or ([(LEADERS, partnership.link.area.owner.name)] if rights.runs else [])


def news_of(
    user: User,
    partnership: Partnership,
    names: dict[int, str],
    *,
    rights: PartnershipRights | None = None,
    most: int = MOST_NEWS,
) -> list[ShownNews]:
    """Return the news of a partnership that a person may read, the newest first."""
    seen = News.objects.visible_to(user).filter(partnership=partnership).standing()
    return [_shown(one, partnership, names, rights) for one in seen.for_page()[:most]]


def taken_back(
    user: User, partnership: Partnership, names: dict[int, str], rights: PartnershipRights
) -> list[ShownNews]:
    """Return the news that were taken back and that a person may let the others read again."""
    gone = News.objects.visible_to(user).filter(partnership=partnership, forgotten_at=None, taken_back_at__isnull=False)
    return [one for news in gone.for_page()[:MOST_NEWS] if (one := _shown(news, partnership, names, rights)).mine]


def may_take_back(news: News, rights: PartnershipRights) -> bool:
    """Return whether a person may take news back: that of her own side, or any where she leads."""
    return rights.runs or news.by_side_id in rights.own


def _shown(news: News, partnership: Partnership, names: dict[int, str], rights: PartnershipRights | None) -> ShownNews:
    teller = names.get(news.by_side.side_id, "") if news.by_side else partnership.link.area.owner.name
    return ShownNews(news, teller, rights is not None and may_take_back(news, rights))


def trends(told: list[Told], sides: list[Partner], names: dict[int, str]) -> list[Trend]:
    """Return the line of each side, where there is anything to draw."""
    return [
        Trend(names[side.side_id], [(each.round.begun_on, _step(each, side)) for each in told])
        for side in sides
        if any(side.pk in each.answers for each in told)
    ]


def table(told: list[Told], sides: list[Partner], names: dict[int, str], today: date) -> Table | None:
    """Return all rounds as a table, the newest first: by side the step, and the sentence for who may read it."""
    if not told:
        return None
    columns = [Column(_("Asked on"), "round.begun_on")]
    columns += [Column(names[side.side_id], _cell(side, today)) for side in sides]
    return Table(_("How it went, round by round"), tuple(columns), list(reversed(told)), caption_hidden=True)


def _cell(side: Partner, today: date) -> Any:
    def said(told: Told) -> str:
        if side.pk in told.hidden:
            return _("answered; you read it after your own answer")
        given = told.answers.get(side.pk)
        if given is None:
            return _said_nothing(told, side, today)
        words = given.words if side.pk in told.words else ""
        return f"{Step(given.step).label}: {quoted(words)}" if words else str(Step(given.step).label)

    return said


def _said_nothing(told: Told, side: Partner, today: date) -> str:
    """Say what silence means: not asked, as it took part later; still to answer; or no answer."""
    if told.round.ends_on < side.joined_on:
        return ""
    return _("no answer yet") if told.round.is_open(today) else _("no answer")


def _step(told: Told, side: Partner) -> Step | None:
    given = told.answers.get(side.pk)
    return Step(given.step) if given else None


def falls_told(partnership: Partnership, rights: PartnershipRights, names: dict[int, str], today: date) -> list[str]:
    """Return to those who lead a sentence for each side that they should call; nobody calls herself."""
    found = falls([partnership], on=today) if rights.runs else []
    return [_sentence(one, names.get(one.partner.side_id, "")) for one in found if one.partner.pk not in rights.own]


def _sentence(fall: Fall, name: str) -> str:
    if fall.why is Why.FELL:
        return _("%(name)s says that it goes clearly worse than the last time. Call them.") % {"name": name}
    return _("%(name)s says for the second time that it goes badly or is hard going. Call them.") % {"name": name}


def unasked(sides: list[Partner], names: dict[int, str], today: date) -> list[tuple[int, str]]:
    """Return the sides that no mail can ask, as nobody with an address is named there."""
    people = people_of(sides, on=today)
    return [(one.pk, names[one.side_id]) for one in sides if people[one.pk].to_ask() is None]
