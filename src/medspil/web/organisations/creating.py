"""A new organisation in two steps: look whether the register knows it, then check its facts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.partners import known_to
from medspil.language import fold
from medspil.organisations import services
from medspil.organisations.alike import similar_names
from medspil.organisations.facts import LONGEST_NAME, FactRefused, cvr_is_doubtful, lookalikes
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.register.models import Unit
from medspil.register.search import search_units
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, fragment, whole_number
from medspil.web.organisations import shown
from medspil.web.organisations.forms import NewOrganisationForm

SHOWN = 10


@require_safe
def look_up(request: SignedInRequest) -> HttpResponse:
    """Search the register for the organisation; who is not in it is written by hand."""
    wish = _wish(request)
    found = search_units(text=wish.text, limit=SHOWN, units=Unit.objects.visible_to(request.user))
    context = {
        "wish": wish,
        "found": found,
        "rows": [(unit, wish.address("create", unit=unit)) for unit in found.units],
        "by_hand": wish.address("create"),
        "limit": SHOWN,
    }
    return render(request, fragment(request, "organisations/look_up.html", "results"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Check the facts and create the organisation; a warning first if it may be here already."""
    wish = _wish(request)
    makers = Organisation.objects.where(request.user, Ability.CREATE_ORGANISATION).order_by("name", "pk")
    form = NewOrganisationForm(request.POST or None, makers=makers, unit=wish.unit, name=wish.text)
    alike: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        alike = _alike(form, wish, request.user)
        if alike:
            form.warn()
        else:
            try:
                made = services.create_organisation(
                    unit=wish.unit, by=request.user, now=timezone.now(), **form.for_service()
                )
            except FactRefused as refused:
                add_domain_error(form, refused, refused.field)
            else:
                return _onwards(request, made, wish)
    context = {"form": form, "wish": wish, "back": wish.address("look_up"), **_warning(request, form, wish, alike)}
    return render(request, "organisations/create.html", context, status=422 if form.errors or alike else 200)


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the address: a text, the entry of the register that was picked, the area it is all for."""

    text: str
    unit: Unit | None
    area: Area | None

    def address(self, name: str, *, unit: Unit | None = None) -> str:
        """Return the address of a step that knows the same."""
        said = {"q": self.text, "unit": unit.number if unit else "", "area": self.area.pk if self.area else ""}
        query = urlencode({key: value for key, value in said.items() if value})
        return reverse(f"organisations:{name}") + (f"?{query}" if query else "")


def _wish(request: SignedInRequest) -> Wish:
    """Read the address; 403 for those who may create no organisation. What is not there is left out."""
    if Ability.CREATE_ORGANISATION not in abilities_anywhere(request.user):
        raise PermissionDenied(_("Only a coordinator or an administrator can create an organisation."))
    number, area = (whole_number(request.GET.get(name, "")) for name in ("unit", "area"))
    return Wish(
        text=request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_NAME],
        unit=Unit.objects.visible_to(request.user).filter(number=number).first() if number else None,
        area=Area.objects.visible_to(request.user).filter(pk=area).first() if area else None,
    )


def _alike(form: NewOrganisationForm, wish: Wish, user: User) -> list[Organisation]:
    """Return what may be the same organisation, unless the person has seen it and wants another all the same."""
    said = form.cleaned_data
    if said["warned_of"] == form.sees():
        return []
    same = lookalikes(name=said["name"], cvr=said["cvr"], unit=wish.unit, creation_key=said["creation_key"])
    # Names that are only like it are looked for among those she has to do with: of others she could guess her way.
    known = known_to(user).filter(archived_at=None, only_checked=False).exclude(creation_key=said["creation_key"])
    return same + [one for one in similar_names(said["name"], known) if one not in same]


def _warning(
    request: SignedInRequest, form: NewOrganisationForm, wish: Wish, alike: list[Organisation]
) -> dict[str, object]:
    """Return what the warning says: by name only those the person has to do with, of others nothing but that they are.

    Who shares the name is found by it where partners are looked for; who shares but the number is not.
    """
    known = set(known_to(request.user).filter(pk__in=[one.pk for one in alike]))
    unseen = {fold(one.name) == fold(form.cleaned_data["name"]) for one in alike if one not in known}
    return {
        "alike": _ways_to(request, wish, [one for one in alike if one in known]),
        "same_name": True in unseen,
        "same_number": False in unseen,
        "doubtful": bool(alike) and cvr_is_doubtful(form.cleaned_data["cvr"]),
    }


def _ways_to(
    request: SignedInRequest, wish: Wish, organisations: list[Organisation]
) -> list[tuple[Organisation, str, str]]:
    """Return organisations with their kind and the way to use each: let it take part, or see it; some have none."""
    visible = (
        set(Organisation.objects.visible_to(request.user).values_list("pk", flat=True)) if organisations else set()
    )
    found = []
    for organisation, kind in shown.cards(organisations):
        way = reverse("organisations:detail", args=[organisation.pk]) if organisation.pk in visible else ""
        if wish.area:
            way = f"{reverse('areas:edit_partners', args=[wish.area.pk])}?{urlencode({'q': organisation.name})}"
        found.append((organisation, kind, way))
    return found


def _onwards(request: SignedInRequest, made: Organisation, wish: Wish) -> HttpResponseRedirect:
    """Say that it is done, and go on to the area it was made for or to its page."""
    if not Organisation.objects.visible_to(request.user).filter(pk=made.pk).exists():
        return redirect("organisations:list")
    messages.success(request, _("%(name)s is created.") % {"name": made.name})
    if cvr_is_doubtful(made.cvr):
        messages.warning(request, _("The CVR number does not add up (modulus 11). See whether it is right."))
    if wish.area:
        return redirect(f"{reverse('areas:edit_partners', args=[wish.area.pk])}?{urlencode({'q': made.name})}")
    return redirect("organisations:detail", pk=made.pk)
