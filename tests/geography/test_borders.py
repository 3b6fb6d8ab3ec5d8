"""Borders as people have them: every kind of GeoJSON that holds one polygon, and a code for every fault."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.geography.borders import BorderFault, BorderRefused, read_border
from medspil.geography.projection import to_metres

RING = [[9.52, 55.71], [9.53, 55.71], [9.53, 55.715], [9.52, 55.715], [9.52, 55.71]]
POLYGON: dict[str, Any] = {"type": "Polygon", "coordinates": [RING]}


def feature(geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize(
    "found",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        feature(POLYGON),
        {"type": "FeatureCollection", "features": [feature(POLYGON)]},
        {
            "type": "FeatureCollection",
            "features": [feature({"type": "Point", "coordinates": [9, 55]}), feature(POLYGON)],
        },
        {"type": "FeatureCollection", "features": [feature(None), feature(POLYGON)]},
        polygon([[*point, 12.5] for point in RING]),
        polygon(RING[::-1]),
        polygon([list(to_metres(*point)) for point in RING]),
        polygon([RING[0], RING[0], *RING[1:]]),
    ],
    ids=[
        "polygon",
        "multi",
        "feature",
        "collection",
        "with point",
        "with nothing",
        "heights",
        "clockwise",
        "metres",
        "twice",
    ],
)
def test_one_polygon_is_read_however_it_is_wrapped(found: Any) -> None:
    border = read_border(json.dumps(found))
    assert border.geojson == POLYGON
    assert border.square_metres == pytest.approx(349_500, rel=0.01)
    assert (border.x, border.y) == pytest.approx(to_metres(9.525, 55.7125), abs=1)


SMALL = [[9.52, 55.71], [9.5201, 55.71], [9.5201, 55.7101], [9.52, 55.71]]
HUGE = [[9.0, 55.5], [10.0, 55.5], [10.0, 56.0], [9.0, 55.5]]
F = BorderFault


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ("{", F.NOT_JSON),
        ("[" * 100_000, F.NOT_JSON),
        (" " * 1_000_001, F.TOO_LONG),
        ([1, 2], F.NOT_GEOJSON),
        (None, F.NOT_GEOJSON),
        ({"type": "Topology"}, F.NOT_GEOJSON),
        ({"type": ["Polygon"]}, F.NOT_GEOJSON),
        ({"type": "FeatureCollection", "features": "none"}, F.NOT_GEOJSON),
        ({"type": "FeatureCollection", "features": [7]}, F.NOT_GEOJSON),
        ({"type": "FeatureCollection", "features": []}, F.NO_POLYGON),
        (feature(None), F.NO_POLYGON),
        ({"type": "LineString", "coordinates": RING}, F.NO_POLYGON),
        ({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}, F.SEVERAL_POLYGONS),
        ({"type": "FeatureCollection", "features": [feature(POLYGON)] * 2}, F.SEVERAL_POLYGONS),
        (polygon(RING, RING), F.HOLES),
        (polygon(), F.NOT_POINTS),
        ({"type": "Polygon"}, F.NOT_POINTS),
        ({"type": "MultiPolygon", "coordinates": 3}, F.NOT_POINTS),
        (polygon("ring"), F.NOT_POINTS),
        (polygon([[9.52]]), F.NOT_POINTS),
        (polygon([["9.52", "55.71"]] * 4), F.NOT_POINTS),
        (polygon([[True, True]] * 4), F.NOT_POINTS),
        ('{"type":"Polygon","coordinates":[[[NaN,55.7],[9.5,55.7],[9.5,55.8],[NaN,55.7]]]}', F.NOT_POINTS),
        ('{"type":"Polygon","coordinates":[[[1e999,55.7],[9.5,55.7],[9.5,55.8],[1e999,55.7]]]}', F.NOT_POINTS),
        (polygon([]), F.TOO_FEW_CORNERS),
        (polygon(RING[:4]), F.NOT_CLOSED),
        (polygon([RING[0], RING[1], RING[0]]), F.TOO_FEW_CORNERS),
        (polygon([RING[0]] * 1_002), F.TOO_MANY_CORNERS),
        (polygon([point[::-1] for point in RING]), F.SWAPPED),
        (polygon([[18.0, 59.3], [18.1, 59.3], [18.1, 59.4], [18.0, 59.3]]), F.OUTSIDE_DENMARK),
        (polygon([RING[0], RING[2], RING[1], RING[3], RING[0]]), F.CROSSES_ITSELF),
        (polygon(SMALL), F.TOO_SMALL),
        (polygon(HUGE), F.TOO_LARGE),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_code(found: Any, fault: BorderFault) -> None:
    text = found if isinstance(found, str) else json.dumps(found)
    with pytest.raises(BorderRefused) as caught:
        read_border(text)
    assert caught.value.fault is fault


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["Polygon", "Feature", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "features"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(found=_json)
def test_anything_else_is_refused_and_never_breaks_the_reader(found: Any) -> None:
    with pytest.raises(BorderRefused):
        read_border(json.dumps(found))
