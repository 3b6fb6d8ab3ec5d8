"""Organisations: the list of one's own, one with its people, and what an administrator does."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.organisations import services
from medspil.organisations.facts import FactRefused
from medspil.organisations.merging import successor
from medspil.organisations.models import (
    Membership,
    Merge,
    Organisation,
    OrganisationQuerySet,
    abilities_over,
)
from medspil.organisations.subjects import of_organisation
from medspil.web.accounts.links import password_link
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.organisations import shown
from medspil.web.organisations.forms import OrganisationForm, PersonForm, RoleForm
from medspil.web.organisations.post import mails_of
from medspil.web.register.flags import flags_of_these

PAGE = ["GET", "HEAD", "POST"]


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the organisations the person acts for, and those in their care; with a single one, that one."""
    organisations = list(Organisation.objects.visible_to(request.user).for_list())
    if len(organisations) == 1:
        return redirect("organisations:detail", pk=organisations[0].pk)
    hers = set(Organisation.objects.of(request.user).values_list("pk", flat=True))
    context = {
        "organisations": shown.cards(one for one in organisations if one.pk in hers),
        "in_care": shown.cards(one for one in organisations if one.pk not in hers),
    }
    return render(request, "organisations/list.html", context)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one organisation: its facts, its people, its history."""
    organisation = _visible(request).filter(pk=pk).first()
    if organisation is None:
        # What was merged leads to what it has become; to strangers neither is there.
        became = successor(pk)
        return redirect(
            "organisations:detail", pk=get_object_or_404(_visible(request), pk=became.pk if became else 0).pk
        )
    may = abilities_over(request.user, organisation)
    merges = list(Merge.objects.visible_to(request.user).standing().filter(kept=organisation))
    context = {
        "organisation": organisation,
        "in_care": _visible(request).in_care().filter(pk=pk).exists(),
        "flags": flags_of_these(_visible(request).filter(pk=pk)),
        "may_here": may,
        "profile_url": reverse("profiles:detail", args=[of_organisation(organisation).ref]),
        "speaks": Organisation.objects.speaking(request.user).filter(pk=pk).exists(),
        "facts": shown.facts(organisation, may_edit=may.manage_people),
        "people": shown.people(organisation, user=request.user, may_manage=may.manage_people),
        "merges": merges,
        "troubled_mails": mails_of(organisation).troubled().count() if may.manage_people else 0,
        "events": shown.events(organisation, merges),
    }
    return render(request, "organisations/detail.html", context)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the facts of an organisation."""
    organisation = _managed(request, pk)
    form = OrganisationForm(request.POST or None, initial=shown.initial(organisation))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        version = facts.pop("version")
        try:
            services.edit_organisation(
                organisation=organisation, by=request.user, expected_version=version, now=timezone.now(), **facts
            )
        except EditConflict:
            return conflict(request, "organisations/edit.html", form, organisation, {"organisation": organisation})
        except FactRefused as refused:
            add_domain_error(form, refused, refused.field)
        else:
            messages.success(request, _("The organisation is saved."))
            return redirect("organisations:detail", pk=pk)
    return render(
        request, "organisations/edit.html", {"organisation": organisation, "form": form}, status=_status(form)
    )


@require_http_methods(PAGE)
def add_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody act for the organisation."""
    organisation = _managed(request, pk)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_member(
                organisation=organisation,
                by=request.user,
                now=timezone.now(),
                sign_in_link=request.build_absolute_uri(reverse("account_login")),
                password_link=lambda user: password_link(request, user),
                **form.cleaned_data,
            )
        except services.AlreadyMember as trouble:
            add_domain_error(form, trouble, "role")
        else:
            shown.say_added(request, added, form.cleaned_data["email"])
            return _back(request, pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/add_person.html", context, status=_status(form))


@require_http_methods(PAGE)
def change_role(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Give a member another role."""
    organisation = _managed(request, pk)
    found = _member(organisation, membership)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_role(membership=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (services.LastAdministrator, services.AlreadyMember, services.MembershipEnded) as trouble:
            add_domain_error(form, trouble, "role")
        else:
            messages.success(request, _("The role is changed."))
            return _back(request, pk)
    context = {"organisation": organisation, "person": shown.name_of(found), "form": form}
    return render(request, "organisations/change_role.html", context, status=_status(form))


@require_POST
def end_membership(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """End a membership; adding the person again undoes it."""
    found = _member(_managed(request, pk), membership)
    try:
        services.end_membership(membership=found, by=request.user, now=timezone.now())
    except (services.LastAdministrator, services.MembershipEnded) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("%(name)s no longer represents the organisation.") % {"name": shown.name_of(found)})
    return redirect("organisations:detail", pk=pk)


def _visible(request: SignedInRequest) -> OrganisationQuerySet:
    return Organisation.objects.visible_to(request.user).select_related("created_by_organisation", "unit")


def _managed(request: SignedInRequest, pk: int) -> Organisation:
    """Return an organisation whose people this person manages: 404 for strangers, 403 for other members."""
    organisation = get_object_or_404(_visible(request), pk=pk)
    if not abilities_over(request.user, organisation).manage_people:
        raise PermissionDenied(_("Only an administrator of the organisation may do this."))
    return organisation


def _back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go to the organisation, or to one's own when it has an administrator of its own from now on."""
    if Organisation.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("organisations:detail", pk=pk)
    messages.info(request, _("The organisation has an administrator of its own now, who looks after it from here."))
    return redirect("organisations:list")


def _member(organisation: Organisation, pk: int) -> Membership:
    members = organisation.memberships.select_related("organisation", "user")
    return get_object_or_404(members, pk=pk)


def _status(form: OrganisationForm | RoleForm) -> int:
    return 422 if form.errors else 200
