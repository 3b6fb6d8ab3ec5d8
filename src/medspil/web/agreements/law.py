"""The page of all questions that law asks of an agreement: answered together and saved at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.agreements.answers import AnsweredMeanwhile, answer_checks
from medspil.agreements.carried_over import taken_over
from medspil.agreements.models import Agreement
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.writing import AnswerRefused
from medspil.common.privacy import CprNumberFound
from medspil.web.agreements.law_form import LawForm
from medspil.web.agreements.law_shown import Law, law_of
from medspil.web.agreements.loading import draft_or_refuse
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show all questions of law with what was answered, and save what was changed; where a rule warns, one stays."""
    partnership, draft = draft_or_refuse(request, pk)
    law = law_of(draft, timezone.now())
    form = _form(request, law)
    status = 200
    if request.method == "POST":
        status, form = _save(request, draft, form)
        if status == 302:
            messages.success(request, _("Saved."))
            done = not law_of(draft, timezone.now()).open
            return redirect("agreements:overview" if done else "agreements:checks", pk=pk)
    context = {"partnership": partnership, "law": law, "form": form, "taken": taken_over(draft), "base": draft.based_on}
    return render(request, "agreements/checks.html", context, status=status)


def _save(request: SignedInRequest, draft: Agreement, form: LawForm) -> tuple[int, LawForm]:
    """Save the answers, and return the status of the answer with the form to show where something is refused."""
    if not form.is_valid():
        return 422, form
    try:
        answer_checks(agreement=draft, given=form.given(), by=request.user, now=timezone.now())
    except AnsweredMeanwhile as trouble:
        fresh = _form(request, law_of(draft, timezone.now()))
        add_domain_error(fresh, trouble)
        fresh.overtaken(list(trouble.codes))
        return 409, fresh
    except (AnswerRefused, CprNumberFound, StepNotAllowed) as trouble:
        add_domain_error(form, trouble)
        return 422, form
    return 302, form


def _form(request: SignedInRequest, law: Law) -> LawForm:
    data = request.POST if request.method == "POST" else None
    return LawForm(data, seen=law.seen, on=timezone.localdate())
