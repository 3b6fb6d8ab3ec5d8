"""A ranked company as the pages show it: the same from a fresh answer, a stored run and a kept company."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from medspil.areas.models import Need
from medspil.catalogue.models import Case
from medspil.catalogue.nearest import Likeness, nearest_case
from medspil.linking.answer import UNIT_FACTS
from medspil.linking.models import Candidate, Decision
from medspil.linking.profiles import named, names_in
from medspil.register.flags import Flag, flags_of
from medspil.web.charts import Bar, Part
from medspil.web.linking import wording
from medspil.web.linking.reasons import COLOURS, WORTH_NAMING, Reason, Row, model_reason, reasons
from medspil.web.linking.wording import Words
from medspil.web.maps import Point
from medspil.web.register import flags
from medspil.web.register.flags import ShownFlag


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One company with its reasons in words; `candidate` is what was decided about it, if anything."""

    row: Row
    name: str
    industry: str
    where: str
    distance: str
    size: str
    model: Words
    points: str
    reasons: list[Reason]
    model_reason: str
    source: str
    nearest: Likeness | None = None
    candidate: Candidate | None = None
    elsewhere: list[Candidate] = field(default_factory=list)

    @property
    def number(self) -> str:
        """Return the P-number as it is written: an address, never an amount with separators."""
        return str(self.row["number"])

    @property
    def ident(self) -> str:
        """Return the id that ties the row to its point on the map."""
        return f"unit-{self.number}"

    @property
    def unit(self) -> dict[str, Any]:
        """Return the facts of the unit as they were."""
        return dict(self.row["unit"])

    @property
    def kept(self) -> bool:
        """Whether it is on the shortlist."""
        return self.candidate is not None and self.candidate.decision == Decision.KEPT

    @property
    def version(self) -> int:
        """Return the version of the decision that the page shows; 0 for none."""
        return self.candidate.version if self.candidate else 0

    @property
    def integrated(self) -> bool:
        """Whether the strategically integrated model is proposed."""
        return bool(self.row["model"] == "strategically_integrated")

    @property
    def bar(self) -> Bar:
        """Return the points as a stacked bar of 100."""
        return Bar(
            title=self.points_line,
            parts=[
                Part(reason.name, reason.share, reason.points, COLOURS.get(reason.criterion, ""))
                for reason in self.reasons
            ],
            whole=1.0,
        )

    @property
    def points_line(self) -> str:
        """Return the score in words."""
        return wording.points_line(self.row["score"])


def shown(row: Row, **more: Any) -> ShownRow:
    """Return one row of an answer in words."""
    unit = row["unit"]
    return ShownRow(
        row=row,
        name=wording.company_name(unit),
        industry=wording.industry_name(unit),
        where=wording.address_line(unit),
        distance=wording.distance_known_by(row["distance_m"], unit.get("point_quality", "")),
        size=wording.size(unit),
        model=wording.MODELS.get(row["model"], ""),
        points=wording.points(row["score"]),
        reasons=reasons(row),
        model_reason=model_reason(row),
        source=wording.source_line(unit),
        **more,
    )


def shown_rows(
    need: Need,
    rows: Iterable[Row],
    *,
    cases: Collection[Case],
    candidates: Iterable[Candidate] = (),
    elsewhere: Iterable[Candidate] = (),
) -> list[ShownRow]:
    """Return the rows of an answer with nearest case, decision, and what other needs decided."""
    decided = {candidate.unit.number: candidate for candidate in candidates}
    others: dict[int, list[Candidate]] = {}
    for candidate in elsewhere:
        others.setdefault(candidate.unit.number, []).append(candidate)
    return [
        shown(
            row,
            nearest=nearest(need, row, cases),
            candidate=decided.get(row["number"]),
            elsewhere=others.get(row["number"], []),
        )
        for row in rows
    ]


def nearest(need: Need, row: Row, cases: Collection[Case]) -> Likeness | None:
    """Return the case to learn from: what this company can give of what the need wants, themes, group and model."""
    theme = need.challenge.theme if need.challenge else ""
    return nearest_case(
        cases,
        kinds=[kind for kind, value in row["kinds"] if value >= WORTH_NAMING],
        themes=[theme] if theme else [],
        target_groups=[need.target_group] if need.target_group else [],
        model=row["model"],
    )


def point(row: ShownRow, href: str) -> Point | None:
    """Return the company as a point on the map; None if its place is not known."""
    x, y = row.unit.get("x"), row.unit.get("y")
    if x is None or y is None:
        return None
    label = f"{row.row['rank']}. {row.name}" if row.row["rank"] else row.name
    return Point(
        ident=row.ident,
        x=x,
        y=y,
        label=label,
        href=href,
        kind="kept" if row.kept else "company",
        size=row.row["score"],
        note=f"{row.distance} · {row.points_line}",
    )


@dataclass(frozen=True, slots=True)
class KeptCompany:
    """A company of the shortlist: its decision, its reasons as they were, and whether the next step is late."""

    candidate: Candidate
    reasons: ShownRow | None
    late: bool
    flag: ShownFlag | None = None

    @property
    def name(self) -> str:
        """Return the name as the register has it today."""
        return self.candidate.unit.name

    @property
    def where(self) -> str:
        """Return industry and address as the register has them today."""
        unit = {name: getattr(self.candidate.unit, name) for name in UNIT_FACTS}
        return " · ".join(part for part in (wording.industry_name(unit), wording.address_line(unit)) if part)

    @property
    def decided_at(self) -> datetime | None:
        """Return when the reasons were written down."""
        at = self.candidate.grounds.get("at")
        return datetime.fromisoformat(at) if at else None


def kept_companies(candidates: Iterable[Candidate], need: Need, today: date) -> list[KeptCompany]:
    """Return kept companies as the shortlist shows them, with what has happened to them since. Three queries."""
    found, cases = list(candidates), list(Case.objects.published())
    flagged = flags_of(candidate.unit for candidate in found)
    names = names_in(candidate.grounds.get("row") or {} for candidate in found)
    told = {one.pk: _reasons(one, need, cases, names) for one in found}
    return [_kept_company(one, told[one.pk], today, flagged.get(one.unit.number)) for one in found]


def _reasons(candidate: Candidate, need: Need, cases: Collection[Case], names: Mapping[int, str]) -> ShownRow | None:
    row = candidate.grounds.get("row")
    return shown(named(row, names), nearest=nearest(need, row, cases)) if row else None


def _kept_company(candidate: Candidate, reasons: ShownRow | None, today: date, flag: Flag | None) -> KeptCompany:
    due = candidate.next_step_on
    return KeptCompany(
        candidate=candidate,
        reasons=reasons,
        late=due is not None and due < today,
        flag=flags.shown(flag) if flag else None,
    )
