"""The tables of this room: parties and people's parts in them, profiles of companies, merges of duplicates."""

from medspil.organisations.models.merge import Merge, MergeQuerySet
from medspil.organisations.models.party import (
    Membership,
    MembershipQuerySet,
    Organisation,
    OrganisationQuerySet,
    abilities_anywhere,
    abilities_in,
    abilities_over,
    organisations_of,
    organisations_where,
)
from medspil.organisations.models.profile import (
    CHECK_AGAIN_AFTER,
    AnswerSource,
    Known,
    Profile,
    ProfileAnswer,
    ProfileQuerySet,
    ProfileWord,
    Topic,
)

__all__ = [
    "CHECK_AGAIN_AFTER",
    "AnswerSource",
    "Known",
    "Membership",
    "MembershipQuerySet",
    "Merge",
    "MergeQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "Profile",
    "ProfileAnswer",
    "ProfileQuerySet",
    "ProfileWord",
    "Topic",
    "abilities_anywhere",
    "abilities_in",
    "abilities_over",
    "organisations_of",
    "organisations_where",
]
