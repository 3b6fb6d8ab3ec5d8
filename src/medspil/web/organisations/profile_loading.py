"""What every profile page loads: the company behind the address, for whom the person writes, and the way back."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from medspil.areas.models import Need
from medspil.organisations import subjects
from medspil.organisations.models import Organisation, Profile, ProfileAnswer, Topic, abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.organisations.subjects import BY_CVR, BY_ORGANISATION, BY_UNIT, Subject
from medspil.register.models import Unit
from medspil.web.http import SignedInRequest, whole_number

_REF = re.compile(rf"({BY_CVR})-([0-9]{{8}})|({BY_UNIT}|{BY_ORGANISATION})-([0-9]{{1,18}})")


@dataclass
class ProfilePage:
    """A company, and what the person in front of the screen may read and write about it."""

    request: SignedInRequest
    subject: Subject

    @cached_property
    def unit(self) -> Unit | None:
        """Return the unit that stands for the company."""
        return subjects.main_unit(self.subject)

    @cached_property
    def name(self) -> str:
        """Return the company's name as the register has it."""
        return subjects.name_of(self.subject, self.unit)

    @cached_property
    def profiles(self) -> list[Profile]:
        """Return the profiles of it that she may read: the company's own words first."""
        readable = Profile.objects.visible_to(self.request.user)
        return list(readable.filter(about__in=self.subject.organisations().values("pk")).for_page())

    @cached_property
    def speaking_for(self) -> list[Organisation]:
        """Return the organisations that are this company and for which she may speak."""
        return list(self.subject.organisations().speaking(self.request.user))

    @property
    def own(self) -> bool:
        """Whether she writes the company's own words."""
        return bool(self.speaking_for)

    @cached_property
    def writers(self) -> list[Organisation]:
        """Return the organisations for which she may write about the company: her own company, or those that check."""
        if self.own:
            return self.speaking_for
        checking = Organisation.objects.where(self.request.user, Ability.CHECK_COMPANY)
        return list(checking.exclude(pk__in=self.subject.organisations().values("pk")).order_by("name", "pk"))

    @cached_property
    def writer(self) -> Organisation | None:
        """Return for whom she writes: the one named in the address, the one that owns the need's area, or the first."""
        asked = self.request.GET.get("for", "")
        owner = self.need.area.owner_id if self.need else None
        ordered = sorted(self.writers, key=lambda one: (str(one.pk) != asked, one.pk != owner))
        return ordered[0] if ordered else None

    @cached_property
    def mine(self) -> Profile | None:
        """Return the profile she writes in, if there is one yet."""
        return next((one for one in self.profiles if self.writer and one.said_by_id == self.writer.pk), None)

    def answer(self, topic: Topic) -> ProfileAnswer | None:
        """Return her organisation's answer to a question."""
        answers = self.mine.answers.all() if self.mine else []
        return next((one for one in answers if one.topic == topic), None)

    @property
    def done(self) -> int:
        """Return how many questions her organisation has answered."""
        return sum(1 for topic in Topic if (answer := self.answer(topic)) and answer.told)

    @cached_property
    def need(self) -> Need | None:
        """Return the need whose ranking or shortlist she came from."""
        number = whole_number(self.request.GET.get("need", ""))
        needs = Need.objects.visible_to(self.request.user).select_related("area")
        return needs.filter(pk=number).first() if number else None

    def address(self, name: str, *args: str, writer: Organisation | None = None) -> str:
        """Return the address of a page of this profile that remembers need and writer."""
        chosen = writer or (self.writer if len(self.writers) > 1 else None)
        said = {"need": self.need.pk if self.need else "", "for": chosen.pk if chosen else ""}
        query = urlencode({key: value for key, value in said.items() if value})
        return reverse(f"profiles:{name}", args=[self.subject.ref, *args]) + (f"?{query}" if query else "")

    @property
    def writer_links(self) -> list[tuple[Organisation, str]]:
        """Return all for whom she may write, with the address of the profile for each."""
        return [(one, self.address("detail", writer=one)) for one in self.writers]

    @property
    def note_url(self) -> str:
        """Return the address of the private note."""
        return self.address("note")

    @property
    def url(self) -> str:
        """Return the address of the profile itself."""
        return self.address("detail")


def page_or_refuse(request: SignedInRequest, ref: str) -> ProfilePage:
    """Return the company of an address: 403 for those who may not look companies up, 404 where there is none."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise Http404
    kind, key = (found[1], found[2]) if found[1] else (found[3], found[4])
    looks_up = Ability.VIEW_REGISTER in abilities_anywhere(request.user)
    subject = _subject(request, kind, key)
    hers = Organisation.objects.of(request.user).values("pk")
    if not looks_up and not (subject and subject.organisations().filter(pk__in=hers).exists()):
        if kind == BY_ORGANISATION:
            raise Http404
        raise PermissionDenied
    if subject is None:
        raise Http404
    return ProfilePage(request, subject)


def writing_or_refuse(request: SignedInRequest, ref: str) -> tuple[ProfilePage, Organisation]:
    """Return the same for somebody who may write about the company; 403 for others."""
    page = page_or_refuse(request, ref)
    if page.writer is None:
        raise PermissionDenied(_("Your role does not let you write about companies."))
    return page, page.writer


def _subject(request: SignedInRequest, kind: str, key: str) -> Subject | None:
    if kind == BY_CVR:
        return subjects.of_cvr(key)
    if kind == BY_UNIT:
        unit = Unit.objects.visible_to(request.user).filter(number=int(key)).first()
        return subjects.of_unit(unit) if unit else None
    organisation = Organisation.objects.visible_to(request.user).filter(pk=int(key)).first()
    return subjects.of_organisation(organisation) if organisation else None
