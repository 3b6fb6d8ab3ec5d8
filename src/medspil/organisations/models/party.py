"""Parties of all three sectors and the people who act for them.

One record whether a party offers, needs, owns, funds or hosts: what it does is told by the records that point to it.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.common.prepared import prepared
from medspil.language import fold
from medspil.organisations.roles import (
    OPERATORS_ORGANISATIONS_ONLY,
    ROLE_ABILITIES,
    Abilities,
    Ability,
    Role,
    roles_with,
)
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions to the organisations."""

    def of(self, user: User) -> "OrganisationQuerySet":
        """Return the organisations that a person acts for now."""
        return self.filter(memberships__user=user, memberships__ended_on=None).distinct()

    def where(self, user: User, ability: Ability) -> "OrganisationQuerySet":
        """Return the organisations in which a person has an ability."""
        return self.filter(
            memberships__user=user, memberships__ended_on=None, memberships__role__in=roles_with(ability)
        ).distinct()

    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Return what a person may see: her own organisations, and those in the care of one of them."""
        if not user.is_authenticated:
            return self.none()
        hers = organisations_of(user)
        here = self.filter(merged_into=None)
        return here.filter(models.Q(pk__in=hers) | models.Q(created_by_organisation__in=hers) & in_care())

    def joined(self) -> "OrganisationQuerySet":
        """Return organisations that somebody made or acts for, not those known from a check or gone into another."""
        return self.filter(only_checked=False, merged_into=None)

    def managed_by(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Return organisations whose facts and people a person manages, as administrator there or of the keeper."""
        if not user.is_authenticated:
            return self.none()
        hers = organisations_where(user, Ability.MANAGE_PEOPLE)
        here = self.filter(merged_into=None)
        return here.filter(models.Q(pk__in=hers) | models.Q(created_by_organisation__in=hers) & in_care())

    def speaking(self, user: User) -> "OrganisationQuerySet":
        """Return the organisations whose own words a person may write: her own, and none that her others made.

        Who creates an organisation could otherwise add herself to it and speak for any company.
        """
        hers = organisations_of(user)
        made_elsewhere = models.Q(created_by_organisation=None) | ~models.Q(created_by_organisation__in=hers)
        return self.filter(made_elsewhere, pk__in=organisations_where(user, Ability.DESCRIBE_OWN))

    def numbered_by(self, user: User) -> "OrganisationQuerySet":
        """Return organisations to which a person may give another CVR number, of those she manages.

        The operator's own, and those in the care of whoever made them: the number says for which company its people
        speak, so an organisation that was let in cannot take another's.
        """
        return self.managed_by(user).filter(models.Q(created_by_organisation=None) | in_care())

    def in_care(self) -> "OrganisationQuerySet":
        """Return organisations that another one made and that have no administrator of their own yet."""
        return self.filter(in_care())

    def named(self, name: str) -> "OrganisationQuerySet":
        """Return the organisations of a name, however it is spelt: å or aa, capitals, spaces.

        Compared here, as no database folds Danish: a site has thousands of organisations, not millions.
        """
        wanted = fold(name)
        names = self.joined().values_list("pk", "name").iterator()
        return self.filter(pk__in=[pk for pk, other in names if fold(other) == wanted] if wanted else [])

    def for_list(self) -> "OrganisationQuerySet":
        """Return organisations for a list with how many people act for each now, by name."""
        # A query of its own: a count over the join of `of` or `where` would see only the asking person.
        people = (
            Membership.objects.current()
            .filter(organisation=models.OuterRef("pk"))
            .order_by()
            .values("organisation")
            .annotate(number=models.Count("user", distinct=True))
            .values("number")
        )
        return self.joined().annotate(people=Coalesce(models.Subquery(people), 0)).order_by("name", "pk")


class Organisation(Versioned):
    """A municipality, a housing association, a school, a company, an association …"""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40)  # code in catalogue.vocabulary.organisation_kinds
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("entry in the register"), related_name="+"
    )
    # As it tells everybody itself: of the function, never of a person.
    public_phone = models.CharField(_("public telephone"), max_length=20, blank=True)
    public_email = models.EmailField(_("public e-mail"), blank=True)
    # Who made it and cares for it until it has an administrator of its own; empty when the operator made it.
    created_by_organisation = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("created by"),
        related_name="created_organisations",
        editable=False,
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    # A company that was checked and that nobody has made an organisation yet: something to hang profiles on, in no
    # list and nobody's care. Who creates the organisation takes it over.
    only_checked = models.BooleanField(_("known from a check only"), default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into"), editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["cvr"], name="organisation_by_cvr")]
        constraints = [
            models.UniqueConstraint(
                fields=["cvr"],
                condition=models.Q(only_checked=True) & ~models.Q(cvr=""),
                name="one_checked_company_per_cvr",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(only_checked=True, cvr=""),
                name="one_checked_company_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@prepared
def organisations_of(user: User) -> models.QuerySet[Any, Any]:
    """Return the keys of the organisations that a person acts for now."""
    return Organisation.objects.of(user).values("pk")


@prepared
def organisations_where(user: User, ability: Ability) -> models.QuerySet[Any, Any]:
    """Return the keys of the organisations in which a person has an ability."""
    return Organisation.objects.where(user, ability).values("pk")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions to the memberships."""

    def current(self) -> "MembershipQuerySet":
        """Return memberships that have not ended."""
        return self.filter(ended_on=None)

    def visible_to(self, user: "User | AnonymousUser") -> "MembershipQuerySet":
        """Return memberships of the organisations a person acts for."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Membership(models.Model):
    """A person acts for an organisation in a role, from a day until it ended."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_on=None),
                name="one_current_membership_per_role",
                violation_error_message=_("This person already has this role here."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


def in_care() -> models.Q:
    """Return the condition that an organisation was made by another and has no administrator of its own yet."""
    administrators = Membership.objects.current().filter(organisation=models.OuterRef("pk"), role=Role.ADMINISTRATOR)
    return models.Q(~models.Exists(administrators), created_by_organisation__isnull=False)


def abilities_over(user: "User | AnonymousUser", organisation: Organisation) -> Abilities:
    """Return what a person may do with an organisation's own facts and people.

    While it has no administrator, those of the organisation that made it may do the same as its own.
    """
    keeper = organisation.created_by_organisation
    cared_for = keeper is not None and Organisation.objects.in_care().filter(pk=organisation.pk).exists()
    return abilities_in(user, [organisation, keeper] if cared_for and keeper else [organisation])


def abilities_in(user: "User | AnonymousUser", organisations: list[Organisation]) -> Abilities:
    """Return what a person may do where these organisations are the parties. One query."""
    if not user.is_authenticated:
        return Abilities(frozenset())
    roles = (
        Membership.objects.current().filter(user=user, organisation__in=organisations).values_list("role", flat=True)
    )
    return Abilities(frozenset().union(*(ROLE_ABILITIES[Role(role)] for role in roles)))


def abilities_anywhere(user: "User | AnonymousUser") -> Abilities:
    """Return what a person may do in at least one organisation. One query."""
    if not user.is_authenticated:
        return Abilities(frozenset())
    found: set[Ability] = set()
    parts = Membership.objects.current().filter(user=user)
    for role, made_by in parts.values_list("role", "organisation__created_by_organisation"):
        may = ROLE_ABILITIES[Role(role)]
        found |= may if made_by is None else may - OPERATORS_ORGANISATIONS_ONLY
    return Abilities(frozenset(found))
