"""Consent and contacts on pages: only for those who may see how people are reached."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas.privacy import CprNumberFound
from medspil.mapping.models import HowEnded, Resource, ResourceContact
from medspil.mapping.services import AlreadyWithdrawn, people
from medspil.mapping.services.resources import ConsentRefused
from medspil.mapping.withdrawal import withdraw_consent
from medspil.organisations.roles import Ability
from medspil.web.areas.loading import sent
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.mapping.loading import resource_or_refuse
from medspil.web.mapping.people_forms import ConsentForm, ContactForm, WithdrawForm

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def consent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note what a person says yes to now."""
    resource = _person(request, pk)
    standing = resource.consents.standing().first()
    scope = [one.value for one in standing.scope] if standing else []
    form = ConsentForm(*sent(request), initial={"given_on": timezone.localdate(), "scope": scope})
    if request.method == "POST" and form.is_valid():
        try:
            people.give_consent(resource=resource, consent=form.said(), by=request.user, now=timezone.now())
        except (ConsentRefused, AlreadyWithdrawn) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The consent is noted."))
            return redirect("mapping:detail", pk=pk)
    context = {"area": resource.area, "resource": resource, "form": form}
    return render(request, "mapping/consent.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a consent back: everything about the person is deleted, at once and for good."""
    resource = _person(request, pk)
    form = WithdrawForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        how = HowEnded(form.cleaned_data["how"])
        withdraw_consent(resource=resource, how=how, by=request.user, now=timezone.now())
        messages.success(request, _("The consent is taken back. Everything about the person is deleted."))
        return redirect("mapping:list", pk=resource.area_id)
    context = {"area": resource.area, "resource": resource, "form": form}
    return render(request, "mapping/withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def add_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep how somebody behind a resource is reached."""
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    return _contact_page(request, resource, None)


@require_http_methods(PAGE)
def edit_contact(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Change how somebody is reached."""
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    return _contact_page(request, resource, _contact(request, resource, contact))


@require_POST
def delete_contact(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Delete a contact for good."""
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    people.delete_contact(contact=_contact(request, resource, contact), by=request.user, now=timezone.now())
    messages.success(request, _("The contact is deleted for good."))
    return redirect("mapping:detail", pk=pk)


def _contact_page(request: SignedInRequest, resource: Resource, contact: ResourceContact | None) -> HttpResponse:
    form = ContactForm(*sent(request), contact=contact)
    if request.method == "POST" and form.is_valid():
        try:
            if contact:
                people.edit_contact(contact=contact, by=request.user, now=timezone.now(), **form.cleaned_data)
            else:
                people.add_contact(resource=resource, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (people.NoContactAllowed, AlreadyWithdrawn, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        except ValidationError as trouble:
            form.add_error(None, ValidationError(trouble.messages))
        else:
            messages.success(request, _("The contact is saved."))
            return redirect("mapping:detail", pk=resource.pk)
    context = {"area": resource.area, "resource": resource, "form": form, "contact": contact}
    return render(request, "mapping/contact.html", context, status=422 if form.errors else 200)


def _person(request: SignedInRequest, pk: int) -> Resource:
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    if not resource.is_person:
        raise Http404
    return resource


def _contact(request: SignedInRequest, resource: Resource, pk: int) -> ResourceContact:
    return get_object_or_404(ResourceContact.objects.visible_to(request.user).filter(resource=resource), pk=pk)
