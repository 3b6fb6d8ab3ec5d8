"""A no to a need before there is any link: said on the telephone, or when somebody asked after an offer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.areas.models import Need
from medspil.linking import refusals
from medspil.linking.parties import Party
from medspil.offers.models import Offer
from medspil.organisations.roles import Ability
from medspil.register.models import Unit
from medspil.web.http import SignedInRequest
from medspil.web.linking import no_words
from medspil.web.linking.link_forms import RefusalForm
from medspil.web.linking.link_no import TROUBLES, facts_of, first_of, tell
from medspil.web.linking.loading import need_or_refuse


@require_http_methods(["GET", "HEAD", "POST"])
def company(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Note that a company said no to a need."""
    need, _may = need_or_refuse(request, pk, Ability.LINK)
    unit = get_object_or_404(Unit.objects.visible_to(request.user), number=number)
    return _no(request, need, Party(unit=unit), unit.name)


@require_http_methods(["GET", "HEAD", "POST"])
def giver(request: SignedInRequest, pk: int, offer: int) -> HttpResponse:
    """Note that whoever offers something said no to a need that it meets."""
    need, _may = need_or_refuse(request, pk, Ability.LINK)
    given = get_object_or_404(Offer.objects.visible_to(request.user).select_related("organisation__unit"), pk=offer)
    return _no(request, need, Party(organisation=given.organisation), given.organisation.name)


def _no(request: SignedInRequest, need: Need, party: Party, name: str) -> HttpResponse:
    """Note it with its consequence; where there is a link already, that is where a no is said."""
    if side := refusals.side_to_say_no(need=need, party=party):
        messages.info(request, _("There is a link for this need already: the no is noted there."))
        return redirect("linking:link_no", side.link_id, side.pk)
    begin = refusals.proposed(party, area=need.area, need=need)
    form = RefusalForm(
        request.POST or None,
        initial=first_of(begin),
        kinds=begin.kinds,
        told=no_words.WITHOUT_A_LINK,
        heard_by=need.area.owner.name,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = refusals.note_refusal(
                need=need, party=party, by=request.user, now=timezone.now(), **facts_of(form.cleaned_data)
            )
        except TROUBLES as trouble:
            tell(form, trouble)
        else:
            messages.success(request, refusals.consequence(made))
            return redirect(f"{reverse('linking:shortlist', args=[need.pk])}#refused")
    context = {"need": need, "area": need.area, "name": name, "form": form}
    return render(request, "linking/need_no.html", context, status=422 if form.errors else 200)
