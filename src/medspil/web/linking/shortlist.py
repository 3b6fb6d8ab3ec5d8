"""The shortlist of a need: kept companies with who does what next, and those that were set aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medspil.common.models import EditConflict
from medspil.linking import shortlist as services
from medspil.linking.models import Candidate
from medspil.linking.permissions import possible_owners
from medspil.organisations.roles import Abilities, Ability
from medspil.web.forms import add_domain_error
from medspil.web.history import told
from medspil.web.http import SignedInRequest, conflict, fragment
from medspil.web.linking.forms import StepForm
from medspil.web.linking.loading import may_or_refuse, need_or_refuse
from medspil.web.linking.refused import refused_for
from medspil.web.linking.rows import kept_companies
from medspil.web.linking.wording import ACTIONS


@require_safe
def shortlist(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the companies that were kept and those that were set aside."""
    need, may = need_or_refuse(request, pk, Ability.SHORTLIST)
    candidates = Candidate.objects.visible_to(request.user).of(need)
    context = {
        "need": need,
        "area": need.area,
        "may_here": may,
        "kept": kept_companies(candidates.kept(), need, timezone.localdate()),
        "set_aside": candidates.set_aside(),
        "refused": refused_for(request.user, need),
    }
    return render(request, "linking/shortlist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who takes the next step with a company, which and when; HTMX puts the form in place of the card."""
    candidates = Candidate.objects.visible_to(request.user).for_change()
    candidate = get_object_or_404(candidates, pk=pk)
    need = candidate.need
    may = may_or_refuse(request, need, Ability.SHORTLIST)
    form = StepForm(
        request.POST or None,
        owners=possible_owners(need.area),
        initial={name: getattr(candidate, name) for name in ("version", "owner", "next_step", "next_step_on", "note")},
    )
    if not candidate.note_open:  # brokers read no notes: the field is not there, and the note stays as it is
        del form.fields["note"]
    untold = () if candidate.note_open else ("note",)
    history = [] if request.htmx else told(candidate, ACTIONS, untold=untold)
    context = {
        "candidate": candidate,
        "need": need,
        "area": need.area,
        "form": form,
        "history": history,
        "may_here": may,
    }
    template = fragment(request, "linking/change.html", "part")
    if request.method == "POST" and form.is_valid():
        facts = {"note": None, **form.cleaned_data}
        try:
            services.change(
                candidate=candidate,
                expected_version=facts.pop("version"),
                by=request.user,
                now=timezone.now(),
                **facts,
            )
        except EditConflict:
            return conflict(request, template, form, candidate, context)
        except services.OwnerOutside as trouble:
            add_domain_error(form, trouble, "owner")
        else:
            return _saved(request, candidate, may)
    return render(request, template, context, status=422 if form.errors else 200)


def _saved(request: SignedInRequest, candidate: Candidate, may: Abilities) -> HttpResponse:
    """Return to the card: as a part for HTMX, else to its place on the list."""
    if request.htmx:
        (shown,) = kept_companies([candidate], candidate.need, timezone.localdate())
        context = {"company": shown, "need": candidate.need, "fresh": True, "may_link": may.link}
        return render(request, "linking/_kept.html", context)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('linking:shortlist', args=[candidate.need.pk])}#candidate-{candidate.pk}")
