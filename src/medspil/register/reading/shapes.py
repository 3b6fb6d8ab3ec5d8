"""The shapes a source can have, told apart by looking into the files: a new shape is one entry in the table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.common.reading.problems import UnreadableFile
from medspil.common.reading.writing import is_workbook
from medspil.register.reading import cvrapi, datafordeler, sheet, virk
from medspil.register.reading.bundle import Bundle, Row, SourceFile
from medspil.register.reading.layout import CSV, XLSX, Layout
from medspil.register.reading.tally import Tally


@dataclass(frozen=True, slots=True)
class Shape:
    """One way a source can be written.

    `recognises` looks into one file and never raises. `look` says how the files are written, or raises
    `UnreadableFile`. `rows` yields (row number, cells under `Layout.header`), streamed, and counts in the tally what it
    leaves out. A shape that does not ask for columns has names of our own fields as its heading.
    """

    label: str | Promise
    recognises: Callable[[SourceFile], bool]
    look: Callable[[Bundle], Layout]
    rows: Callable[[Bundle, Layout, Tally], Iterator[Row]]
    entity_of: Callable[[SourceFile], str] = lambda file: ""  # what a file of several holds, for example "Navn"
    told_by: Mapping[str, str] = field(default_factory=dict)  # {field of ours: entity that tells it}, for notes on rows
    asks_columns: bool = False
    several: bool = True
    always_part: bool = False  # never the whole of a source: what it lacks has not ceased


_NAMED = 3


def _of_one(bundle: Bundle) -> SourceFile:
    return bundle[0]


# Which of the downloads of Datafordeler tells a fact; where to look when something is wrong with it.
_ENTITIES = {
    **dict.fromkeys(("number", "cvr", "started_on", "ended_on"), "Produktionsenhed"),
    **dict.fromkeys(("name", "company_name"), "Navn"),
    **dict.fromkeys(("address", "street", "postcode", "city", "municipality", "address_id"), "Adressering"),
    **dict.fromkeys(("industry", "industry_text", "code_system"), "Branche"),
    **dict.fromkeys(("employees", "employees_from", "employees_to"), "Beskaeftigelse"),
    **dict.fromkeys(("x", "y", "point_quality"), "Adressepunkt"),
    "company_form": "Virksomhedsform",
    "protected": "Reklamebeskyttelse",
    "phone": "Telefonnummer",
    "email": "e_mailadresse",
}

# Looked at in this order; the last takes whatever the others leave.
SHAPES: dict[str, Shape] = {
    XLSX: Shape(
        label=gettext_lazy("workbook"),
        recognises=lambda file: is_workbook(file.path),
        look=lambda bundle: sheet.sniff(_of_one(bundle).path, name=_of_one(bundle).name),
        rows=lambda bundle, layout, tally: sheet.read_rows(
            _of_one(bundle).path, layout, tally, name=_of_one(bundle).name
        ),
        asks_columns=True,
        several=False,
    ),
    datafordeler.KIND: Shape(
        label=gettext_lazy("download from Datafordeler"),
        recognises=datafordeler.recognises,
        look=datafordeler.look,
        rows=datafordeler.rows,
        entity_of=datafordeler.entity_of,
        told_by=_ENTITIES,
    ),
    virk.KIND: Shape(
        label=gettext_lazy("JSON of the business register (system to system)"),
        recognises=virk.recognises,
        look=virk.look,
        rows=virk.rows,
        entity_of=virk.entity_of,
    ),
    cvrapi.KIND: Shape(
        label=gettext_lazy("answer of cvrapi.dk about one company"),
        recognises=cvrapi.recognises,
        look=cvrapi.look,
        rows=cvrapi.rows,
        always_part=True,
    ),
    CSV: Shape(
        label=gettext_lazy("table as text"),
        recognises=lambda file: True,
        look=lambda bundle: sheet.sniff(_of_one(bundle).path, name=_of_one(bundle).name),
        rows=lambda bundle, layout, tally: sheet.read_rows(
            _of_one(bundle).path, layout, tally, name=_of_one(bundle).name
        ),
        asks_columns=True,
        several=False,
    ),
}


def kind_of(file: SourceFile) -> str:
    """Return the kind of shape one file has."""
    return next(kind for kind, shape in SHAPES.items() if shape.recognises(file))


def sniff(bundle: Bundle) -> Layout:
    """Say how the files of one import are written, or raise `UnreadableFile` with what to do."""
    kinds = {file.name: kind_of(file) for file in bundle}
    found = set(kinds.values())
    if len(found) > 1:
        raise UnreadableFile(
            _("These files do not belong together in one import: %(files)s. Leave out what does not belong to it.")
            % {"files": "; ".join(f"{SHAPES[kind].label}: {_named(kinds, kind)}" for kind in sorted(found))}
        )
    shape = SHAPES[found.pop()]
    if len(bundle) > 1 and not shape.several:
        raise UnreadableFile(
            _(
                "Tables (CSV or XLSX) are brought in one at a time;"
                " only downloads of the business register have many files."
            )
        )
    return shape.look(bundle)


def _named(kinds: Mapping[str, str], kind: str) -> str:
    """Return the files of a kind; of many the first ones, so that the odd one among them is not overlooked."""
    names = [name for name, its in kinds.items() if its == kind]
    return ", ".join(names[:_NAMED]) + (f", … ({len(names)})" if len(names) > _NAMED else "")


def read_rows(bundle: Bundle, layout: Layout, tally: Tally) -> Iterator[Row]:
    """Yield (row, cells) of an import, in the order of the source."""
    return SHAPES[layout.kind].rows(bundle, layout, tally)


def asks_columns(kind: str) -> bool:
    """Return whether a person must say which column is what."""
    return SHAPES[kind].asks_columns


def always_part(kind: str) -> bool:
    """Return whether files of a shape never hold the whole of a source."""
    return SHAPES[kind].always_part


def entity_of(file: SourceFile, layout: Layout) -> str:
    """Return what a file of an import holds, for example "Navn"; blank when there is nothing to tell apart."""
    return SHAPES[layout.kind].entity_of(file)


def told_by(name: str, kind: str) -> str:
    """Return the entity that tells one of our fields in a shape of several files; blank when there is but one file."""
    return SHAPES[kind].told_by.get(name, "") if kind in SHAPES else ""
