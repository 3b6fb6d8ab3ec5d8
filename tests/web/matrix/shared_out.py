"""An allocation in the matrix's world, with a row on each side, run, and a lock whose reason is nobody else's."""

from uuid import uuid4

from django.db import models

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import PairKind, PairOrigin, PairRule
from tests.factories.people import NOW


def shared_out(home: Organisation, area: Area, need: Need, by: User, canary: str) -> dict[str, models.Model]:
    """Make the allocation of one side."""
    round_ = services.create_round(
        organisation=home,
        kind="classes",
        title=f"{canary} fordeling",
        areas=[area],
        creation_key=uuid4(),
        by=by,
        now=NOW,
    )  # fmt: skip
    services.choose_needs(round_=round_, needs=[need], by=by, now=NOW)
    draft = services.Filled(services.Draft(row=1, label=f"{canary} firma"), organisation=home)
    services.add_rows(round_=round_, asks=False, rows=[draft], batch=uuid4(), by=by, now=NOW)
    demand, supply = round_.demands.get(), round_.supplies.get()
    PairRule.objects.create(
        round=round_, demand=demand, supply=supply, kind=PairKind.LOCK, amount=1, reason=canary,
        origin=PairOrigin.PERSON, by=by, at=NOW,
    )  # fmt: skip
    services.run(round_=round_, by=by, now=NOW)
    return {"round": round_, "demand": demand, "supply": supply}
