"""How a partnership goes for its sides, and their news: one page, and what is done on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import names_for
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.permissions import PartnershipRights
from medspil.pulses import answers, rounds, telling
from medspil.pulses.models import News
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.one_time import address_of
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404, run_or_refuse
from medspil.web.pulses.forms import AnswerForm, NewsForm, RhythmForm
from medspil.web.pulses.shown import context, may_take_back, tellers_of

ONLY_ITS_OWN = gettext_lazy("Only the side itself answers how it goes for it.")
ONLY_ITS_OWN_NEWS = gettext_lazy("Only the side that told it takes news back, or those who lead.")
NOT_ANSWERED = (answers.RoundOver, answers.NoStep, answers.WordsTooLong, CprNumberFound, NotNow)
NOT_TOLD = (telling.NoNews, answers.WordsTooLong, CprNumberFound, NotNow)


@require_safe
def overview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how it went, round by round, what is to be answered now, and the news."""
    return _page(request, *_inside(request, pk))


@require_POST
def answer(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Say how it goes for one's own side, or change it while the round takes answers."""
    partnership, rights, side = _own_side(request, pk, partner)
    form = AnswerForm(request.POST, auto_id=f"s{side.pk}_%s")
    going_on = rounds.latest_round(partnership)
    if going_on is None:
        raise Http404
    if form.is_valid():
        said = form.cleaned_data
        try:
            answers.answer(
                going_on=going_on,
                partner=side,
                step=said["step"],
                words=said["words"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict as trouble:
            return _page(request, partnership, rights, trouble=str(trouble), status=409)
        except NOT_ANSWERED as trouble:
            add_domain_error(form, trouble)
            if not isinstance(trouble, answers.NoStep | answers.WordsTooLong | CprNumberFound):
                return _page(request, partnership, rights, trouble=str(trouble), status=422)
        else:
            messages.success(request, _("Your answer is kept. You can change it until the round ends."))
            return redirect("pulses:overview", pk=pk)
    return _page(request, partnership, rights, answer_form=form, answering=side.pk, status=422)


@require_POST
def rhythm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose how often the sides are asked."""
    partnership, rights = run_or_refuse(request, pk)
    form = RhythmForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            rounds.choose_rhythm(
                partnership=partnership,
                rhythm=said["rhythm"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict as trouble:
            return _page(request, partnership, rights, trouble=str(trouble), status=409)
        except NotNow as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved. Rounds that are under way go on to their end."))
            return redirect("pulses:overview", pk=pk)
    return _page(request, partnership, rights, rhythm_form=form, status=422)


@require_POST
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell the other sides something."""
    partnership, rights = _inside(request, pk)
    names = names_for(request.user, [one.side for one in partnership.partners.all()])
    form = NewsForm(request.POST, tellers=tellers_of(partnership, rights, names))
    if form.is_valid():
        said = form.cleaned_data
        by_side = next((one for one in partnership.partners.all() if str(one.pk) == said["by_side"]), None)
        try:
            telling.tell(
                partnership=partnership,
                by_side=by_side,
                text=said["text"],
                creation_key=said["creation_key"],
                by=request.user,
                now=timezone.now(),
                address=address_of(request, "pulses:news_mail"),
            )
        except NOT_TOLD as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The others can read it."))
            return redirect("pulses:overview", pk=pk)
    return _page(request, partnership, rights, news_form=form, status=422)


@require_POST
def take_news(request: SignedInRequest, pk: int, news: int, *, back: bool) -> HttpResponse:
    """Take news back, or let the others read it again."""
    _partnership, rights = _inside(request, pk)
    told = get_object_or_404(News.objects.visible_to(request.user).filter(partnership=pk), pk=news)
    if not may_take_back(told, rights):
        raise PermissionDenied(ONLY_ITS_OWN_NEWS)
    if back:
        telling.take_back(news=told, by=request.user, now=timezone.now())
        messages.success(request, _("Nobody reads it any more. Mails that were sent already cannot be taken back."))
    else:
        telling.put_back(news=told, by=request.user, now=timezone.now())
        messages.success(request, _("The others can read it again. No mail tells it a second time."))
    return redirect(f"{reverse('pulses:overview', args=[pk])}#news")


@require_POST
def mails(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Turn the mails about news to one's own side off or on again."""
    _partnership, _rights, side = _own_side(request, pk, partner)
    wanted = request.POST.get("wanted") == "yes"
    telling.set_mails(partner=side, wanted=wanted, by=request.user, now=timezone.now())
    messages.success(request, _("News comes by mail again.") if wanted else _("No mails about news any more."))
    return redirect("pulses:overview", pk=pk)


def _inside(request: SignedInRequest, pk: int) -> tuple[Partnership, PartnershipRights]:
    """Return a partnership that a person leads or speaks for a side in; 404 for strangers, 403 for who only sees it."""
    partnership, rights = partnership_or_404(request, pk)
    if not (rights.runs or rights.own):
        raise PermissionDenied(REFUSED)
    return partnership, rights


def _own_side(request: SignedInRequest, pk: int, partner: int) -> tuple[Partnership, PartnershipRights, Partner]:
    partnership, rights = partnership_or_404(request, pk)
    side = next((one for one in partnership.partners.all() if one.pk == partner), None)
    if side is None:
        raise Http404
    if side.pk not in rights.own:
        raise PermissionDenied(ONLY_ITS_OWN)
    return partnership, rights, side


def _page(
    request: SignedInRequest, partnership: Partnership, rights: PartnershipRights, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "pulses/overview.html", context(request, partnership, rights, **more), status=status)
