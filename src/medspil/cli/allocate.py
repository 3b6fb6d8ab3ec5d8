"""`medspil allocate`: share out a round, or two files without one, and say who gets what and what stands in the way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError
from django.utils import timezone, translation

from medspil.accounts.models import User
from medspil.allocation import ProblemInvalid
from medspil.cli.long_work import Bar, progress_bar
from medspil.common.privacy import CprNumberFound
from medspil.common.reading.problems import UnreadableFile
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability
from medspil.rounds import services
from medspil.rounds.answering import answer
from medspil.rounds.building import is_protected
from medspil.rounds.files import FileFaults, sheet_of_files
from medspil.rounds.models import Round
from medspil.rounds.programmes import PROGRAMMES, Rule
from medspil.rounds.sentences import Names, away, notice_line, pairs_by_asker, proof_line, shortage_lines
from medspil.rounds.sheet import Sheet

REFUSED = (
    services.AreaNotYours,
    services.BoardChanged,
    services.NothingToShare,
    services.RoundClosed,
    services.RowsUnfinished,
    services.TooLarge,
    CprNumberFound,
    UnreadableFile,
)


@click.command()
@click.argument("number", type=click.IntRange(min=1), metavar="[ROUND]", required=False)
@click.option(
    "--file",
    "files",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="DEMANDS SUPPLIES",
    help="Two tables (CSV or XLSX) instead of a round: who asks, and who gives.",
)
@click.option(
    "--programme",
    type=click.Choice(list(PROGRAMMES)),
    help="With --file: what is shared out, which says what a row means.",
)
@click.option("--within", type=click.IntRange(1, 10_000), metavar="KM", help="With --file: the longest distance.")
@click.option("--whole-lots", is_flag=True, help="With --file: lots are not split.")
@click.option("--json", "as_json", is_flag=True, help="Print the question and the answer as JSON.")
@click.option("--apply", "makes_links", is_flag=True, help="Store the proposal and make links of it; needs --as.")
@click.option("--as", "email", metavar="EMAIL", help="Who it is: sees only her rounds, and makes the links.")
def allocate(
    *,
    number: int | None,
    files: tuple[Path, Path] | None,
    programme: str | None,
    within: int | None,
    whole_lots: bool,
    as_json: bool,
    makes_links: bool,
    email: str | None,
) -> None:
    """Share many offers out among many needs: every least first, then fairly, then as well as can be.

    ROUND is the number in the address of an allocation's page: 12 for /fordelinger/12/. Nothing is stored without
    --apply. Each row that asks is shown with what it gets, then what was impossible (!), then who lacks what, why (-).

    \b
    medspil allocate 12
    medspil allocate 12 --apply --as eva@example.org
    medspil allocate --file classes.csv companies.csv --programme classes --within 30

    \b
    A table for --file: one row for each who asks or gives, with headings, for example
      klasse;antal;adresse;klassetrin          7.B;1;6705 Esbjerg Ø;7
      virksomhed;antal;adresse;klassetrin      The newspaper;1;6700 Esbjerg;7-9
    """
    _check_usage(number=number, files=files, programme=programme, makes_links=makes_links, email=email,
                 of_files=bool(within or whole_lots))  # fmt: skip
    with translation.override("en"), _plain_trouble(), progress_bar() as bar:
        if files and programme:
            sheet = sheet_of_files(*files, kind=programme, rules=_rules(programme, within, whole_lots=whole_lots))
            _tell(sheet, answer(sheet, tell=bar.tell), frozenset(), as_json=as_json, bar=bar)
            return
        person = _person(email)
        round_ = _round(number or 0, person)
        if makes_links and person:
            _apply(round_, person, bar, as_json=as_json)
            return
        standing = services.standing(round_, on=timezone.localdate())
        if not standing.sheet.askers or not standing.sheet.givers:
            raise services.NothingToShare
        closed = frozenset(str(one.pk) for one in standing.rows.supplies if is_protected(one))
        _tell(standing.sheet, answer(standing.sheet, tell=bar.tell), closed, as_json=as_json, bar=bar)


def _check_usage(
    *,
    number: int | None,
    files: tuple[Path, Path] | None,
    programme: str | None,
    makes_links: bool,
    email: str | None,
    of_files: bool,
) -> None:
    """Refuse what does not go together: a round of the site, or two files."""
    if (number is None) == (not files):
        raise click.UsageError("Give the number of one ROUND, or --file with two tables.")
    if bool(files) != bool(programme):
        raise click.UsageError("--file and --programme go together.")
    if files and (makes_links or email):
        raise click.UsageError("Files are not stored: leave --apply and --as out.")
    if of_files and not files:
        raise click.UsageError("A round has its own rules: leave --within and --whole-lots out.")
    if makes_links and not email:
        raise click.UsageError("--apply needs --as: links are made by somebody.")


@contextmanager
def _plain_trouble() -> Iterator[None]:
    """Turn expected trouble into one sentence and exit code 1."""
    try:
        yield
    except FileFaults as faults:
        for line in faults.lines:
            click.echo(line, err=True)
        raise click.ClickException(str(faults)) from None
    except REFUSED as trouble:
        raise click.ClickException(str(trouble)) from None
    except ProblemInvalid as trouble:
        raise click.ClickException(str(trouble)) from None
    except DatabaseError as trouble:
        raise click.ClickException(f"The database is not ready ({trouble}); `medspil doctor` says why.") from None


def _rules(kind: str, within: int | None, *, whole_lots: bool) -> dict[str, Any]:
    rules = {rule.value: value for rule, value in PROGRAMMES[kind].rules.items()}
    if within:
        rules[Rule.MAX_KM.value] = within
    if whole_lots:
        rules[Rule.WHOLE_LOTS.value] = True
    return rules


def _person(email: str | None) -> User | None:
    if email is None:
        return None
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in as {email}.")
    return person


def _round(number: int, person: User | None) -> Round:
    rounds = Round.objects.all() if person is None else Round.objects.run_by(person)
    round_ = rounds.select_related("organisation", "proposal").filter(pk=number).first()
    if round_ is None:
        raise click.ClickException(f"There is no allocation number {number}{' that they run' if person else ''}.")
    return round_


def _apply(round_: Round, person: User, bar: Bar, *, as_json: bool) -> None:
    """Store the proposal and make links of it."""
    if not Organisation.objects.where(person, Ability.ALLOCATE).filter(pk=round_.organisation_id).exists():
        raise click.ClickException(f"{person} may not share out for {round_.organisation.name}.")
    now = timezone.now()
    proposal = services.run(round_=round_, by=person, now=now, tell=bar.tell)
    with translation.override(person.language):  # what links say is read by others than whoever types here
        done = services.apply(round_=round_, number=proposal.number, by=person, now=now)
    if as_json:
        told = {
            "round": round_.pk,
            "proposal": proposal.number,
            "made": [link.pk for link in done.made],
            "there": [link.pk for link in done.there],
            "refused": [[one.name, one.why] for one in done.refused],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"Proposal {proposal.number}: {len(done.made)} links made, {len(done.there)} were there already.")
    for one in done.refused:
        click.echo(f"  not made: {one.name}: {one.why}")


def _tell(sheet: Sheet, found: dict[str, Any], closed: frozenset[str], *, as_json: bool, bar: Bar) -> None:
    bar.finish()
    if as_json:
        told = {
            "question": sheet.plain(named=True),
            "fingerprint": sheet.fingerprint,
            "answer": found,
            "protected": sorted(closed),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    names = Names(sheet.plain(), sheet.labels)
    by_asker: dict[str, list[dict[str, Any]]] = {}
    for pair in found["pairs"]:
        by_asker.setdefault(pair["asker"], []).append(pair)
    for asker in sheet.askers:
        got = by_asker.get(asker.ident, [])
        click.echo(f"{asker.label}  {sum(pair['amount'] for pair in got)} of {asker.wanted}")
        for pair in got:
            mark = " [protected]" if pair["giver"] in closed else ""
            lock = ", locked" if pair["locked"] else ""
            click.echo(
                f"    {pair['amount']:>4}  {names.givers[pair['giver']]}{mark}"
                f"  ({away(pair['metres'])}, {round(pair['score'] * 100)} points{lock})"
            )
    _tell_rest(found, names)


def _tell_rest(found: dict[str, Any], names: Names) -> None:
    figures = found["figures"]
    click.echo(
        f"\n{figures['given']} of {figures['wanted']} given, {figures['least_met']} of {figures['demands']} have their"
        f" least, {sum(found['left'].values())} left over."
    )
    click.echo(proof_line(found))
    for one in found["notices"]:
        click.echo(f"! {notice_line(one, names)}")
    has = pairs_by_asker(found)
    for one in found["short"]:
        lines = " ".join(shortage_lines(one, names, has.get(one["asker"], ())))
        click.echo(f"- {names.askers[one['asker']]} lacks {one['missing']}: {lines}")
