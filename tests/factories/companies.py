"""Makes units of the business register for tests."""

from datetime import date
from itertools import count
from typing import Any

from medspil.register.models import Unit

_number = count(1_000_000_001)


def unit(name: str = "Havnens Smedje ApS", **fields: Any) -> Unit:
    """Make an active unit in Vejle."""
    facts: dict[str, Any] = {
        "number": next(_number),
        "industry": "251100",
        "industry_text": "Fremstilling af metalkonstruktioner",
        "municipality": "0630",
        "postcode": "7100",
        "city": "Vejle",
        "x": 533_500.0,
        "y": 6_174_000.0,
        "point_quality": "address",
        "source": "prøve",
        "source_date": date(2026, 11, 1),
        "fingerprint": "0" * 32,
    } | fields
    return Unit.objects.create(name=name, **facts)
