"""The tables of this room: resources, consents, contacts, inquiries, lists on their way in, merges."""

from medspil.mapping.models.competence import Competence, CompetenceQuerySet
from medspil.mapping.models.consent import Consent, ConsentQuerySet, HowEnded, HowGiven, Scope
from medspil.mapping.models.contact import ResourceContact, ResourceContactQuerySet
from medspil.mapping.models.inquiry import TO_LOOK_AT, Answer, Inquiry, InquiryQuerySet
from medspil.mapping.models.lists import ResourceList, ResourceListQuerySet, ResourceMerge, ResourceMergeQuerySet
from medspil.mapping.models.resource import (
    COMPANY,
    PERSON,
    WITHDRAWN,
    Gift,
    PlaceQuality,
    Resource,
    ResourceQuerySet,
    agreed,
)

__all__ = [
    "COMPANY",
    "PERSON",
    "TO_LOOK_AT",
    "WITHDRAWN",
    "Answer",
    "Competence",
    "CompetenceQuerySet",
    "Consent",
    "ConsentQuerySet",
    "Gift",
    "HowEnded",
    "HowGiven",
    "Inquiry",
    "InquiryQuerySet",
    "PlaceQuality",
    "Resource",
    "ResourceContact",
    "ResourceContactQuerySet",
    "ResourceList",
    "ResourceListQuerySet",
    "ResourceMerge",
    "ResourceMergeQuerySet",
    "ResourceQuerySet",
    "Scope",
    "agreed",
]
