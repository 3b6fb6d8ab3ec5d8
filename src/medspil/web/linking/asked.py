"""Which companies are asked too often and which never: plot, table and file with one filter, and what it means."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspil.language import fold
from medspil.linking.asked_often import TOO_OFTEN, AskedCompany, asked_companies, load
from medspil.organisations.roles import Ability
from medspil.organisations.subjects import of_organisation
from medspil.web.forms import Form
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking.asked_beyond import Beyond, beyond
from medspil.web.linking.asked_drawn import MOST_APPROACHES, MOST_OFFERS, Plot, plot
from medspil.web.register.access import require
from medspil.web.tables import Column, Table, chosen_sort

A_PAGE = 8
"""On a phone each row is a card."""


def company_url(one: AskedCompany) -> str:
    """Return the page of a company: of its place of work, else of what is known of the whole; else none."""
    if one.unit:
        return reverse("register:detail", args=[one.unit.number])
    subject = of_organisation(one.organisation) if one.organisation else None
    return reverse("profiles:detail", args=[subject.ref]) if subject and subject.is_registered else ""


def figure(one: AskedCompany) -> float:
    """Return approaches per offer as page and file both say it."""
    return round(one.load, 1)


COLUMNS = (
    Column(
        _("Company"),
        "name",
        url=company_url,
        sort="name",
    ),
    Column(_("Town"), "town", sort="town"),
    Column(_("Approaches in a year"), "approaches", sort="approaches", numeric=True),
    Column(_("Open offers"), "offers", sort="offers", numeric=True),
    Column(_("Approaches ÷ (1 + offers)"), lambda one: number_format(figure(one), 1), sort="load", numeric=True),
    Column(_("Which means"), "too_often", template="linking/_asked_cell.html"),
)
_ORDER = {
    "name": lambda one: one.name.casefold(),
    "town": lambda one: (one.town.casefold(), one.name.casefold()),
    "approaches": lambda one: one.approaches,
    "offers": lambda one: one.offers,
    "load": lambda one: one.load,
}


class AskedFilterForm(Form):
    """What plot, table and file are narrowed by."""

    q = forms.CharField(label=_("Name or town"), required=False, max_length=100)
    which = forms.ChoiceField(
        label=_("Which companies"),
        required=False,
        choices=[("", _("all")), ("often", _("asked too often")), ("never", _("never asked"))],
    )
    approaches = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    offers = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def asked(self) -> dict[str, Any]:
        """Return what is asked for; a value that is no choice narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def narrows(self) -> bool:
        """Tell whether anything is chosen."""
        return any(value not in (None, "") for value in self.asked().values())


@dataclass
class AskedPage:
    """The companies a person has to do with, and those that the filter leaves."""

    request: SignedInRequest

    @cached_property
    def everything(self) -> list[AskedCompany]:
        """Return all of them, those asked most first."""
        return asked_companies(user=self.request.user, now=timezone.now())

    @cached_property
    def form(self) -> AskedFilterForm:
        """Return the filter that stands in the address."""
        return AskedFilterForm(self.request.GET)

    @cached_property
    def companies(self) -> list[AskedCompany]:
        """Return the companies that the filter leaves."""
        asked = self.form.asked()
        text = fold(asked["q"] or "")
        return [
            one
            for one in self.everything
            if (not text or text in fold(f"{one.name} {one.town}"))
            and (asked["which"] != "often" or one.too_often)
            and (asked["which"] != "never" or one.never)
            and (asked["approaches"] is None or min(one.approaches, MOST_APPROACHES) == asked["approaches"])
            and (asked["offers"] is None or min(one.offers, MOST_OFFERS) == asked["offers"])
        ]

    @property
    def query(self) -> str:
        """Return the filter as it stands in the address, with the question mark, or nothing."""
        query = self.request.GET.urlencode()
        return f"?{query}" if query else ""

    @property
    def spot(self) -> bool:
        """Whether the table shows one spot of the plot."""
        asked = self.form.asked()
        return asked["approaches"] is not None or asked["offers"] is not None

    @cached_property
    def plot(self) -> Plot:
        """Return the plot of the companies."""
        return plot(
            ((one.offers, one.approaches) for one in self.companies),
            too_often=lambda offers, times: load(times, offers) >= TOO_OFTEN,
            href=lambda offers, times: f"?approaches={times}&offers={offers}#companies",
        )

    @cached_property
    def beyond(self) -> Beyond | None:
        """Return whom nobody asked among all that the register has near an area; None without an area on the map, and
        beside those who are asked too often."""
        return None if self.request.GET.get("which") == "often" else beyond(self.request)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are, how many are asked too often, and how many never."""
        return {
            "all": len(self.companies),
            "often": sum(1 for one in self.companies if one.too_often),
            "never": sum(1 for one in self.companies if one.never),
        }


@require_safe
def asked(request: SignedInRequest) -> HttpResponse:
    """Show which companies are asked too often and which never."""
    require(request, Ability.RANK)
    page = AskedPage(request)
    sort = chosen_sort(request, COLUMNS, default="-load")
    rows = sorted(page.companies, key=_ORDER[sort.removeprefix("-")], reverse=sort.startswith("-"))
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "limit": TOO_OFTEN,
        "shown": shown,
        "table": Table(
            caption=_("Companies"),
            describe=COLUMNS,
            records=list(shown),
            sort=sort,
            css="ms-figures-table",
            caption_hidden=True,
        ),
    }
    return render(request, fragment(request, "linking/asked.html", "results"), context)
