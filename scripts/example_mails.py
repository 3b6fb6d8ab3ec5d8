"""The mails of the example that stand in docs/screenshots, written by the services and sent up to the last moment."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from medspil.accounts.models import User
from medspil.linking.models import LinkParty, LinkState, Origin
from medspil.notices.models import Message
from medspil.notices.outbox import send_due
from medspil.partnerships.gate import REFUSALS
from medspil.partnerships.models import AddressFrom, Partnership
from medspil.partnerships.pitching import Words, edit_pitch, send_pitch, start_pitch
from medspil.partnerships.questions import ask
from medspil.partnerships.recipients import Recipient
from medspil.progress.digests import send_digests
from medspil.pulses.models import Pulse, PulseRound
from medspil.pulses.rounds import OPEN_FOR, ask_due

SITE = "https://medspil.example"
COORDINATOR = "koordinator@example.org"
BENTE = "bente@brand.example"
"""She answers for the side without an account."""
PARTNERSHIP = "Gennem Ild og Vand"
QUESTION = "Kan I tage otte unge i stedet for seks i uge 14?"
KAREN = Recipient(
    key="",
    address_from=AddressFrom.TYPED,
    email="karen@firma.example",
    name="Karen Kontor",
    source="hendes visitkort",
    purpose="dette brev",
)


def write_all(folder: Path) -> None:
    """Write a letter to a company, a question, a pulse and a digest, each to a file of its name."""
    Message.objects.all().delete()  # what is there was stopped: the example writes to nobody
    by, monday = User.objects.get(email=COORDINATOR), next_monday()
    for name, write, to in (
        ("letter", letter, KAREN.email),
        ("question", question, BENTE),
        ("pulse", pulse, BENTE),
        ("digest", digest, COORDINATOR),
    ):
        with translation.override("da"):
            write(by, monday)
        (mail,) = [one for one in sent(monday) if to in str(one["To"])]
        (folder / f"mail-{name}.eml").write_bytes(mail.as_bytes())


def next_monday() -> datetime:
    """Return the next Monday at eight: people are written to on working days, digests come on Mondays."""
    today = timezone.localdate()
    return timezone.make_aware(datetime.combine(today + timedelta(days=7 - today.weekday()), time(8)))


def sent(now: datetime) -> list[EmailMessage]:
    """Return what the outbox would hand to the mail server."""
    gone: list[EmailMessage] = []

    def keep(mail: EmailMessage, before_the_dot: Callable[[], None]) -> None:
        before_the_dot()
        gone.append(mail)

    send_due(clock=lambda: now, transport=keep)
    return gone


def address_of(page: str) -> Callable[[str], str]:
    """Return what makes the address of a page of its token."""
    return lambda token: f"{SITE}{reverse(page, args=[token])}"


def letter(by: User, now: datetime) -> None:
    """Write to the first company that may be written to about a need, of a link that somebody had the idea of."""
    early = LinkParty.objects.filter(link__state__in=[LinkState.IDEA, LinkState.ASKED], link__need__isnull=False)
    for party in early.filter(unit__isnull=False).exclude(link__origin=Origin.ROUND).order_by("link", "pk"):
        try:
            pitch = start_pitch(
                link=party.link, party=party, language="da", contact=by, hours=6, creation_key=uuid4(), by=by, now=now
            )
        except REFUSALS:
            continue
        words = Words(subject=pitch.subject, text=pitch.text, contact=by, recipient=KAREN)
        pitch = edit_pitch(pitch=pitch, words=words, expected_version=pitch.version, by=by, now=now)
        send_pitch(
            pitch=pitch, counts_as_asked=False, link_version=party.link.version, expected_version=pitch.version, by=by,
            now=now,
        )  # fmt: skip
        return


def question(by: User, now: datetime) -> None:
    """Ask the side without an account something."""
    together = Partnership.objects.for_page().get(name=PARTNERSHIP)
    ours, theirs, *_others = together.partners.all()
    ask(
        partnership=together, asked_of=theirs, put_by=ours, text=QUESTION, creation_key=uuid4(), by=by, now=now,
        address=address_of("partnerships:question_answer"),
    )  # fmt: skip


def pulse(_by: User, now: datetime) -> None:
    """Ask the sides how it goes, as if a round were due today."""
    chosen, today = Pulse.objects.get(partnership__name=PARTNERSHIP), timezone.localdate(now)
    ends = {"ends_on": today + OPEN_FOR}
    PulseRound.objects.get_or_create(partnership=chosen.partnership, begun_on=today, defaults=ends)
    ask_due(now=now, address=address_of("pulses:pulse"))


def digest(_by: User, now: datetime) -> None:
    """Tell people what waits for them."""
    cache.clear()
    choose = f"{SITE}{reverse('progress:waiting')}"
    send_digests(now=now, page=lambda name, keys: f"{SITE}{reverse(name, args=list(keys))}", settings_page=choose)
