"""Pages of the rules of procedure: each version, what changed between two, and the next one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medspil.agreements.differences import word_diff
from medspil.boards import rules
from medspil.boards.models import RulesOfProcedure
from medspil.web.boards.forms import RulesForm
from medspil.web.boards.loading import board_or_404, edit_or_refuse, tried
from medspil.web.boards.page import PAGE, step_of
from medspil.web.boards.words import settings_of
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest


@require_safe
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Show one version of the rules, with what changed since the one before."""
    seen = board_or_404(request, pk)
    versions = list(seen.board.rules.newest_first())
    one = get_object_or_404(seen.board.rules.newest_first(), number=number)
    before = next((each for each in versions if each.number == number - 1), None)
    holds = rules.rules_on(seen.board, timezone.localdate())
    context = {
        "seen": seen,
        "one": one,
        "versions": versions,
        "holds": holds,
        "settings": settings_of(one),
        "before": before,
        "changes": word_diff(before.text, one.text) if before and before.text != one.text else [],
        "changed_settings": changed(before, one) if before else [],
    }
    return render(request, "boards/rules.html", context)


def changed(before: RulesOfProcedure, after: RulesOfProcedure) -> list[tuple[str, str, str]]:
    """Return the settings that differ between two versions: label, before, after."""
    pairs = zip(settings_of(before), settings_of(after), strict=True)
    return [(str(old.label), str(old.value), str(new.value)) for old, new in pairs if old.value != new.value]


@require_http_methods(PAGE)
def adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the next version of the rules, from the newest one."""
    seen = edit_or_refuse(request, pk)
    newest = seen.board.rules.newest_first().first()
    names = (*rules.Settings.__slots__, "text", "number")
    first = newest or RulesOfProcedure(number=0)
    initial: dict[str, Any] = {name: getattr(first, name) for name in names}
    initial["holds_from"] = timezone.localdate() if newest else seen.board.founded_on
    form = RulesForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"seen": seen, "form": form, "newest": newest}
    status = 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {
            "text_of_rules": said["text"],
            "holds_from": said["holds_from"],
            "expected_number": said["number"],
        }
        try:
            if tried(form, lambda: rules.adopt(board=seen.board, settings=form.settings(), **act, **step_of(request))):
                messages.success(request, _("The rules are noted."))
                return redirect("boards:board", pk=pk)
        except rules.RulesChanged as trouble:
            add_domain_error(form, trouble)
            form.data = dict(form.data.items()) | {"number": str(newest.number if newest else 0)}
            context["theirs"], status = word_diff(said["text"], newest.text) if newest else [], 409
    return render(request, "boards/rules_new.html", context, status=status if form.errors else 200)
