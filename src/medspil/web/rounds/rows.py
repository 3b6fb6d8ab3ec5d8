"""Rows of an allocation: those there are, choosing among needs and offers, one typed line, changing, taking out."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.areas.models import Area, AreaQuerySet, Need
from medspil.areas.models.need import NeedQuerySet
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.offers.models import Offer, OfferQuerySet
from medspil.rounds import services
from medspil.rounds.finding import NobodyOfThatName, party_named
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.programmes import Programme, programme
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest, whole_number
from medspil.web.rounds.loading import round_run, row_of
from medspil.web.rounds.row_forms import EditRowForm, NewRowForm
from medspil.web.rounds.shown_rows import shown_rows

PAGE = ["GET", "HEAD", "POST"]
PER_PAGE = 100
TROUBLES = (services.RoundClosed, services.LeastOverWanted, CprNumberFound, NobodyOfThatName)


@require_safe
def rows(request: SignedInRequest, pk: int, asks: bool) -> HttpResponse:
    """Show the rows of one side, with ways to add more."""
    round_ = round_run(request, pk)
    context = _context(round_, asks=asks)
    stored = _stored(request, round_, asks=asks)
    page = Paginator(stored.standing(), PER_PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "rows": shown_rows(page.object_list, context["kind"], on=timezone.localdate())}
    context["out"] = list(stored.exclude(archived_at=None).order_by("position", "pk"))
    context["to_choose"] = _open(request, round_, context["kind"], asks=asks, on=timezone.localdate()).count()
    return render(request, "rounds/rows.html", context)


@require_http_methods(PAGE)
def choose(request: SignedInRequest, pk: int, asks: bool) -> HttpResponse:
    """Choose open needs or offers for one side."""
    round_ = round_run(request, pk)
    context = _context(round_, asks=asks)
    kind: Programme = context["kind"]
    found = _open(request, round_, kind, asks=asks, on=timezone.localdate())
    if request.method == "POST":
        chosen = found.filter(pk__in=[whole_number(one) for one in request.POST.getlist("chosen")[:2000]])
        return _choose(request, round_, chosen, asks=asks)
    context["found"] = list(found)
    return render(request, "rounds/choose.html", context)


@require_http_methods(PAGE)
def add(request: SignedInRequest, pk: int, asks: bool) -> HttpResponse:
    """Type one line; only its name must be there."""
    round_ = round_run(request, pk)
    context = _context(round_, asks=asks)
    areas = areas_of(request, round_)
    form = NewRowForm(
        request.POST if request.method == "POST" else None,
        kind=context["kind"],
        asks=asks,
        areas=areas,
        initial={"area": areas[0] if len(areas) == 1 else None},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            organisation, unit = party_named(said["party"])
            row = services.Filled(form.draft(), area=said.get("area"), organisation=organisation, unit=unit)
            services.add_rows(
                round_=round_, asks=asks, rows=[row], batch=said["creation_key"], by=request.user, now=timezone.now()
            )
        except TROUBLES as trouble:
            add_domain_error(form, trouble, "party" if isinstance(trouble, NobodyOfThatName) else None)
        else:
            messages.success(request, _("“{name}” is added.").format(name=said["label"]))
            return redirect("rounds:add" if "more" in request.POST else "rounds:rows", pk=pk, asks=asks)
    context["form"] = form
    return render(request, "rounds/add.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int, asks: bool, row: int) -> HttpResponse:
    """Change a row."""
    round_ = round_run(request, pk)
    record = row_of(request, round_, row, asks=asks)
    context = _context(round_, asks=asks) | {"row": record}
    data = request.POST if request.method == "POST" else None
    form = EditRowForm(data, row=record, round_=round_, kind=context["kind"], areas=areas_of(request, round_))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, record)
        except EditConflict:
            round_.refresh_from_db()
            record.refresh_from_db()
            context |= {"conflict": True, "theirs": shown_rows([record], context["kind"], on=timezone.localdate())[0]}
            with_version(form, round_.version)
            status = 409
        except TROUBLES as trouble:
            add_domain_error(form, trouble, "party" if isinstance(trouble, NobodyOfThatName) else None)
        else:
            messages.success(request, _("Saved. Run the allocation again to see what it does."))
            return redirect(_row_address(request, record, asks=asks))
    return render(request, "rounds/row.html", context | {"form": form}, status=422 if form.errors else status)


@require_POST
def set_out(request: SignedInRequest, pk: int, asks: bool, row: int, *, out: bool) -> HttpResponse:
    """Take a row out of the allocation, or bring it back."""
    round_ = round_run(request, pk)
    record = row_of(request, round_, row, asks=asks)
    act = services.take_out if out else services.bring_back
    try:
        act(row=record, by=request.user, now=timezone.now())
    except services.RoundClosed as trouble:
        messages.error(request, str(trouble))
    else:
        told = _("“{name}” is taken out. You can bring it back below.") if out else _("“{name}” is back.")
        messages.success(request, told.format(name=record.label))
    return redirect(_row_address(request, record, asks=asks))


@require_POST
def forget(request: SignedInRequest, pk: int, asks: bool, row: int) -> HttpResponse:
    """Delete the name of a row for good, also in an allocation that is closed."""
    round_ = round_run(request, pk)
    record = row_of(request, round_, row, asks=asks)
    services.forget_row(row=record, by=request.user, now=timezone.now())
    messages.success(request, _("The name is deleted for good. The row is called #{number} now.").format(number=row))
    return redirect("rounds:rows", pk=pk, asks=asks)


def _row_address(request: SignedInRequest, row: Demand | Supply, *, asks: bool) -> str:
    """Return the address of a row in its list, on whichever page it is; of one that was taken out, where it was."""
    rows = _stored(request, row.round, asks=asks).filter(archived_at=None)
    before = rows.filter(Q(position__lt=row.position) | Q(position=row.position, pk__lt=row.pk)).count()
    page = f"?page={before // PER_PAGE + 1}" if before >= PER_PAGE else ""
    return f"{reverse('rounds:rows', args=[row.round_id, asks])}{page}#row-{row.pk}"


def areas_of(request: SignedInRequest, round_: Round) -> AreaQuerySet:
    """Return the areas of a round that a person may see, by name."""
    return Area.objects.visible_to(request.user).filter(rounds=round_).order_by("name", "pk")


def _context(round_: Round, *, asks: bool) -> dict[str, Any]:
    kind = programme(round_.programme)
    return {"round": round_, "kind": kind, "asks": asks, "side": kind.demand if asks else kind.supply}


def _stored(request: SignedInRequest, round_: Round, *, asks: bool) -> Any:
    if asks:
        hers = Demand.objects.visible_to(request.user).filter(round=round_)
        return hers.select_related("area", "need", "challenge", "organisation")
    return (
        Supply.objects.visible_to(request.user)
        .filter(round=round_)
        .select_related("offer__organisation", "organisation__unit", "unit")
    )


def _open(
    request: SignedInRequest, round_: Round, kind: Programme, *, asks: bool, on: date
) -> NeedQuerySet | OfferQuerySet:
    """Return open needs of the round's areas, or open offers to them, of kinds that are shared out here; new ones."""
    if asks:
        there = Demand.objects.visible_to(request.user).filter(round=round_, archived_at=None).exclude(need=None)
        needs = Need.objects.visible_to(request.user).open(on).for_page()
        mine = needs.filter(area__rounds=round_, resources__kind__in=kind.kinds)
        return mine.exclude(pk__in=there.values("need")).distinct().order_by("area__name", "title", "pk")
    taken = Supply.objects.visible_to(request.user).filter(round=round_, archived_at=None).exclude(offer=None)
    hers = Q(pk__in=Offer.objects.visible_to(request.user).of(request.user).values("pk"))
    made = (
        Q(public=True)
        | hers
        | Q(pk__in=Offer.objects.visible_to(request.user).filter(areas__rounds=round_).values("pk"))
    )
    offers = Offer.objects.visible_to(request.user).open(on).for_list().filter(made, kind__in=kind.kinds)
    return offers.exclude(pk__in=taken.values("offer")).distinct().order_by("organisation__name", "title", "pk")


def _choose(request: SignedInRequest, round_: Round, chosen: Any, *, asks: bool) -> HttpResponse:
    number = len(chosen)
    try:
        if asks:
            services.choose_needs(round_=round_, needs=chosen, by=request.user, now=timezone.now())
        else:
            services.choose_offers(round_=round_, offers=chosen, by=request.user, now=timezone.now())
    except services.RoundClosed as trouble:
        messages.error(request, str(trouble))
    else:
        told = ngettext("{number} row is added.", "{number} rows are added.", number).format(number=number)
        messages.success(request, told) if number else messages.info(request, _("Nothing was chosen."))
    return redirect("rounds:rows", pk=round_.pk, asks=asks)


def _save(request: SignedInRequest, form: EditRowForm, record: Demand | Supply) -> None:
    said = form.cleaned_data
    fields = form.changed_fields()
    if said["party"].strip() != form.initial["party"]:
        fields["organisation"], unit = party_named(said["party"])
        if isinstance(record, Supply):
            fields["unit"] = unit
    services.edit_row(row=record, expected_version=said["version"], by=request.user, now=timezone.now(), **fields)
