"""Makes a small register with its index, areas and needs, so that rankings in tests are real ones."""

from pathlib import Path

from pytest_django.fixtures import Settings

from medspil.areas.models import Need
from medspil.organisations.models import Organisation
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.factories import companies, places

CENTRE = (533_600.0, 6_174_800.0)


def register(settings: Settings, folder: Path) -> dict[str, Unit]:
    """Make twelve units around Vejle and the index over them; return them by a short name."""
    settings.INDEX_DIR = folder / "index"
    x, y = CENTRE
    made = {
        "photo": companies.unit(
            "Lysets Fotostudie ApS", industry="742000", industry_text="Fotografisk virksomhed", x=x + 900, y=y,
            employees_from=5, employees_to=9, cvr="12345674", address="Havnegade 2", company_form="80",
        ),
        "film": companies.unit(
            "Rullerne", industry="591110", industry_text="Produktion af film og videofilm", x=x, y=y + 14_000,
            point_quality="postcode", made_up=True,
        ),
        "bank": companies.unit(
            "Fjordbanken", industry="641900", industry_text="Banker, sparekasser og andelskasser", x=x + 2_000, y=y,
            employees_from=20, employees_to=49, purpose="Lån og budget til familier", company_form="60",
        ),
        "smith": companies.unit("Havnens Smedje ApS", x=x - 1_500, y=y),
        "club": companies.unit(
            "Drengeklubben Nord", industry="949900", industry_text="Andre organisationer og foreninger",
            x=x + 500, y=y, company_form="110",
        ),
        "far": companies.unit(
            "Fjerne Fotos", industry="742000", industry_text="Fotografisk virksomhed", x=x + 60_000, y=y,
            municipality="0101",
        ),
        "protected": companies.unit(
            "Fredet Foto", industry="742000", industry_text="Fotografisk virksomhed", x=x + 300, y=y, protected=True
        ),
        "ceased": companies.unit(
            "Lukket Foto", industry="742000", industry_text="Fotografisk virksomhed", x=x, y=y, status="ceased"
        ),
        "formula": companies.unit(
            "=1+1 Foto", industry="742000", industry_text="Fotografisk virksomhed", x=x + 3_000, y=y
        ),
        "nowhere": companies.unit("Uden Adresse ApS", x=None, y=None, point_quality="none"),
    }  # fmt: skip
    rebuild_index()
    return made


def photo_need(owner: Organisation, **fields: object) -> Need:
    """Make a need for a photo school in an area of Vejle that reaches 20 km."""
    facts: dict[str, object] = {"text": "Børn lærer at fotografere.", "reach_km": 20, "helpers": 2} | fields
    area = places.area(owner, x=CENTRE[0], y=CENTRE[1])
    return places.need(area, title="Fotoskole for børn", kinds=("photo_film",), **facts)
