"""Pages behind a one-time link: a side writes its own, and settles what differs. No sign-in, one hand, two languages.

Looking writes nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnusable
from medspil.alignment import by_link
from medspil.alignment.inviting import PURPOSES, Handed
from medspil.alignment.models import Sheet, Why
from medspil.alignment.questions import questions
from medspil.alignment.sheets import NothingToConfirm, latest_of, sheet_of
from medspil.common.models import EditConflict
from medspil.partnerships.going_on import NotNow, refuse_standing
from medspil.partnerships.models import Partner
from medspil.web.alignment import saving
from medspil.web.alignment.acting import MEANWHILE, TROUBLES, Said, take_step
from medspil.web.alignment.forms import OwnSheetForm, initial_of
from medspil.web.alignment.loading import actor_for, address_by
from medspil.web.alignment.shown import Kept, has_draft, left_of, not_taken, page_of, unsaved, words_shown
from medspil.web.http import whole_number
from medspil.web.one_time import TITLES, language_for, opened_page, unusable
from medspil.web.one_time_pages import behind_link

sheet_opened = opened_page(PURPOSES[Why.SHEET])
settle_opened = opened_page(PURPOSES[Why.SETTLE])


def _too_late(request: HttpRequest, trouble: LinkUnusable) -> HttpResponse:
    """Say why a link cannot be used; who was writing gets her text back to keep."""
    if not _written(request):
        return unusable(request, trouble)
    title, status = TITLES[type(trouble)]
    with translation.override(language_for(request)):
        context = {"title": title, "text": str(trouble), "written": _written(request)}
        return render(request, "alignment/too_late.html", context, status=status)


def _written(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    language = translation.get_language() or "da"
    found = [(one.name(language), one.shown(request.POST.get(code, ""), language)) for code, one in questions().items()]
    found += [(_("Your sentence"), text) for text in Said(request.POST).typed().values()]
    return [(label, text) for label, text in found if text.strip()]


@behind_link(PURPOSES[Why.SHEET], told=_too_late)
def sheet(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show a side what it is asked, keep what it writes, and take it."""
    partner = by_link.partner_of(link)
    if stopped := _stopped(request, partner):
        return stopped
    if request.POST.get("do") == "confirm":
        return _confirm(request, token, partner, link)
    if request.method != "POST":
        return _ask(request, token, partner, link, _fresh(partner, link))
    form = OwnSheetForm(request.POST)
    return saving.take(request, form, _desk(request, token, partner, link, form))


