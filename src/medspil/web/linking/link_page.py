"""The page of one link: both sides, reasons, steps, what was said, one's own notes, the broker."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.accounts.models import User
from medspil.linking.brokers import CHECKLIST, unfinished
from medspil.linking.consequences import said_no_to
from medspil.linking.deleted_sentences import heading_of, tells_of_deletion
from medspil.linking.link_states import FEWEST_SIDES
from medspil.linking.models import Answer, Brokerage, Link, LinkNote, LinkParty, LinkState, Mention, Origin, Refusal
from medspil.linking.notes import voices
from medspil.linking.parties import organisation_of
from medspil.linking.permissions import possible_owners
from medspil.linking.planned import happened_and_planned
from medspil.linking.profiles import named, names_in
from medspil.linking.refusals import consequence
from medspil.offers.models import Offer
from medspil.register.flags import flags_of
from medspil.rounds.sentences import PARTS
from medspil.web.history import told
from medspil.web.http import SignedInRequest
from medspil.web.linking import link_words
from medspil.web.linking.broker_forms import BrokerForm
from medspil.web.linking.link_forms import NoteForm
from medspil.web.linking.link_loading import (
    Rights,
    brokers_of,
    link_or_404,
    may_undo,
    may_write_brings,
    rights_of,
)
from medspil.web.linking.link_moves import moves_of
from medspil.web.linking.link_parties import eyes_of
from medspil.web.linking.link_rounds import rounds_of, stands_for
from medspil.web.linking.link_shown import ShownLink, shown_links
from medspil.web.linking.link_taken_off import taken_off
from medspil.web.linking.rows import shown as shown_row
from medspil.web.linking.wording import points
from medspil.web.offers.flags import offer_flag
from medspil.web.progress.on_link import on_link
from medspil.web.register import flags


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one link."""
    return page(request, link_or_404(request, pk))


