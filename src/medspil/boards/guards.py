"""Which columns of boards the database refuses to change (see `common.frozen`)."""

from typing import TYPE_CHECKING

from medspil.common import frozen

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = {
    "boards_approvedminutes": (
        "meeting_id", "content", "sha256", "way", "at_meeting_id", "approved_on", "noted_at", "forgotten_at",
    )
}  # fmt: skip
"""What may not change, by table. The names beside the content may: people are forgotten one by one."""

RULES = {
    "boards_rulesofprocedure": (
        "board_id", "number", "holds_from", "quorum_share", "quorum_number", "majority", "casting_vote", "notice_days",
        "term_years", "re_election", "by_id", "created_at",
    )
}  # fmt: skip
"""What adopted rules stay at: results are reckoned by it. Names can be taken out of their text, so that may change."""

RULES_IN_WRITING = {table: (*names, "objection_days") for table, names in RULES.items()}
"""The same, since rules say how long members have to approve minutes in writing."""

RULES_IN_SECRET = {table: (*names, "secret_ballot") for table, names in RULES_IN_WRITING.items()}
"""The same, since rules say whether votes can be by secret ballot."""


def put_up(editor: "BaseDatabaseSchemaEditor") -> None:
    """Put the trigger up; one that is there is replaced."""
    frozen.put_up(editor, COLUMNS, of="meeting_id")


def take_down(editor: "BaseDatabaseSchemaEditor") -> None:
    """Take the trigger down, for a migration that runs backwards."""
    frozen.take_down(editor, COLUMNS)


def put_up_for_rules(editor: "BaseDatabaseSchemaEditor", columns: frozen.Columns = RULES) -> None:
    """Put the triggers up on rules of procedure; those that are there are replaced."""
    frozen.put_up(editor, columns)


def take_down_for_rules(editor: "BaseDatabaseSchemaEditor") -> None:
    """Take the triggers on rules of procedure down, for a migration that runs backwards."""
    frozen.take_down(editor, RULES)
