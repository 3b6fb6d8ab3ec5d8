"""Read agreements: the page of a partnership's agreement, one version, its paper, and what changed since another."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.papers import LANGUAGES, Forgotten, paper_of
from medspil.web.agreements import shown, words
from medspil.web.agreements.loading import names_of, partnership_or_404, version_or_404
from medspil.web.files import file_answer
from medspil.web.history import told
from medspil.web.http import SignedInRequest


@require_safe
def overview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the agreement of a partnership: what counts, what waits, what is being written."""
    return overview_page(request, pk)


def overview_page(request: SignedInRequest, pk: int, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """Answer with the page of a partnership's agreement; `trouble` says why what was asked was not done."""
    partnership, rights = partnership_or_404(request, pk)
    seen = Agreement.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    versions = list(seen.filter(partnership=partnership).order_by("-number"))
    for one in versions:
        one.partnership = partnership
    context = shown.overview(partnership, rights, versions, timezone.localtime())
    context |= {"partnership": partnership, "rights": rights, "trouble": trouble}
    return render(request, "agreements/overview.html", context, status=status)


@require_safe
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Show one version: what it says, and who has confirmed it."""
    return version_page(request, pk, number)


def version_page(
    request: SignedInRequest, pk: int, number: int, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    """Answer with the page of a version; `trouble` says why what was asked was not done."""
    partnership, rights, agreement = version_or_404(request, pk, number)
    context = shown.version(agreement, rights, names_of(request, partnership), timezone.localtime())
    history = told(agreement, words.ACTIONS, untold=("field", "check", "number", "changed_from", "changed"))
    context |= {"partnership": partnership, "rights": rights, "trouble": trouble}
    context["history"] = history if rights.runs else []
    return render(request, "agreements/version.html", context, status=status)


@require_safe
def paper(request: SignedInRequest, pk: int, number: int, language: str) -> HttpResponse:
    """Give the paper of a version that was proposed."""
    partnership, _rights, agreement = version_or_404(request, pk, number)
    return paper_answer(agreement, language, partnership.name)


def paper_answer(agreement: Agreement, language: str, name: str) -> HttpResponse:
    """Return the paper as a file; 404 where there is none, in an unknown language, or when it was forgotten."""
    if language not in LANGUAGES or agreement.state in (AgreementState.DRAFT, AgreementState.PUT_AWAY):
        raise Http404
    try:
        return file_answer(paper_of(agreement, language), "pdf", name, str(agreement.number), language)
    except Forgotten as gone:
        raise Http404 from gone


@require_safe
def difference(request: SignedInRequest, pk: int, number: int, other: int) -> HttpResponse:
    """Show word by word what changed from an older version to a newer one."""
    partnership, _rights, agreement = version_or_404(request, pk, number)
    seen = Agreement.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    older = get_object_or_404(seen, partnership=partnership, number=other)
    older.partnership = partnership
    old, new = shown.content_for(older), shown.content_for(agreement)
    if not (old and new):
        raise Http404  # forgotten after their time
    context = {
        "partnership": partnership,
        "agreement": agreement,
        "older": older,
        "changes": shown.changes(old, new),
    }
    return render(request, "agreements/difference.html", context)
