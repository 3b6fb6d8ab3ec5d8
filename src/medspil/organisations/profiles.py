"""Write down what is known of a company, answer by answer; whose words count where several have spoken.

An answer carries the version that the person saw. Two people who answer different questions do not disturb each other;
two who answer the same one do: the later gets `EditConflict`, and the page shows both. Nobody's words are written over
by another organisation's: each has a profile of its own.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.common.models import EditConflict
from medspil.common.privacy import refuse_cpr
from medspil.organisations.answers import AnswerRefused, Content, checked, refuse_link, texts_of
from medspil.organisations.digest import digest
from medspil.organisations.models import AnswerSource, Known, Organisation, Profile, ProfileAnswer, Topic
from medspil.organisations.subjects import Subject, main_unit, name_of

LONGEST_NOTE = 5_000


class NothingToCheck(LookupError):
    """Neither the register nor an organisation knows the company."""

    def __init__(self) -> None:
        super().__init__(_("The register has no such company."))


@transaction.atomic
def save_answer(
    *,
    subject: Subject,
    said_by: Organisation,
    topic: Topic,
    content: Content,
    source: str,
    link: str,
    checked_on: date,
    expected_version: int,
    by: User,
    now: datetime,
) -> ProfileAnswer:
    """Write one answer about a company; 0 as version where the person saw none.

    The first answer about a company that nobody has made an organisation of puts something there to hang it on. Empty
    content takes an answer back. Raises `AnswerRefused`, `CprNumberFound`, `EditConflict`, `NothingToCheck`.
    """
    said = checked(topic, content)
    refuse_cpr(*texts_of(said))
    if link.strip():
        refuse_link("link", link.strip())
    if source not in AnswerSource:
        raise AnswerRefused("source", _("Say where you know it from."))
    if said.empty and not expected_version:
        raise AnswerRefused("", _("Nothing is answered yet."))
    profile = _profile(subject, said_by, now)
    Profile.objects.select_for_update().get(pk=profile.pk)  # two answers at once each see the other's in `facts`
    fields: dict[str, Any] = {
        "known": said.known, "text": said.text, "details": said.details, "source": source, "link": link.strip(),
        "checked_on": checked_on, "checked_by": by,
    }  # fmt: skip
    before = ProfileAnswer.objects.filter(profile=profile, topic=topic).first()
    if before and before.version != expected_version and all(getattr(before, name) == fields[name] for name in fields):
        return before  # the second half of a double click
    answer = _write(profile, topic, fields=fields, expected_version=expected_version, now=now)
    digest(Profile.objects.filter(pk=profile.pk))
    Profile.objects.filter(pk=profile.pk).update(updated_at=now)
    old = _told(before) if before else ""
    record_history(record=profile, action="answered", by=by, now=now, changes={topic: [old, _told(answer)]})
    return answer


@transaction.atomic
def save_note(
    *, subject: Subject, said_by: Organisation, note: str, expected_version: int, by: User, now: datetime
) -> Profile:
    """Write the private note of the organisation that checks; 0 as version where there was no profile yet."""
    text = note.strip()
    refuse_cpr(text)
    if len(text) > LONGEST_NOTE:
        raise AnswerRefused("note", _("The text is too long. Use at most 5,000 characters."))
    profile = _profile(subject, said_by, now)
    before = profile.note
    if text != before:
        profile.save_changes(expected_version=expected_version or 1, now=now, note=text)
        record_history(record=profile, action="note_changed", by=by, now=now, changes={"note": [before, text]})
    return profile


def counted(answers: Iterable[ProfileAnswer]) -> list[ProfileAnswer]:
    """Return the answers to one question in the order in which they count.

    The company's own words come before a check; of several checks the newest. An answer that knows comes before one
    that could not find out, whoever gave it.
    """
    told = [answer for answer in answers if answer.told]
    newest = sorted(told, key=lambda answer: (answer.checked_on, answer.pk), reverse=True)
    return sorted(newest, key=lambda answer: (answer.known == Known.UNKNOWN, not answer.profile.own))


def home_of(about: Subject, *, other_than: Collection[int], now: datetime) -> Organisation | None:
    """Return the record on which checks of a company hang when another record takes on another number.

    A check was made of the company that the register has under a number. It must not follow a record to the next one,
    or whoever may change a record could take what others found out about somebody else. None where the register does
    not know the number: then it was a slip of the pen, and the record is all that the check was about.
    """
    if not about.cvr or not about.units().exists():
        return None
    return about.organisations().exclude(pk__in=other_than).first() or _stand_in(about, now)


def organisation_of(subject: Subject, *, now: datetime) -> Organisation:
    """Return the organisation that a company is here; where there is none, one in nobody's care to hang things on.

    Raises `NothingToCheck` where the register does not know the company either.
    """
    return subject.organisations().first() or _stand_in(subject, now)


def leave_behind(organisation: Organisation, *, was: Subject, now: datetime) -> None:
    """Leave the checks by others with the company that a record was before its number changed; see `home_of`."""
    checks = Profile.objects.filter(about=organisation).checks().order_by("pk")
    home = home_of(was, other_than=[organisation.pk], now=now) if checks.exists() else None
    if home is None:
        return
    there = Profile.objects.filter(about=home).values("said_by")
    checks.exclude(said_by__in=there).update(about=home, updated_at=now)


def happened(profiles: Collection[Profile], *, most: int) -> list[HistoryEntry]:
    """Return what happened to some profiles, newest first, with the people."""
    keys = [str(profile.pk) for profile in profiles]
    entries = HistoryEntry.objects.filter(record_type=Profile._meta.label_lower, record_id__in=keys)
    return list(entries.select_related("by").order_by("-at", "-pk")[:most]) if keys else []


def _profile(subject: Subject, said_by: Organisation, now: datetime) -> Profile:
    """Return the profile to write in, making what is missing; a second click finds what the first one made."""
    mine = Profile.objects.filter(said_by=said_by, about__in=subject.organisations().values("pk"))
    if there := mine.order_by("pk").first():
        return there
    about = subject.organisations().filter(pk=said_by.pk).first() or organisation_of(subject, now=now)
    made, _created = Profile.objects.get_or_create(
        about=about, said_by=said_by, defaults={"created_at": now, "updated_at": now}
    )
    return made


def _stand_in(subject: Subject, now: datetime) -> Organisation:
    """Return an organisation for a company that nobody has made one of: one per CVR number, in nobody's care."""
    unit = main_unit(subject)
    if unit is None:
        raise NothingToCheck
    form = vocabulary().company_forms.get(unit.company_form)
    facts = {
        "name": name_of(subject, unit)[:200],
        "kind": "company" if form is None or form.sector is Sector.PRIVATE else "",
        "municipality": unit.municipality,
        "created_at": now,
        "updated_at": now,
    }
    made, _created = Organisation.objects.get_or_create(
        only_checked=True, cvr=subject.cvr, unit=None if subject.cvr else unit, merged_into=None, defaults=facts
    )
    return made


def _write(
    profile: Profile, topic: Topic, *, fields: dict[str, Any], expected_version: int, now: datetime
) -> ProfileAnswer:
    """Write an answer if it is as the person saw it; two first answers at once: one is written, one is told."""
    there = ProfileAnswer.objects.filter(profile=profile, topic=topic).first()
    if there:
        return there.save_changes(expected_version=expected_version, now=now, **fields)
    if expected_version:
        raise EditConflict
    try:
        with transaction.atomic():
            return ProfileAnswer.objects.create(profile=profile, topic=topic, created_at=now, updated_at=now, **fields)
    except IntegrityError as first:
        raise EditConflict from first


def _told(answer: ProfileAnswer) -> Any:
    """Return an answer as the history keeps it."""
    if not answer.told:
        return ""
    said = {"known": answer.known, "text": answer.text, **answer.details}
    where = {"source": answer.source, "link": answer.link, "checked_on": answer.checked_on.isoformat()}
    return {name: value for name, value in (said | where).items() if value}
