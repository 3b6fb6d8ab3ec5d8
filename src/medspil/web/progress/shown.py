"""Links and partnerships with their stage, what is missing for the next, who is silent and who is on it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.linking.models import Link
from medspil.partnerships.models import Partnership, Standing
from medspil.progress.evidence import met_by
from medspil.progress.quiet import Silence, silences
from medspil.progress.referrals import on_it
from medspil.progress.silence_words import SILENCES, TO_DO
from medspil.progress.stages import LACKING, ROWS, Stage, missing, stage_of
from medspil.web.linking.link_filters import LinkFilterForm
from medspil.web.linking.link_loading import LinksPage
from medspil.web.linking.link_shown import ShownLink
from medspil.web.progress import words

OURS, THEIRS = "ours", "theirs"


class ProgressFilterForm(LinkFilterForm):
    """The one filter of board and list: that of the links, and whose turn it is."""

    quiet = forms.ChoiceField(
        label=_("Silence"),
        required=False,
        choices=[("", _("all")), (OURS, _("it is our turn")), (THEIRS, _("we wait for them"))],
    )
    state = None  # type: ignore[assignment]  # the stage says it
    long = None  # type: ignore[assignment]  # silence says it
    field_order = ("q", "need", "sector", "quiet", "mine")


@dataclass(frozen=True, slots=True)
class ShownSilence:
    """Something that is waited for, in words, and where to end it."""

    silence: Silence
    url: str

    @property
    def text(self) -> str | Promise:
        """Return what is waited for."""
        return SILENCES[self.silence.what]

    @property
    def to_do(self) -> str | Promise:
        """Return what ends it."""
        return TO_DO[self.silence.what]

    @property
    def days(self) -> str:
        """Return for how long."""
        return words.days(self.silence)

    @property
    def badge(self) -> str:
        """Return the kind of badge: our own turn is told more loudly."""
        return "warning" if self.silence.ours else "info"


@dataclass(frozen=True, slots=True)
class Shown:
    """One link, or the partnership it became, as board and list show it."""

    link: ShownLink
    stage: Stage
    lacking: list[str | Promise]
    silences: list[ShownSilence]
    on_it: User | None
    partnership: Partnership | None

    @property
    def title(self) -> str:
        """Return the partnership's name, else the sentence of the link."""
        return self.partnership.name if self.partnership else self.link.link.sentence

    @property
    def url(self) -> str:
        """Return where it is worked with."""
        if self.partnership:
            return reverse("partnerships:detail", args=[self.partnership.pk])
        return self.link.url

    @property
    def stage_name(self) -> str | Promise:
        """Return the stage in words."""
        return ROWS[self.stage].name

    @property
    def stopped(self) -> str:
        """Return in words that it is paused or has ended; empty where it goes on."""
        if self.partnership and self.partnership.standing != Standing.GOING:
            return str(self.partnership.get_standing_display())
        return ""


@dataclass
class ProgressPage(LinksPage):
    """The links of an area that lead somewhere, or have, by stage."""

    @cached_property
    def everything(self) -> list[Link]:
        """Return all links of the area that are neither put away nor turned down."""
        links = Link.objects.visible_to(self.request.user, on=self.today).filter(area=self.area).live()
        return list(links.for_page().order_by("state_on", "pk"))

    @cached_property
    def filter_form(self) -> LinkFilterForm:
        """Return the filter that stands in the address."""
        needs = {link.need_id: link.need.title for link in self.everything if link.need and link.need_id}
        return ProgressFilterForm(self.request.GET, needs=needs)

    @cached_property
    def rows(self) -> list[Shown]:
        """Return what the filter leaves, with stage, silences and who is on it."""
        asked = self.filter_form.asked().get("quiet", "")
        return [one for one in self._all_rows if not asked or _turn(one, asked)]

    @cached_property
    def _all_rows(self) -> list[Shown]:
        kept = [one.link for one in self.links]
        met = met_by(kept, on=self.today)
        seen = Partnership.objects.visible_to(self.request.user, on=self.today)
        begun = {one.link_id: one for one in seen.filter(link__in=[one.pk for one in kept])}
        quiet: dict[int, list[ShownSilence]] = defaultdict(list)
        for each in silences(kept, user=self.request.user, now=timezone.now()):
            quiet[each.link.pk].append(ShownSilence(each, address_of(each)))
        people = on_it(kept)
        return [
            Shown(
                link=one,
                stage=stage_of(met[one.link.pk]),
                lacking=[LACKING[each] for each in missing(met[one.link.pk])],
                silences=quiet[one.link.pk],
                on_it=people.get(one.link.pk),
                partnership=begun.get(one.link.pk),
            )
            for one in self.links
        ]

    def _passes(self, one: ShownLink, asked: dict[str, object]) -> bool:
        return LinksPage._passes(self, one, asked | {"state": "", "long": ""})


def _turn(one: Shown, asked: object) -> bool:
    return any(each.silence.ours == (asked == OURS) for each in one.silences)


def address_of(silence: Silence) -> str:
    """Return the address of the page on which a silence is ended."""
    page, keys = silence.ended_at
    return reverse(page, args=list(keys))
