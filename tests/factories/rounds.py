"""Makes allocations for tests: the adopted classes of Esbjerg and Vejle, and 153 computers for seven projects."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.reading.lists import rows_of_text
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.lines import read_rows
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.programmes import programme
from tests.factories.people import NOW

CLASSES = """Klasse;Skole;Klassetrin;Elever;Adresse
7.A;Bakkeskolen;7;22;6705 Esbjerg Ø
7.B;Bakkeskolen;7;24;6705 Esbjerg Ø
8.A;Bakkeskolen;8;21;6705 Esbjerg Ø
8.B;Bakkeskolen;8;23;6705 Esbjerg Ø
9.A;Bakkeskolen;9;20;6705 Esbjerg Ø
7.X;Nørremarksskolen;7;23;7100 Vejle
7.Y;Nørremarksskolen;7;22;7100 Vejle
8.X;Nørremarksskolen;8;24;7100 Vejle
8.Y;Nørremarksskolen;8;21;7100 Vejle
9.X;Nørremarksskolen;9;19;7100 Vejle"""
COMPANIES = """Virksomhed;Antal;Adresse;Klassetrin;Højst km
Klodsfabrikken;3;7190 Billund;7-9;50
Avisen;1;6700 Esbjerg;7-9;20
Havnen;2;6700 Esbjerg;8-9;20
Fiskeriet;1;6700 Esbjerg;7-9;20
Biblioteket;1;6700 Esbjerg;7;15
Brandvæsenet;1;7100 Vejle;7-9;15
Hospitalet;1;7100 Vejle;9;20"""
PROJECTS = """Projekt;Antal;Mindst;Adresse;Udstyr;Ansøgt
Netcaféen;30;10;8220 Brabrand;stationær;01-02-2009
Lektiehjælpen;20;8;7100 Vejle;bærbar;15-02-2009
Kvindecaféen;25;10;5240 Odense NØ;;01-03-2009
Ungdomsskolen;40;15;2200 København N;stationær;10-03-2009
Beboerhuset;18;6;6705 Esbjerg Ø;;20-03-2009
Sprogcaféen;24;8;2630 Taastrup;bærbar;01-04-2009
Seniorklubben;16;5;4000 Roskilde;stationær;02-04-2009"""
LOTS = """Parti;Antal;Adresse;Udstyr;Klargøres af
Hovedkontoret, stationære;70;2800 Kongens Lyngby;stationær;Værkstedet
Hovedkontoret, bærbare;38;2800 Kongens Lyngby;bærbar;Værkstedet
Filialerne;45;8000 Aarhus C;stationær;Værkstedet"""


def begin(
    owner: Organisation, by: User, *, kind: str = "classes", areas: Iterable[Area] = (), follows: Round | None = None
) -> Round:
    """Begin a round."""
    return services.create_round(
        organisation=owner,
        kind=kind,
        title="Runde 2026",
        areas=list(areas),
        creation_key=uuid4(),
        by=by,
        now=NOW,
        follows=follows,
    )


def fill(round_: Round, by: User, *, asks: bool, text: str, **answers: Any) -> Round:
    """Add rows to one side, as a list that is pasted."""
    reading = read_rows(rows_of_text(text), programme=programme(round_.programme), asks=asks)
    assert not reading.faults, reading.faults
    rows = [services.Filled(draft, area=answers.get("area")) for draft in reading.drafts]
    return services.add_rows(
        round_=round_, asks=asks, rows=rows, batch=uuid4(), by=by, now=NOW, answers=services.Answers(**answers)
    )


def adoption(owner: Organisation, by: User, **answers: Any) -> Round:
    """Make the round of the adopted classes, not yet run."""
    round_ = begin(owner, by, areas=[answers["area"]] if answers.get("area") else [])
    fill(round_, by, asks=True, text=CLASSES, **answers)
    fill(round_, by, asks=False, text=COMPANIES)
    round_.refresh_from_db()
    return round_


def computers(owner: Organisation, by: User, **answers: Any) -> Round:
    """Make the round of 153 computers and seven projects, not yet run."""
    round_ = begin(owner, by, kind="computers", areas=[answers["area"]] if answers.get("area") else [])
    fill(round_, by, asks=True, text=PROJECTS, **answers)
    fill(round_, by, asks=False, text=LOTS)
    round_.refresh_from_db()
    return round_


def demand(round_: Round, label: str) -> Demand:
    """Return a row that asks by its name."""
    return Demand.objects.get(round=round_, label=label)


def supply(round_: Round, label: str) -> Supply:
    """Return a row that gives by its name."""
    return Supply.objects.get(round=round_, label=label)


def pairs(round_: Round) -> dict[str, dict[str, int]]:
    """Return {who asks: {who gives: how many}} of the proposal on the board."""
    names = {str(one.pk): one.label for one in Demand.objects.filter(round=round_)}
    givers = {str(one.pk): one.label for one in Supply.objects.filter(round=round_)}
    found: dict[str, dict[str, int]] = {}
    assert round_.proposal
    for pair in round_.proposal.answer["pairs"]:
        found.setdefault(names[pair["asker"]], {})[givers[pair["giver"]]] = pair["amount"]
    return found
