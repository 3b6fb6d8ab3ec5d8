"""Forgets who sat on boards: in time, at once by address, and with who asks for it. Seats and days stay."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.boards.meeting_forgetting import forget_members_in_minutes
from medspil.boards.models import (
    Board,
    BoardMember,
    BoardMemberQuerySet,
    Constituency,
    Earmark,
    Leaving,
    RulesOfProcedure,
)
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_address
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.partnerships.models import Standing

_NOBODY = {"user": None, "name": "", "email": "", "organisation_name": ""}


def forget_old_members(*, now: datetime) -> int:
    """Forget who sat on a board until two years ago, and on boards that ended then; return how many.

    Again, it changes nothing.
    """
    since = timezone.localdate(now) - KEPT_FOR
    ended = Q(constituency__board__partnership__standing=Standing.ENDED)
    over = ended & Q(constituency__board__partnership__standing_on__lt=since)
    gone = Q(term_ends_on__lt=since) | Q(left_on__lt=since) | Q(constituency__board__dissolved_on__lt=since)
    return _forget(BoardMember.objects.filter(gone | over), now)


def forget_members_at(*, email: str, now: datetime) -> int:
    """Forget whoever on a board has an address, with mails to it, at once; return how many times on a board."""
    address = email.strip()
    if not address:
        return 0
    forget_address(email=address, now=now)
    return _forget(BoardMember.objects.filter(email__iexact=address), now)


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Forget who sits for people who took their consent back."""
    _forget(BoardMember.objects.filter(partner__side__resource__in=resources), now)


@also_forgets_person
def forget_person_on_boards(person: Person) -> None:
    """Forget a person with an account where she sits on a board, and take her names out of what is written near her."""
    for email in person.emails:
        forget_members_at(email=email, now=person.now)
    _forget(BoardMember.objects.filter(user=person.user), person.now)
    near = links_near(person).values("pk")
    for member in BoardMember.objects.filter(constituency__board__partnership__link__in=near, forgotten_at=None):
        person.take_out_of(member, "name", "organisation_name")
    for board in Board.objects.filter(partnership__link__in=near):
        person.take_out_of(board, "name")
    for rules in RulesOfProcedure.objects.filter(board__partnership__link__in=near):
        person.take_out_of(rules, "text")
    for earmark in Earmark.objects.filter(board__partnership__link__in=near):
        person.take_out_of(earmark, "giver", "purpose")


def _forget(members: BoardMemberQuerySet, now: datetime) -> int:
    """Take everything personal out, and end a time that goes on: a seat of nobody is vacant."""
    keys = list(members.filter(forgotten_at=None).values_list("pk", flat=True))
    rows, today = BoardMember.objects.filter(pk__in=keys), timezone.localdate(now)
    sitting = rows.filter(left_on=None).exclude(term_ends_on__lt=today)
    sitting.filter(from_on__gt=today).update(left_on=F("from_on"), left_why=Leaving.FORGOTTEN)
    sitting.filter(from_on__lte=today).update(left_on=today, left_why=Leaving.FORGOTTEN)
    forget_members_in_minutes(keys, now=now)
    return rows.update(**_NOBODY, forgotten_at=now, version=F("version") + 1)


def delete_member(pk: int, now: datetime) -> None:
    """Delete who it was that sat on a board."""
    _forget(BoardMember.objects.filter(pk=pk), now)


def delete_group(pk: int, _now: datetime) -> None:
    """Call a group that fills seats by its number alone."""
    Constituency.objects.filter(pk=pk).update(name=f"#{pk}", version=F("version") + 1)


_WAY = "board__partnership__link"
also_reads("board", _("what a board is called"), Board, "name", way="partnership__link", left=NO_WORDS)
also_reads("group", _("who fills seats of a board"), Constituency, "name", way=_WAY, delete=delete_group)
also_reads("rules", _("the rules of procedure of a board"), RulesOfProcedure, "text", way=_WAY, left=NO_WORDS)
also_reads(
    "seated", _("somebody who sits on a board"), BoardMember, "name", "organisation_name", way=f"constituency__{_WAY}",
    delete=delete_member,
)  # fmt: skip
also_reads("aside", _("what money is set aside for"), Earmark, "purpose", way=_WAY, left=NO_WORDS)
also_reads("giver", _("whom money set aside is from"), Earmark, "giver", way=_WAY, left=NO_WORDS)
