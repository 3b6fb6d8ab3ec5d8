"""What waits for a person, how often she is told by mail, and her days as a calendar for other programs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.progress.calendar import FeedUnknown, calendar_file, has_feed, make_feed, owner_of, take_feed_back
from medspil.progress.digests import choose_rhythm, rhythm_of
from medspil.progress.waiting import waiting_for
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, fragment
from medspil.web.progress.forms import RhythmForm

MOST_FIRST = 3
"""So many stand on the first page, the most urgent."""


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: SignedInRequest) -> HttpResponse:
    """Show what waits, and let the person choose how often she is told."""
    there = rhythm_of(request.user)
    form = RhythmForm(request.POST or None, initial={"rhythm": there.rhythm, "version": there.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            choose_rhythm(
                user=request.user, rhythm=said["rhythm"], expected_version=said["version"], now=timezone.now()
            )
        except EditConflict as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("progress:waiting")
    return _page(request, form, status=422 if form.errors else 200)


@require_POST
def calendar(request: SignedInRequest) -> HttpResponse:
    """Make the address of a calendar, and show it this once."""
    token = make_feed(user=request.user, now=timezone.now())
    there = rhythm_of(request.user)
    form = RhythmForm(initial={"rhythm": there.rhythm, "version": there.version})
    address = request.build_absolute_uri(reverse("progress:feed", args=[token]))
    response = _page(request, form, feed_address=address)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def calendar_back(request: SignedInRequest) -> HttpResponse:
    """Take the address of a calendar back."""
    take_feed_back(user=request.user, now=timezone.now())
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("progress:waiting")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with a person's days for her calendar program; whoever has the address may read it."""
    try:
        user = owner_of(token)
    except FeedUnknown as trouble:
        raise Http404 from trouble
    with translation.override(user.language):
        body = calendar_file(
            user,
            now=timezone.now(),
            page=lambda name, keys: request.build_absolute_uri(reverse(name, args=list(keys))),
        )
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _page(request: SignedInRequest, form: RhythmForm, *, feed_address: str = "", status: int = 200) -> HttpResponse:
    found = waiting_for(request.user, now=timezone.now())
    context = {
        "items": [(one, reverse(one.page, args=list(one.keys))) for one in found],
        "more": max(len(found) - MOST_FIRST, 0),
        "form": form,
        "feed_address": feed_address,
        "has_feed": has_feed(request.user),
    }
    return render(request, fragment(request, "progress/waiting.html", "first"), context, status=status)