def page(request: SignedInRequest, link: Link, *, trouble: str = "", status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the page of a link; `trouble` says why what was asked was not done."""
    user, today = request.user, timezone.localdate()
    shown = shown_of(user, link)
    prefetch_related_objects([side.party for side in shown.sides], "partner")  # where each is called: one query
    rights = rights_of(user, link)
    closed = _closed(link, today) if rights.works else set()
    moves = moves_of(shown, may=rights.works, own=rights.own, speaks=rights.speaks, closed=closed, today=today)
    places = {side.party.pk: side.who.unit for side in shown.sides if side.who.unit}
    wrong = flags_of(places.values())
    writers = voices(user, link, on=today)
    names = {side.party.pk: side.who.name for side in shown.sides}
    refusals = Refusal.objects.visible_to(user).filter(link=link).for_page()
    steps = link.steps.select_related("by").order_by("-at", "-pk")
    happened, planned = happened_and_planned(steps, link.brokerages.all(), today)
    context = {
        "link": link,
        "shown": shown,
        "area": link.area,
        "rights": rights,
        "trouble": trouble,
        "sides": [
            {
                "side": side,
                "moves": moves.by_side.get(side.party.pk, []),
                "own": side.party.pk in rights.speaks,
                "may_take_off": rights.works and _may_take_off(link, side.party),
                "stuck": rights.works and _stuck(link, side.party),
                "may_bring": not side.hidden and may_write_brings(rights, link, side.party),
                "flag": flags.shown(wrong[unit.number])
                if (unit := places.get(side.party.pk)) and unit.number in wrong
                else None,
            }
            for side in shown.sides
        ],
        "whole": moves.whole,
        "refusals": [(one, consequence(one), may_undo(rights, one, link)) for one in refusals],
        "reasons": _ranked(link),
        "notes": LinkNote.objects.visible_to(user, on=today).filter(link=link).select_related("organisation", "by"),
        "note_form": NoteForm(prefix="note", voices=writers, likely=link.area.owner_id),
        "writer": writers.exists(),
        "brokerages": _brokerages(user, link, today),
        "broker_form": BrokerForm(people=possible_owners(link.area), initial={"person": user.pk})
        if rights.works
        else None,
        "offer_reasons": _met(link),
        "why": _why(link),
        "rounds": rounds_of(link, user),
        "stands_for": stands_for(link) if rights.works else [],
        "offer_flags": _offer_flags(link, user, rights, today),
        "mentions": Mention.objects.visible_to(user, on=today).waiting().filter(link=link).count(),
        "taken_off": taken_off(user, link, today) if rights.works else None,
        "on_link": on_link(user, link, on=today) if rights.works else None,
        "today": today,
        "steps": [(one, names.get(one.party_id or 0, ""), day) for one, day in happened],
        "planned": planned,
        "heading": heading_of(link),
        "deleted": tells_of_deletion(link.sentence),
        "history": told(link, link_words.ACTIONS) if rights.works else [],
    }
    return render(request, "linking/link.html", context | more, status=status)


def shown_of(user: User, link: Link) -> ShownLink:
    """Return one link in words. Four queries at most."""
    today = timezone.localdate()
    return shown_links([link], eyes_of(user, [link]), today, brokers_of(user, [link], today))[0]


def _brokerages(user: User, link: Link, today: date) -> list[dict[str, Any]]:
    """Return who builds or built the bridge, with the points of a planned handover."""
    found = Brokerage.objects.visible_to(user, on=today).filter(link=link, called_off_at=None).for_page()
    return [
        {
            "brokerage": one,
            "own": one.user_id == user.pk,
            "over": one.leaves_on is not None and one.leaves_on < today,
            "begins": one.started_on > today,
            "points": [(code, words, code in one.checklist) for code, words in CHECKLIST.items()],
            "open": len(unfinished(one)),
        }
        for one in found
    ]


def _offer_flags(link: Link, user: User, rights: Rights, today: date) -> list[flags.ShownFlag]:
    """Return what happened to each offer that the link counts on; one query, and only where one does not stand."""
    over = [offer for offer in link.offers.all() if not offer.is_open(today)]
    if not over:
        return []
    seen = set(Offer.objects.visible_to(user).filter(pk__in=[one.pk for one in over]).values_list("pk", flat=True))
    own = {giver.pk for one in link.parties.all() if one.pk in rights.speaks and (giver := organisation_of(one))}
    advice = _("It is your offer. What was agreed stays. Speak with the other sides about how you go on.")
    found = [(offer, offer_flag(offer, on=today, seen=offer.pk in seen)) for offer in over]
    return [replace(flag, advice=advice) if offer.organisation_id in own else flag for offer, flag in found if flag]


def _closed(link: Link, today: date) -> set[int]:
    """Return the sides of a link that was turned down whose no still holds: they are not asked again."""
    if link.state != LinkState.TURNED_DOWN:
        return set()
    said_no = [side for side in link.parties.all() if side.answer == Answer.NO]
    return {side.pk for side in said_no if said_no_to(link, side, on=today)}


def _may_take_off(link: Link, side: LinkParty) -> bool:
    """Tell whether a side may be offered to be taken off: one nobody asked, or a person who took the consent back."""
    if link.archived_at or len(link.parties.all()) <= FEWEST_SIDES:
        return False
    if link.state == LinkState.PARTNERSHIP and side.answer not in (Answer.NOT_ASKED, Answer.ASKED):
        return False
    return side.withdrawn or side.answer == Answer.NOT_ASKED


def _stuck(link: Link, side: LinkParty) -> bool:
    """Tell whether a person took the consent back and cannot be taken off, as only one other side would be left."""
    return side.withdrawn and link.archived_at is None and len(link.parties.all()) <= FEWEST_SIDES


def _met(link: Link) -> list[tuple[str, str]]:
    """Return why an offer met the need, or an allocation paired the two, as it was, in words and points."""
    words = {str(code): name for code, name in PARTS.items()} if link.origin == Origin.ROUND else link_words.MEETING
    return [
        (capfirst(str(words.get(one["part"], one["part"]))), points(one["points"]))
        for one in link.grounds.get("reasons", ())
        if isinstance(one, dict) and "part" in one
    ]


def _why(link: Link) -> str:
    """Return the heading of the reasons by what there is: an offer, a need, or neither."""
    if link.origin == Origin.ROUND:
        return _("Why the allocation brought them together, as it was")
    if link.need_id and link.offers.all():
        return _("Why offer and need fit, as it was")
    return _("Why they fit together, as it was")


def _ranked(link: Link) -> Any:
    """Return the reasons of the ranking as they were, in words; None where no ranking suggested it."""
    row = link.grounds.get("row")
    return shown_row(named(row, names_in([row]))) if row else None
