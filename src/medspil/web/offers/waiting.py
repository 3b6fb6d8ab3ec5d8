"""What waits in an area, as page and files show it: each row in words with its one next step."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.offers.idle import IdleOffer, NextStep, UnansweredNeed
from medspil.offers.models import Offer
from medspil.offers.permissions import givers, recorders
from medspil.organisations.roles import Abilities, Ability
from medspil.register.models import Unit
from medspil.web.areas import words
from medspil.web.offers.flags import flags_of_givers
from medspil.web.offers.shown import areas_with, link_url
from medspil.web.register.flags import ShownFlag

STEPS: dict[NextStep, str | Promise] = {
    NextStep.LINK: gettext_lazy("Link the two"),
    NextStep.ASK_AGAIN: gettext_lazy("Ask whether it still stands"),
    NextStep.SAY_HOST: gettext_lazy("Say who receives the volunteers"),
    NextStep.SAY_KINDS: gettext_lazy("Say what kinds it takes"),
    NextStep.FIND_COMPANIES: gettext_lazy("Find companies"),
    NextStep.DESCRIBE_NEED: gettext_lazy("Describe a need for it"),
    NextStep.LOOK: gettext_lazy("See why nothing fits"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """The one button of a row: what it says, where it leads, and whether it is sent as a form."""

    text: str | Promise
    url: str
    sends: bool = False


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An idle offer in words."""

    row: IdleOffer
    kinds: str
    best: str
    step: Step
    protected: bool
    flag: ShownFlag | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """An unanswered need in words."""

    row: UnansweredNeed
    kinds: str
    best: str
    step: Step


def offer_rows(area: Area, offers: Sequence[IdleOffer], *, user: User, may: Abilities) -> list[OfferRow]:
    """Return the idle offers in words. Eight queries at most, however many they are."""
    gives = set(givers(user).values_list("pk", flat=True))
    records = set(recorders(user).values_list("pk", flat=True))
    shielded = protected_givers(row.offer for row in offers)
    flags = flags_of_givers(row.offer for row in offers)
    linking = areas_with(user, [row.best.need for row in offers if row.best], Ability.LINK)
    return [
        OfferRow(
            row=row,
            kinds=words.kind(row.offer.kind),
            best=_best(area, row),
            step=_see(row.offer)
            if _closed(flags, row.offer)
            else _offer_step(area, row, may, gives=gives, records=records, linking=linking),
            protected=row.offer.organisation_id in shielded,
            flag=flags.get(row.offer.organisation_id),
        )
        for row in offers
    ]


def need_rows(needs: Sequence[UnansweredNeed], *, may: Abilities) -> list[NeedRow]:
    """Return the unanswered needs in words."""
    return [
        NeedRow(
            row=row,
            kinds=", ".join(words.kind(one.kind) for one in row.need.resources.all()),
            best=f"{row.best.offer.title} – {row.best.offer.organisation.name}" if row.best else "",
            step=_need_step(row, may),
        )
        for row in needs
    ]


def protected_givers(offers: Iterable[Offer]) -> set[int]:
    """Return the givers whose company is protected from advertising. One query; offers come with giver and entry."""
    here = {offer.organisation_id: offer.organisation for offer in offers}
    numbers = {one.cvr for one in here.values() if one.cvr and one.unit is None}
    shielded = (
        set(Unit.objects.filter(cvr__in=numbers, protected=True).values_list("cvr", flat=True)) if numbers else set()
    )
    return {pk for pk, one in here.items() if (one.unit.protected if one.unit else one.cvr in shielded)}


def _best(area: Area, row: IdleOffer) -> str:
    """Return the need an offer meets best, with its area where that is another."""
    if row.best is None:
        return ""
    need = row.best.need
    return need.title if need.area_id == area.pk else f"{need.title} – {need.area.name}"


def _offer_step(
    area: Area,
    row: IdleOffer,
    may: Abilities,
    *,
    gives: Collection[int],
    records: Collection[int],
    linking: Collection[int],
) -> Step:
    offer, text = row.offer, STEPS[row.step]
    page = reverse("offers:detail", args=[offer.pk])
    if row.step is NextStep.LINK:
        if row.best and row.best.need.area_id in linking:
            return Step(text, link_url(row.best.need, offer))
        return _see(offer)
    if row.step is NextStep.ASK_AGAIN:
        return _ask_step(offer, page, gives, records)
    if row.step is NextStep.DESCRIBE_NEED and may.edit_need:
        return Step(text, reverse("areas:need_create", args=[area.pk]))
    return Step(STEPS[NextStep.LOOK], page)


def _ask_step(offer: Offer, page: str, gives: Collection[int], records: Collection[int]) -> Step:
    if offer.organisation_id in gives:
        return Step(_("Say whether it still stands"), page)
    if offer.noted_down and offer.recorded_by_organisation_id in records:
        return Step(STEPS[NextStep.ASK_AGAIN], reverse("offers:renew", args=[offer.pk]))
    return _see(offer)


def _see(offer: Offer) -> Step:
    return Step(_("See the offer"), reverse("offers:detail", args=[offer.pk]))


def _closed(flags: Mapping[int, ShownFlag], offer: Offer) -> bool:
    """Whether the giver has ceased or is wound up: then there is nothing to link."""
    flag = flags.get(offer.organisation_id)
    return flag is not None and flag.closed


def _need_step(row: UnansweredNeed, may: Abilities) -> Step:
    need, text = row.need, STEPS[row.step]
    page = Step(_("See the need"), reverse("areas:need", args=[need.pk]))
    if row.step is NextStep.LINK:
        return Step(text, link_url(need, row.best.offer)) if may.link and row.best else page
    if row.step is NextStep.FIND_COMPANIES:
        return Step(text, reverse("linking:find", args=[need.pk]), sends=True) if may.rank else page
    section = "host" if row.step is NextStep.SAY_HOST else "resources"
    return Step(text, reverse(f"areas:need_edit_{section}", args=[need.pk])) if may.edit_need else page
