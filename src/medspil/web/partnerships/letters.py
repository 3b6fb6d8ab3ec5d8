"""One letter: look at it as it will be read, edit it, send it, put it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking import asking
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.models import Answer, LinkState
from medspil.linking.parties import name_of
from medspil.notices.letters import AddressRefused, HeaderRefused
from medspil.notices.transport import is_set_up
from medspil.partnerships import pitching
from medspil.partnerships.gate import REFUSALS
from medspil.partnerships.models import Pitch, PitchState
from medspil.partnerships.recipients import AddressGone, SourceMissing, suggested
from medspil.web.forms import add_domain_error
from medspil.web.history import told
from medspil.web.http import SignedInRequest, conflict
from medspil.web.partnerships import words
from medspil.web.partnerships.forms import AwayForm, LetterForm, SendForm, initial_of
from medspil.web.partnerships.loading import letter_or_refuse, refusal_of

NOT_SENT = (
    *REFUSALS,
    pitching.AlreadySent,
    pitching.TellsOfDeletion,
    pitching.NoRecipient,
    pitching.NoContact,
    AddressGone,
    AddressRefused,
    HeaderRefused,
    StepNotAllowed,
    asking.DayAhead,
)
NOT_SAVED = (
    pitching.AlreadySent,
    pitching.LetterEmpty,
    pitching.LetterTooLong,
    pitching.NoContact,
    AddressGone,
    AddressRefused,
    HeaderRefused,
    SourceMissing,
    CprNumberFound,
)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a letter as it will be read, or was."""
    return _page(request, letter_or_refuse(request, pk))


def _page(request: SignedInRequest, pitch: Pitch, *, trouble: str = "", status: int = 200) -> HttpResponse:
    link, party = pitch.link, pitch.party
    mail = pitching.mail_of(pitch) if pitch.state == PitchState.SENT else None
    refusal = refusal_of(link, party) if pitch.state == PitchState.DRAFT else None
    can_be_asked = party is not None and party.answer != Answer.YES and link.state != LinkState.PARTNERSHIP
    first = {"version": pitch.version, "link_version": link.version, "asked": can_be_asked}
    context: dict[str, Any] = {
        "pitch": pitch,
        "link": link,
        "side": party,
        "name": name_of(party) if party else "",
        "area": link.area,
        "trouble": trouble,
        "refusal": str(refusal) if refusal else "",
        "badge": words.BADGES[pitch.state],
        "mail": mail,
        "mail_words": words.MAILS[mail.state] if mail else "",
        "can_be_asked": can_be_asked,
        "send_form": SendForm(initial=first),
        "posted": is_set_up(),
        "history": told(pitch, words.ACTIONS),
    }
    return render(request, "partnerships/letter.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the words of a letter and whom it goes to."""
    pitch = letter_or_refuse(request, pk)
    if pitch.state != PitchState.DRAFT or pitch.party is None:
        return redirect("partnerships:letter", pk=pk)
    known = suggested(pitch.party)
    form = LetterForm(
        request.POST or None,
        pitch=pitch,
        contacts=pitching.possible_contacts(pitch.link, now=timezone.now()),
        known=known,
        initial=initial_of(pitch, known),
    )
    context = {"pitch": pitch, "link": pitch.link, "side": pitch.party, "area": pitch.link.area, "form": form}
    context["name"] = name_of(pitch.party)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, pitch, form)
        except EditConflict:
            return conflict(request, "partnerships/letter_edit.html", form, pitch, context)
        except NOT_SAVED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved. Read it once more before you send it."))
            return redirect("partnerships:letter", pk=pk)
    return render(request, "partnerships/letter_edit.html", context, status=422 if form.errors else 200)


def _save(request: SignedInRequest, pitch: Pitch, form: LetterForm) -> None:
    said = form.cleaned_data
    written = pitching.Words(
        subject=said["subject"], text=said["text"], contact=said["contact"], recipient=form.recipient()
    )
    pitching.edit_pitch(
        pitch=pitch, words=written, expected_version=said["version"], by=request.user, now=timezone.now()
    )


@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a letter, and note that the side was asked where the person says so."""
    pitch = letter_or_refuse(request, pk)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, pitch, trouble=_("Please load the page again."), status=422)
    said = form.cleaned_data
    try:
        pitching.send_pitch(
            pitch=pitch,
            counts_as_asked=said["asked"],
            link_version=said["link_version"],
            expected_version=said["version"],
            by=request.user,
            now=timezone.now(),
        )
    except NOT_SENT as trouble:
        return _page(request, letter_or_refuse(request, pk), trouble=str(trouble), status=422)
    except EditConflict:
        changed = _("Somebody changed the letter or the link while you were reading. Here is how it stands now.")
        return _page(request, letter_or_refuse(request, pk), trouble=changed, status=409)
    messages.success(request, _("The letter is on its way."))
    return redirect("partnerships:letter", pk=pk)


@require_POST
def put_away(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put a draft away, or take it out again."""
    pitch = letter_or_refuse(request, pk)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _page(request, pitch, trouble=_("Please load the page again."), status=422)
    try:
        pitching.put_away(
            pitch=pitch, away=away, expected_version=form.cleaned_data["version"], by=request.user, now=timezone.now()
        )
    except pitching.AlreadySent as trouble:
        return _page(request, pitch, trouble=str(trouble), status=422)
    except EditConflict as trouble:
        return _page(request, letter_or_refuse(request, pk), trouble=str(trouble), status=409)
    messages.success(request, _("The letter is put away.") if away else _("The letter is back."))
    return redirect("partnerships:letter", pk=pk)
