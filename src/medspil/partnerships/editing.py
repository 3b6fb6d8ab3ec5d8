"""Say what a partnership is called, after which model it works, what idea carries it, how fast the sides answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.catalogue.models import PartnershipModel
from medspil.common.privacy import refuse_cpr
from medspil.linking.parties import unit_of
from medspil.partnerships.facts import model_of
from medspil.partnerships.models import Partnership

LONGEST_TEXT = 5_000
FEWEST_DAYS, MOST_DAYS = 1, 60


class NameMissing(Exception):
    """A partnership without a name."""

    def __init__(self) -> None:
        super().__init__(_("Write what the partnership is called."))


class TextTooLong(Exception):
    """A text of the length of a report."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 5,000 characters."))


class NoSuchPromise(Exception):
    """A promise that nobody can keep or nobody needs."""

    def __init__(self) -> None:
        super().__init__(_("Promise an answer within 1 to 60 working days."))


class PartnershipPutAway(Exception):
    """A partnership that was put away is not changed."""

    def __init__(self) -> None:
        super().__init__(_("This partnership was put away. Bring it back first."))


@transaction.atomic
def edit_partnership(
    *,
    partnership: Partnership,
    name: str,
    model: str,
    idea: str,
    answer_days: int,
    expected_version: int,
    by: User,
    now: datetime,
) -> Partnership:
    """Change what a partnership says of itself; the history keeps none of its words, as they may name people.

    Raises `NameMissing`, `TextTooLong`, `NoSuchPromise`, `PartnershipPutAway`, `CprNumberFound`, `EditConflict`.
    """
    refuse_put_away(partnership)
    fields = {
        "name": " ".join(name.split()),
        "model": PartnershipModel(model).value if model else "",
        "idea": cleaned(idea),
        "answer_days": answer_days,
    }
    if not fields["name"]:
        raise NameMissing
    if not FEWEST_DAYS <= answer_days <= MOST_DAYS:
        raise NoSuchPromise
    refuse_cpr(str(fields["name"]), str(fields["idea"]))
    told = {name: [getattr(partnership, name), fields[name]] for name in ("model", "answer_days")}
    partnership.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(
        record=partnership,
        action="edited",
        by=by,
        now=now,
        changes={name: pair for name, pair in told.items() if pair[0] != pair[1]},
    )
    return partnership


def proposed_model(partnership: Partnership) -> str:
    """Return the model that the data propose: that of the ranking, else by whether a side's trade carries the need."""
    link = partnership.link
    kinds = [one.kind for one in link.need.resources.order_by("pk")] if link.need else []
    proposed = ""
    for partner in partnership.partners.all():
        found = model_of(link, unit_of(partner.side), kinds)
        if found == PartnershipModel.STRATEGICALLY_INTEGRATED:
            return found
        proposed = proposed or found
    return proposed


def cleaned(text: str) -> str:
    """Return a text as it is kept. Raises `TextTooLong`."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > LONGEST_TEXT:
        raise TextTooLong
    return found


def refuse_put_away(partnership: Partnership) -> None:
    """Raise `PartnershipPutAway` for one that was put away."""
    if partnership.archived_at:
        raise PartnershipPutAway