def _desk(request: HttpRequest, token: str, partner: Partner, link: OneTimeLink, form: OwnSheetForm) -> saving.Desk:
    def facts() -> dict[str, Any]:
        version = saving.version_of(form)
        return {"token": token, "answers": form.answers(), "expected_version": version, "now": timezone.now()}

    def show(form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        return _ask(request, token, partner, link, form, status=status, **more)

    def kept() -> HttpResponse:
        said = _("Saved. Open the same link when you go on; nobody reads it before you hand it in.")
        return show(_fresh(partner, link), saved=said)

    def hand_in() -> HttpResponse:
        name = form.cleaned_data["writer"]
        handed = by_link.hand_in_by_link(**facts(), name=name, address=address_by(request))
        return _thanks(request, partner, handed)

    def stands() -> tuple[Sheet | None, Mapping[str, str]]:
        latest = latest_of(partner)
        return sheet_of(partner), latest.answers if latest else {}

    return saving.Desk(
        keep=lambda: by_link.save_draft_by_link(**facts()), kept=kept, hand_in=hand_in, show=show, stands=stands
    )


def _fresh(partner: Partner, link: OneTimeLink) -> OwnSheetForm:
    initial = initial_of(sheet_of(partner), latest_of(partner)) | {"writer": link.recipient_name}
    return OwnSheetForm(initial=initial)


def _confirm(request: HttpRequest, token: str, partner: Partner, link: OneTimeLink) -> HttpResponse:
    try:
        handed = by_link.confirm_by_link(
            token=token,
            number=whole_number(request.POST.get("number", "")),
            name=link.recipient_name,
            now=timezone.now(),
            address=address_by(request),
        )
    except NothingToConfirm as trouble:
        return _ask(request, token, partner, link, _fresh(partner, link), trouble=str(trouble), status=409)
    return _thanks(request, partner, handed)


def _ask(
    request: HttpRequest,
    token: str,
    partner: Partner,
    link: OneTimeLink,
    form: OwnSheetForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    latest = latest_of(partner)
    context = {
        "partnership": partner.partnership,
        "area": partner.partnership.link.area,
        "name": actor_for(partner).names[partner.pk],
        "asked_by": link.created_by,
        "until": link.expires_at,
        "token": token,
        "here": translation.get_language(),
        "latest": latest,
        "noted": latest if latest and latest.waits else None,
        "noted_words": words_shown(latest),
        "drafted": has_draft(sheet_of(partner)),
        "form": form,
        **more,
    }
    return render(request, "alignment/sheet.html", context, status=status)


def _thanks(request: HttpRequest, partner: Partner, handed: Handed) -> HttpResponse:
    """Lead a side on to the differences where all have spoken; else thank it and say what comes."""
    if where := handed.told.get(partner.pk):
        return redirect(where)
    return render(request, "alignment/thanks.html", {"partnership": partner.partnership, "all": False})


@behind_link(PURPOSES[Why.SETTLE], told=_too_late)
def settle(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show a side all words and what differs, and take what it says to each difference."""
    partner = by_link.partner_of(link)
    if stopped := _stopped(request, partner):
        return stopped
    if request.method != "POST":
        return _differences(request, token, partner, link)
    return _step(request, token, partner, link)


def _step(request: HttpRequest, token: str, partner: Partner, link: OneTimeLink) -> HttpResponse:
    said, now = Said(request.POST), timezone.now()

    def write(side: Partner) -> str:
        if said.do == "confirm":
            by_link.confirm_while_settling(partner=side, number=whole_number(said.get("number")), now=now)
            return _("Noted: it is right.")
        return take_step(said, side.partnership, actor_for(side), now)

    try:
        done = by_link.settle_by_link(token=token, now=now, step=write)
    except EditConflict:
        return _differences(request, token, partner, link, not_taken(said, str(MEANWHILE)), status=409)
    except TROUBLES as trouble:
        return _differences(request, token, partner, link, not_taken(said, str(trouble)), status=422)
    left = left_of(said)
    page = page_of(partner.partnership, actor_for(partner), left) if left.typed else {}
    if by_link.nothing_left_for(partner):
        written = [(_("Your sentence"), text) for text in left.typed.values()] if page and unsaved(page) else []
        context = {"partnership": partner.partnership, "all": True, "written": written}
        return render(request, "alignment/thanks.html", context)
    messages.success(request, done)
    if page and unsaved(page):
        return _differences(request, token, partner, link, left)
    return redirect(f"{request.path}?lang={translation.get_language()}")


def _differences(
    request: HttpRequest,
    token: str,
    partner: Partner,
    link: OneTimeLink,
    kept: Kept | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    latest = latest_of(partner)
    context = page_of(partner.partnership, actor_for(partner), kept) | {
        "partnership": partner.partnership,
        "area": partner.partnership.link.area,
        "noted": latest if latest and latest.waits else None,
        "until": link.expires_at,
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "alignment/settle.html", context, status=status)


def _stopped(request: HttpRequest, partner: Partner) -> HttpResponse | None:
    """Return a page that says why nothing is asked now; what somebody wrote stands on it."""
    try:
        refuse_standing(partner)
    except NotNow as trouble:
        title = _("Nothing is asked just now")
        context = {"title": title, "text": str(trouble), "written": _written(request)}
        return render(request, "alignment/too_late.html", context, status=409)
    return None
