"""What happened to a resource, in sentences for components/_history.html; of consent and contact only that it did."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.models import Gift, PlaceQuality, Resource
from medspil.web.areas import words as area_words
from medspil.web.history import Event, told
from medspil.web.mapping import words

ACTIONS: dict[str, str | Promise] = {
    "consent_given": _("noted a consent"),
    "consent_withdrawn": _("took the consent back"),
    "contact_added": _("added a contact"),
    "contact_changed": _("changed a contact"),
    "contact_deleted": _("deleted a contact for good"),
    "asked_still_right": _("asked whether this is still right"),
    "answered_right": _("An answer came: still right"),
    "answered_changed": _("An answer came: something has changed"),
    "answered_wrong": _("An answer came: not right"),
    "answered_remove": _("An answer came: take me off"),
    "merged": _("merged two that were one"),
    "merge_undone": _("took the merge back"),
}
# Numbers of the map and what follows from other fields say nothing to a reader.
UNTOLD = {"version", "x", "y", "review_on", "consented_on", "area", "consent", "organisation_id", "unit_id", "unit"}
MOST = 20


def events(resource: Resource) -> list[Event]:
    """Return what happened to a resource, newest first, without what only the machine reads."""
    known = vocabulary()
    values: dict[str, dict[str, str | Promise]] = {
        "kind": {code: words.asset_kind(code) for code in known.asset_kinds},
        "kinds": {code: area_words.kind(code) for code in known.resource_kinds},
        "themes": {code: area_words.theme(code) for code in known.themes},
        "target_groups": {code: area_words.group(code) for code in known.target_groups},
        "gifts": dict(Gift.choices),
        "place_quality": dict(PlaceQuality.choices),
    }
    return told(resource, ACTIONS, values=values, most=MOST, untold=UNTOLD, bare=("created",))
