"""Whatever history the files hold, the values in force are those that a plain reading of the dates gives."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=25, deadline=None)
@given(versions=VERSIONS)
def test_the_name_is_the_newest_in_force(versions: list[dict[str, str]]) -> None:
    versions = unique(versions)
    download = many(3)
    download.rows["Navn"] = [row for row in download.rows["Navn"] if row["CVREnhedsId"] != "41000000002"]
    for nth, version in enumerate(versions):
        download.add("Navn", CVREnhedsId="41000000002", sekvens="0", vaerdi=f"Navn {nth}", **version)
    told = newest([version for version in versions if in_force(version)])
    with tempfile.TemporaryDirectory() as folder:
        row = read(download.write(Path(folder)).values())[1]
    assert row["name"] == ("Firma 1 ApS" if told is None else f"Navn {versions.index(told)}")


@settings(max_examples=25, deadline=None)
@given(versions=VERSIONS, ended=DAYS)
def test_a_unit_lives_when_its_newest_version_in_force_does(versions: list[dict[str, str]], ended: str) -> None:
    versions = unique(versions)
    download = many(3)
    pattern = download.rows["Produktionsenhed"].pop(1)
    for nth, version in enumerate(versions):
        told = {"tilknyttetVirksomhedsCVRNummer": str(20_000_000 + nth % 3), "produktionsenhedOphoersdato": ended}
        download.add("Produktionsenhed", **pattern | told | version)
    begun = [one for one in versions if one["virkningFra"] <= DAY and not one["registreringTil"]]
    living = newest([version for version in begun if in_force(version)])
    with tempfile.TemporaryDirectory() as folder:
        rows = {row["number"]: row for row in read(download.write(Path(folder)).values())}
    if not begun:
        assert "1000000002" not in rows
        return
    gone = living is None or (ended != "" and ended <= DAY)
    assert (rows["1000000002"]["status"] == "ophørt") is gone
    if living is not None:
        assert rows["1000000002"]["cvr"] == str(20_000_000 + versions.index(living) % 3)
