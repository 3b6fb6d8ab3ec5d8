"""Keep a version that was to be changed, where the draft in its place says the very same: every yes to it counts again.

The draft is put away. Whoever had confirmed, and was told that the yes counts no more, is told that it does.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.agreements.carried_over import unchanged_since
from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.states import By, refuse_step
from medspil.agreements.telling import tell_kept
from medspil.agreements.writing import put_away, refuse_unless_draft, sides_of


class Changed(Exception):
    """The draft says something else than the version before it."""

    def __init__(self) -> None:
        super().__init__(_("The new version says something else by now. Propose it, or put it away."))


def kept_by(draft: Agreement) -> Agreement | None:
    """Return the version that waits for confirmations again where a draft is put away because nothing has changed."""
    same = unchanged_since(draft, sides_of(draft.partnership))
    return same if same and same.state == AgreementState.OVERTAKEN else None


@transaction.atomic
def keep_and_tell(*, draft: Agreement, by: User, now: datetime) -> Agreement:
    """Let the version before a draft wait for confirmations again, with those it has; return it.

    Raises `Changed`, `StepNotAllowed`, `EditConflict`.
    """
    refuse_unless_draft(draft.pk)  # nobody writes in a field of it before this is done
    kept = kept_by(Agreement.objects.for_page().get(pk=draft.pk))
    if kept is None:
        raise Changed
    refuse_step(kept.state, AgreementState.PROPOSED, By.KEEPING)
    put_away(agreement=draft, away=True, expected_version=draft.version, by=by, now=now)
    day = timezone.localdate(now)
    kept.save_changes(expected_version=kept.version, now=now, state=AgreementState.PROPOSED, state_on=day, state_why="")
    record_history(record=kept, action="agreement_kept", by=by, now=now)
    tell_kept(agreement=kept, by=by, now=now)
    return kept
