"""What the data say for a side of a link: the page from which one writes or calls, and the card for the call."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from medspil.linking.gate import CompanyClosedToUs
from medspil.linking.models import Link, LinkParty
from medspil.linking.permissions import abilities
from medspil.organisations.roles import Ability
from medspil.partnerships.facts import PitchFacts, facts_of
from medspil.partnerships.gate import REFUSALS
from medspil.partnerships.models import Conversation, Pitch
from medspil.partnerships.pitching import NoContact, possible_contacts, start_pitch
from medspil.partnerships.recipients import suggested
from medspil.partnerships.taking_part import partner_of
from medspil.partnerships.told import told
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.partnerships import words
from medspil.web.partnerships.forms import PitchForm
from medspil.web.partnerships.loading import refusal_of, settled, side_or_refuse

CARD_GAINS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def pitch(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Show what can be said to a side, and draft a letter to it."""
    link, side = side_or_refuse(request, pk, party)
    facts = facts_of(link, side)
    contact, hours = settled(link, side, request.user, facts.hours)
    form = PitchForm(
        request.POST or None,
        contacts=possible_contacts(link, now=timezone.now()),
        initial={"language": "da", "contact": contact.pk, "hours": hours},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = start_pitch(link=link, party=side, **said, by=request.user, now=timezone.now())
        except (*REFUSALS, NoContact) as trouble:
            add_domain_error(form, trouble)
        else:
            return redirect("partnerships:letter_edit", pk=made.pk)
    context = _page(request, link, side, facts) | {"form": form}
    return render(request, "partnerships/pitch.html", context, status=422 if form.errors else 200)


def _page(request: SignedInRequest, link: Link, side: LinkParty, facts: PitchFacts) -> dict[str, Any]:
    refusal = refusal_of(link, side)
    contact, hours = settled(link, side, request.user, facts.hours)
    language = get_language() or "da"
    today = timezone.localdate()
    letters = Pitch.objects.visible_to(request.user, on=today).to(side).for_page()
    said = Conversation.objects.visible_to(request.user, on=today).with_side(side)
    return {
        "link": link,
        "side": side,
        "area": link.area,
        "facts": facts,
        "refusal": str(refusal) if refusal else "",
        "closed": isinstance(refusal, CompanyClosedToUs) and facts.unit is not None and facts.unit.protected,
        "may_describe": not link.archived_at and Ability.EDIT_NEED in abilities(request.user, link.area),
        "told": told(facts, language=language, contact=contact, hours=hours),
        "gains": [(one.rule.name(language), one.rule.text(language), words.why(one)) for one in facts.gains],
        "case": facts.nearest.case if facts.nearest else None,
        "known": suggested(side),
        "said": [(one, words.gain_names(one.caught)) for one in said],
        "today": today,
        "partner": partner_of(side),
        "letters": [(one, words.BADGES[one.state]) for one in letters],
    }


@require_safe
def call(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Show one page to read from while calling; where nobody may call, the way back to the page that says why. Whoever
    is a partner is no stranger: there the people of the side are called."""
    link, side = side_or_refuse(request, pk, party)
    if partner := partner_of(side):
        return redirect("partnerships:side_call", pk=partner.partnership_id, partner=partner.pk)
    if refusal_of(link, side):
        return redirect("partnerships:pitch", pk=pk, party=party)
    facts = facts_of(link, side)
    contact, hours = settled(link, side, request.user, facts.hours)
    said = told(facts, language=get_language() or "da", contact=contact, hours=hours)
    people = [one for one in suggested(side) if one.name]
    context = {
        "link": link,
        "side": side,
        "area": link.area,
        "told": said,
        "unit": facts.unit,
        "gains": said.gains[:CARD_GAINS],
        "person": people[0].name if people else "",
    }
    return render(request, "partnerships/call.html", context)
