"""What people can do with areas, challenges and needs: one function each, one transaction, told who and when."""

from medspil.areas.changes import set_archived
from medspil.areas.hosting import NoHostYet
from medspil.areas.services.areas import create_area, edit_area, set_border, set_circle
from medspil.areas.services.challenges import create_challenge, edit_challenge
from medspil.areas.services.facts import (
    AlreadyListed,
    OwnerIsNoPartner,
    add_partner,
    add_status,
    remove_partner,
    remove_status,
    set_figures,
)
from medspil.areas.services.needs import (
    Amount,
    ChallengeElsewhere,
    StartsNowhere,
    UnknownKind,
    create_need,
    edit_need,
    set_amounts,
    set_kinds,
    set_reach,
)

__all__ = [
    "AlreadyListed",
    "Amount",
    "ChallengeElsewhere",
    "NoHostYet",
    "OwnerIsNoPartner",
    "StartsNowhere",
    "UnknownKind",
    "add_partner",
    "add_status",
    "create_area",
    "create_challenge",
    "create_need",
    "edit_area",
    "edit_challenge",
    "edit_need",
    "remove_partner",
    "remove_status",
    "set_amounts",
    "set_archived",
    "set_border",
    "set_circle",
    "set_figures",
    "set_kinds",
    "set_reach",
]
