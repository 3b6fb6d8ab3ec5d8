"""Links: parties that could do something together, why somebody thinks so, and how far it got."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need, areas_where
from medspil.common.models import Versioned
from medspil.common.prepared import prepared
from medspil.linking.models.doors import TOLD, Answer, brokered_by, spoken_for
from medspil.linking.models.run import Run
from medspil.mapping.models import Resource
from medspil.offers.models import Offer, OfferState
from medspil.organisations.flags import to_look_at as organisations_to_look_at
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability
from medspil.register.flags import flagged
from medspil.register.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser


class LinkState(models.TextChoices):
    """How far a link got. What may follow what stands in `link_states`."""

    IDEA = "idea", _("idea")
    ASKED = "asked", _("asked")
    INTERESTED = "interested", _("interested")
    PARTNERSHIP = "partnership", _("became a partnership")
    TURNED_DOWN = "turned_down", _("turned down")


class Origin(models.TextChoices):
    """Where a link comes from."""

    PERSON = "person", _("somebody saw it")
    RANKING = "ranking", _("a ranking")
    OFFER = "offer", _("an offer that met a need")
    ROUND = "round", _("an allocation")
    WALK = "walk", _("an offer on a walk")


class LinkQuerySet(models.QuerySet["Link"]):
    """Questions to the links."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "LinkQuerySet":
        """Return the links of a person's areas, those whose side she speaks for once that side has been asked, and
        those she is the broker of on a day."""
        if not user.is_authenticated:
            return self.none()
        in_areas = models.Q(area__in=areas_where(user, Ability.VIEW_AREA))
        as_side = models.Q(pk__in=links_as_asked_side(user))
        return self.filter(in_areas | as_side | models.Q(pk__in=links_as_broker(user, on)))

    def worked_on_by(self, user: User, *, on: date) -> "LinkQuerySet":
        """Return links a person works with: where she may bring parties together, and those she is the broker of."""
        in_areas = models.Q(area__in=areas_where(user, Ability.LINK))
        return self.filter(in_areas | models.Q(pk__in=links_as_broker(user, on)))

    def current(self) -> "LinkQuerySet":
        """Return links that are not archived."""
        return self.filter(archived_at=None)

    def live(self) -> "LinkQuerySet":
        """Return links that may still lead somewhere, or have: neither archived nor turned down."""
        return self.current().exclude(state=LinkState.TURNED_DOWN)

    def to_ask_again(self, on: date) -> "LinkQuerySet":
        """Return links that were turned down for their time, and whose day to ask again has come by a day."""
        over = models.Q(refusals__undone_at=None, refusals__until__lte=on)
        holding = Link.objects.filter(
            models.Q(refusals__undone_at=None) & (models.Q(refusals__until=None) | models.Q(refusals__until__gt=on)),
            refusals__isnull=False,
        )
        waiting = self.current().filter(state=LinkState.TURNED_DOWN, pk__in=Link.objects.filter(over).values("pk"))
        return waiting.exclude(pk__in=holding.values("pk"))

    def offer_over(self, on: date) -> "LinkQuerySet":
        """Return links that rest on an offer that stands no more; for a partnership only one withdrawn counts."""
        gone = models.Q(ends_on__lt=on) | models.Q(organisation__archived_at__isnull=False)
        withdrawn = Offer.objects.filter(state=OfferState.WITHDRAWN)
        over = Offer.objects.filter(models.Q(state=OfferState.ENDED) | gone)
        held, also = (Link.objects.filter(offers__in=offers).values("pk") for offers in (withdrawn, over))
        return self.filter(models.Q(pk__in=held) | (models.Q(pk__in=also) & ~models.Q(state=LinkState.PARTNERSHIP)))

    def of_party(
        self,
        *,
        organisations: "Collection[int]" = (),
        units: "Collection[int]" = (),
        resources: "Collection[int]" = (),
    ) -> "LinkQuerySet":
        """Return links in which one of these takes part, by the keys of the records."""
        one_of_them = (
            models.Q(parties__organisation__in=organisations)
            | models.Q(parties__unit__in=units)
            | models.Q(parties__resource__in=resources)
        )
        return self.filter(pk__in=Link.objects.filter(one_of_them).values("pk"))

    def for_page(self) -> "LinkQuerySet":
        """Return links with all that a list or a page shows of them, parties in their order. Three queries."""
        related = ("area__owner", "need__challenge", "challenge", "seen_by")
        sides = models.Prefetch("parties", LinkParty.objects.for_page())
        offers = models.Prefetch("offers", Offer.objects.select_related("organisation").order_by("pk"))
        return self.select_related(*related).prefetch_related(sides, offers)

    def to_look_at(self) -> "LinkQuerySet":
        """Return live links with a party whose company has ceased, is being wound up or is protected now; of these
        `flagging` tells which carry a flag."""
        wrong = models.Q(parties__organisation__in=organisations_to_look_at(Organisation.objects.all()).values("pk"))
        for path in ("parties__unit", "parties__resource__unit"):
            wrong |= models.Q(**{f"{path}__isnull": False}) & flagged(f"{path}__")
        found = self.live().filter(pk__in=Link.objects.filter(wrong).values("pk"))
        return found.order_by("-updated_at", "-pk")


