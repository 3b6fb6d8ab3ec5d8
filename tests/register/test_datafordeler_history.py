"""Whatever history the files hold, the values in force are those that a plain reading of the dates gives."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.register.reading.datafordeler import whole
from tests.factories.datafordeler import DAY, many, read

DAYS = st.sampled_from(["", "2001-01-01", "2015-03-02", "2024-12-31", DAY, "2026-11-14", "2030-01-01"])
MOMENTS = st.sampled_from(["2010-01-01T00:00:00Z", "2020-05-05T12:00:00.000001Z", "2026-01-01T00:00:00Z"])
VERSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "virkningFra": DAYS,
            "virkningTil": DAYS,
            "registreringFra": MOMENTS,
            "registreringTil": st.sampled_from(["", "", "", "2025-01-01T00:00:00Z"]),
        }
    ),
    max_size=5,
)


def in_force(version: dict[str, str]) -> bool:
    """Say in words of Python what the join says in SQL."""
    begun = version["virkningFra"] <= DAY
    ended = version["virkningTil"] != "" and version["virkningTil"] <= DAY
    return begun and not ended and not version["registreringTil"]


def newest(versions: list[dict[str, str]]) -> dict[str, str] | None:
    """Return the version that began last, and of those the one registered last."""
    return max(versions, key=lambda version: (version["virkningFra"], version["registreringFra"]), default=None)


def unique(versions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out versions that no date tells apart from an earlier one."""
    return list({(one["virkningFra"], one["registreringFra"]): one for one in versions}.values())


# Many histories lie in one download, since reading one takes far longer than making it up.
UNITS = 8
FIRST = 1_000_000_001


@settings(max_examples=6, deadline=None)
@given(histories=st.lists(VERSIONS, min_size=UNITS, max_size=UNITS))
def test_the_name_is_the_newest_in_force(histories: list[list[dict[str, str]]]) -> None:
    histories = [unique(versions) for versions in histories]
    download = many(UNITS)
    download.rows["Navn"] = [row for row in download.rows["Navn"] if not row["CVREnhedsId"].startswith("41")]
    for unit, versions in enumerate(histories):
        for nth, version in enumerate(versions):
            download.add("Navn", CVREnhedsId=f"4{FIRST + unit}", sekvens="0", vaerdi=f"Navn {nth}", **version)
    with tempfile.TemporaryDirectory() as folder, whole_or_not():
        rows = read(download.write(Path(folder)).values())
    for unit, (row, versions) in enumerate(zip(rows, histories, strict=True)):
        told = newest([version for version in versions if in_force(version)])
        assert row["name"] == (f"Firma {unit} ApS" if told is None else f"Navn {versions.index(told)}")


@settings(max_examples=6, deadline=None)
@given(histories=st.lists(st.tuples(VERSIONS, DAYS), min_size=UNITS, max_size=UNITS))
def test_a_unit_lives_when_its_newest_version_in_force_does(histories: list[tuple[list[dict[str, str]], str]]) -> None:
    histories = [(unique(versions), ended) for versions, ended in histories]
    download = many(UNITS + 1)  # the last one is left as it is: a download without any unit is refused
    patterns, download.rows["Produktionsenhed"] = download.rows["Produktionsenhed"], []
    download.rows["Produktionsenhed"].append(patterns.pop())
    for pattern, (versions, ended) in zip(patterns, histories, strict=True):
        for nth, version in enumerate(versions):
            told = {"tilknyttetVirksomhedsCVRNummer": str(20_000_000 + nth % 3), "produktionsenhedOphoersdato": ended}
            download.add("Produktionsenhed", **pattern | told | version)
    with tempfile.TemporaryDirectory() as folder, whole_or_not():
        rows = {row["number"]: row for row in read(download.write(Path(folder)).values())}
    for unit, (versions, ended) in enumerate(histories):
        check(rows.get(str(FIRST + unit)), versions, ended)


def check(row: dict[str, str] | None, versions: list[dict[str, str]], ended: str) -> None:
    begun = [one for one in versions if one["virkningFra"] <= DAY and not one["registreringTil"]]
    living = newest([version for version in begun if in_force(version)])
    assert (row is not None) == bool(begun)
    if row is None:
        return
    assert (row["status"] == "ophørt") is (living is None or (ended != "" and ended <= DAY))
    if living is not None:
        assert row["cvr"] == str(20_000_000 + versions.index(living) % 3)


@contextmanager
def whole_or_not() -> Iterator[None]:
    """Let a download pass in which much is missing: that it is refused is shown elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "FEWEST_MISSING", 1_000)
        yield
