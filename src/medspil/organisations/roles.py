"""What each role may do: the one table that pages, API and terminal ask."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The part a person plays in an organisation."""

    COORDINATOR = "coordinator", _("Coordinator")
    CASE_WORKER = "case_worker", _("Case worker")
    COMPANY_CONTACT = "company_contact", _("Company contact")
    ASSOCIATION_CONTACT = "association_contact", _("Association or school contact")
    BROKER = "broker", _("Broker")
    READER = "reader", _("Reader")
    ADMINISTRATOR = "administrator", _("Administrator")


class Ability(StrEnum):
    """Something a person may be allowed to do. In areas: where her organisation is owner or partner."""

    VIEW_AREA = "view_area"
    EDIT_AREA = "edit_area"
    EDIT_NEED = "edit_need"
    RANK = "rank"
    SHORTLIST = "shortlist"
    VIEW_REGISTER = "view_register"
    IMPORT_REGISTER = "import_register"
    MANAGE_PEOPLE = "manage_people"
    CREATE_ORGANISATION = "create_organisation"
    CHECK_COMPANY = "check_company"
    DESCRIBE_OWN = "describe_own"
    MAP_RESOURCES = "map_resources"
    SEE_CONTACTS = "see_contacts"
    MAKE_OFFER = "make_offer"
    LINK = "link"
    ALLOCATE = "allocate"
    RUN_PARTNERSHIP = "run_partnership"
    SPEAK_FOR_OWN = "speak_for_own"


_A = Ability
ROLE_ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.COORDINATOR: frozenset(
        {
            _A.VIEW_AREA,
            _A.EDIT_AREA,
            _A.EDIT_NEED,
            _A.RANK,
            _A.SHORTLIST,
            _A.VIEW_REGISTER,
            _A.IMPORT_REGISTER,
            _A.CREATE_ORGANISATION,
            _A.CHECK_COMPANY,
            _A.DESCRIBE_OWN,
            _A.MAP_RESOURCES,
            _A.SEE_CONTACTS,
            _A.MAKE_OFFER,
            _A.LINK,
            _A.ALLOCATE,
            _A.RUN_PARTNERSHIP,
            _A.SPEAK_FOR_OWN,
        }
    ),
    Role.CASE_WORKER: frozenset(
        {
            _A.VIEW_AREA,
            _A.EDIT_NEED,
            _A.RANK,
            _A.SHORTLIST,
            _A.VIEW_REGISTER,
            _A.CHECK_COMPANY,
            _A.MAP_RESOURCES,
            _A.SEE_CONTACTS,
            _A.MAKE_OFFER,
            _A.LINK,
            _A.RUN_PARTNERSHIP,
            _A.SPEAK_FOR_OWN,
        }
    ),
    Role.COMPANY_CONTACT: frozenset({_A.DESCRIBE_OWN, _A.MAKE_OFFER, _A.SPEAK_FOR_OWN}),
    Role.ASSOCIATION_CONTACT: frozenset({_A.VIEW_AREA, _A.DESCRIBE_OWN, _A.MAKE_OFFER, _A.SPEAK_FOR_OWN}),
    # A broker brings sides together, runs allocations, speaks for no side; contacts and notes of either are not hers.
    Role.BROKER: frozenset(
        {
            _A.VIEW_AREA,
            _A.RANK,
            _A.SHORTLIST,
            _A.VIEW_REGISTER,
            _A.CHECK_COMPANY,
            _A.MAKE_OFFER,
            _A.LINK,
            _A.ALLOCATE,
        }
    ),
    Role.READER: frozenset({_A.VIEW_AREA, _A.VIEW_REGISTER}),
    Role.ADMINISTRATOR: frozenset(
        {
            _A.VIEW_AREA,
            _A.EDIT_AREA,
            _A.VIEW_REGISTER,
            _A.IMPORT_REGISTER,
            _A.MANAGE_PEOPLE,
            _A.CREATE_ORGANISATION,
            _A.DESCRIBE_OWN,
            _A.SPEAK_FOR_OWN,
        }
    ),
}


# The register is one for the whole site. Organisations that people made on the pages may not change it: whoever makes
# one may give it an administrator, and so anybody could be let in.
OPERATORS_ORGANISATIONS_ONLY = frozenset({Ability.IMPORT_REGISTER})


def roles_with(ability: Ability) -> list[Role]:
    """Return the roles that have an ability."""
    return [role for role, abilities in ROLE_ABILITIES.items() if ability in abilities]


@dataclass(frozen=True, slots=True)
class Abilities:
    """What one person may do with one thing; a page offers exactly what the server accepts."""

    names: frozenset[Ability]

    def __contains__(self, ability: object) -> bool:
        return ability in self.names

    @property
    def edit_area(self) -> bool:
        """May change the area's facts and challenges."""
        return Ability.EDIT_AREA in self.names

    @property
    def edit_need(self) -> bool:
        """May describe what is lacking."""
        return Ability.EDIT_NEED in self.names

    @property
    def rank(self) -> bool:
        """May ask for a ranking."""
        return Ability.RANK in self.names

    @property
    def shortlist(self) -> bool:
        """May keep and set aside companies."""
        return Ability.SHORTLIST in self.names

    @property
    def view_register(self) -> bool:
        """May look up companies."""
        return Ability.VIEW_REGISTER in self.names

    @property
    def import_register(self) -> bool:
        """May bring register files in."""
        return Ability.IMPORT_REGISTER in self.names

    @property
    def manage_people(self) -> bool:
        """May add people to an organisation and end memberships."""
        return Ability.MANAGE_PEOPLE in self.names

    @property
    def create_organisation(self) -> bool:
        """May add an organisation that is not here yet, so that it can take part."""
        return Ability.CREATE_ORGANISATION in self.names

    @property
    def check_company(self) -> bool:
        """May write down what is known of a company."""
        return Ability.CHECK_COMPANY in self.names

    @property
    def describe_own(self) -> bool:
        """May write what her own organisation says of itself."""
        return Ability.DESCRIBE_OWN in self.names

    @property
    def map_resources(self) -> bool:
        """May add and change what an area has."""
        return Ability.MAP_RESOURCES in self.names

    @property
    def see_contacts(self) -> bool:
        """May see how the people behind a resource are reached."""
        return Ability.SEE_CONTACTS in self.names

    @property
    def make_offer(self) -> bool:
        """May say what an organisation can give."""
        return Ability.MAKE_OFFER in self.names

    @property
    def link(self) -> bool:
        """May bring parties together and say how it went."""
        return Ability.LINK in self.names

    @property
    def allocate(self) -> bool:
        """May share many offers out among many needs."""
        return Ability.ALLOCATE in self.names

    @property
    def run_partnership(self) -> bool:
        """May lead a partnership on the area's behalf: walk, agreement, contact persons, notes."""
        return Ability.RUN_PARTNERSHIP in self.names