@prepared
def links_as_asked_side(user: User) -> models.QuerySet[Any, Any]:
    """Return the keys of links of which a person speaks for a side that was asked."""
    asked = spoken_for(user, "parties__") & models.Q(parties__answer__in=TOLD)
    return Link.objects.filter(asked).values("pk")


@prepared
def links_as_broker(user: User, on: date) -> models.QuerySet[Any, Any]:
    """Return the keys of links of which a person is the broker on a day."""
    return Link.objects.filter(brokered_by(user, on, "brokerages__")).values("pk")


@prepared
def links_seen(user: User, on: date) -> models.QuerySet[Any, Any]:
    """Return the keys of links that a person may see on a day."""
    return Link.objects.visible_to(user, on=on).values("pk")


class Link(Versioned):
    """Parties that could do something together for a need or a challenge, why, and how far it got."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="links", verbose_name=_("area"))
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("need"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("challenge")
    )
    # What of a need it is for, where a need stands for several: a project, a class, a weekly time.
    subject = models.CharField(_("for what of it"), max_length=160, blank=True)
    offers = models.ManyToManyField(Offer, related_name="links", blank=True, verbose_name=_("offers it rests on"))
    sentence = models.CharField(_("what they can do together"), max_length=300)
    origin = models.CharField(_("where it comes from"), max_length=8, choices=Origin.choices)
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ranking"))
    grounds = models.JSONField(_("reasons as they were"), default=dict, blank=True)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who saw it")
    )
    state = models.CharField(_("state"), max_length=11, choices=LinkState.choices, default=LinkState.IDEA)
    state_on = models.DateField(_("in this state since"))
    asked_on = models.DateField(_("first asked"), null=True, blank=True)
    partnership_on = models.DateField(_("partnership since"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["area", "state"], name="link_by_area_and_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(need__isnull=False) | models.Q(challenge__isnull=False),
                name="link_has_need_or_challenge",
                violation_error_message=_("Say which need or which challenge it is about."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LinkState.PARTNERSHIP) | models.Q(partnership_on__isnull=False),
                name="link_partnership_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class LinkPartyQuerySet(models.QuerySet["LinkParty"]):
    """Questions to the sides of links."""

    def of(self, user: User) -> "LinkPartyQuerySet":
        """Return the sides that a person speaks for: her organisations, and their places in the register."""
        return self.filter(spoken_for(user))

    def for_page(self) -> "LinkPartyQuerySet":
        """Return sides with their records, in the order in which they came."""
        return self.select_related(
            "organisation__unit", "unit", "resource__organisation__unit", "resource__unit"
        ).order_by("pk")


class LinkParty(models.Model):
    """One side of a link: an organisation, a unit of the register or a mapped resource, and where it stands."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="parties", verbose_name=_("link"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("company"))
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="link_parties", verbose_name=_("resource")
    )
    brings = models.CharField(_("what it brings"), max_length=300, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer.choices, default=Answer.NOT_ASKED)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answer noted by")
    )
    # That a company protected from advertising has itself said we may write to it.
    consent_on = models.DateField(_("said we may write on"), null=True, blank=True)
    consent_how = models.CharField(_("who said so, and how"), max_length=200, blank=True)

    objects = LinkPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of a link")
        verbose_name_plural = _("parties of links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, unit=None, resource=None)
                | models.Q(organisation=None, unit__isnull=False, resource=None)
                | models.Q(organisation=None, unit=None, resource__isnull=False),
                name="link_party_is_exactly_one",
                violation_error_message=_("A party is one organisation, one company or one resource."),
            ),
            models.CheckConstraint(
                condition=models.Q(consent_on=None, consent_how="")
                | models.Q(consent_on__isnull=False) & ~models.Q(consent_how=""),
                name="link_party_consent_has_source",
                violation_error_message=_("Say who said that we may write, how, and when."),
            ),
            models.UniqueConstraint(fields=["link", "organisation"], name="one_side_per_link_and_organisation"),
            models.UniqueConstraint(fields=["link", "unit"], name="one_side_per_link_and_unit"),
            models.UniqueConstraint(fields=["link", "resource"], name="one_side_per_link_and_resource"),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.unit or self.resource)

    @property
    def withdrawn(self) -> bool:
        """Whether it stands for a person who took the consent back."""
        return self.resource is not None and self.resource.withdrawn_on is not None
