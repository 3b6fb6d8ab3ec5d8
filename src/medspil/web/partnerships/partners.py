"""Those who take part in a partnership, in words: what they bring and gain, who answers for them, what is missing."""

from typing import Any

from medspil.catalogue.vocabulary import vocabulary
from medspil.notices.came_back import came_back_from
from medspil.partnerships.late import answer_times
from medspil.partnerships.models import Part, Partner, PartnerGain, QuestionQuerySet, When
from medspil.partnerships.permissions import is_broker
from medspil.partnerships.side_people import SidePeople, people_of
from medspil.partnerships.unreached import WRITTEN_TO
from medspil.web.areas.words import language
from medspil.web.linking.link_parties import eyes_of
from medspil.web.partnerships import partnership_words as words
from medspil.web.partnerships.bringing import said_for
from medspil.web.partnerships.cards import Look

TO_REACH = (Part.CONTACT, Part.DEPUTY)


def partners_of(look: Look, questions: QuestionQuerySet) -> list[dict[str, Any]]:
    """Return those who take part, as the person who looks may see them; times of answering rest on `questions`.

    Who has which part and what is missing is for those who lead and for the sides, never for a reader. The broker is
    told who answers for each side today and how to reach them, as long as she is the broker.
    """
    sides = list(look.partnership.partners.all())
    inside = look.rights.runs or bool(look.rights.own)
    eyes = eyes_of(look.user, [look.partnership.link])
    people = people_of(sides, on=look.today) if inside or is_broker(look.user, look.partnership, on=look.today) else {}
    named = [one.address for each in people.values() for one in each.everybody]
    back = came_back_from(named, of=look.partnership.link.area.owner_id)
    lost = [one for each in people.values() for one in each.everybody if one.part in WRITTEN_TO and one.address in back]
    times = answer_times(sides, questions, on=look.today) if inside else {}
    gains, said = _gains(look, sides), said_for(look, sides)
    found = []
    for partner in sides:
        who = eyes.who(partner.side)
        resource = partner.side.resource
        hidden = resource is not None and resource.is_person and not who.url
        mine = look.rights.runs or partner.pk in look.rights.own
        there = people.get(partner.pk)
        found.append(
            {
                "partner": partner,
                "who": who,
                "sector": words.SECTORS[who.sector],
                "own": partner.pk in look.rights.own,
                "brings": "" if hidden else partner.side.brings,
                "said": None if hidden else said.get(partner.pk),
                "gains": [] if hidden else gains[partner.pk],
                "changes": mine and not look.partnership.archived_at,
                "people": _people(there, back, whole=inside) if there and not hidden else [],
                "unreached": [one for one in lost if one.partner_id == partner.pk and mine and partner.left_on is None],
                "gaps": [words.GAPS[gap] for gap in there.gaps] if there and mine and partner.left_on is None else [],
                "time": times.get(partner.pk),
            }
        )
    return found


def _people(there: SidePeople, back: frozenset[str], *, whole: bool) -> list[dict[str, Any]]:
    """Return the people of a side in words, each with her part; for a broker those alone whom she may have to reach."""
    shown = there.everybody if whole else [one for one in there.everybody if one.part in TO_REACH]
    return [
        {
            "person": one,
            "part": words.PARTS[one.part],
            "gone": one.pk in there.gone,
            "back": one.address in back,
            "decides": whole,
        }
        for one in shown
    ]


def _gains(look: Look, sides: list[Partner]) -> dict[int, list[dict[str, Any]]]:
    """Return the gains of each side in words. One query."""
    known = vocabulary().gains
    found: dict[int, list[dict[str, Any]]] = {one.pk: [] for one in sides}
    seen = PartnerGain.objects.visible_to(look.user, on=look.today)
    for gain in seen.filter(partner__in=sides).order_by("when", "pk"):
        name = known[gain.code].name(language()) if gain.code in known else ""
        shown = {"gain": gain, "name": name, "had": gain.when == When.EXPERIENCED}
        found[gain.partner_id].append(shown)
    return found
