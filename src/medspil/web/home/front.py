"""What the public front page shows of the catalogue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from medspil.catalogue.models import Case


def shown() -> dict[str, Any]:
    """Return three cases of the catalogue in the language of the page."""
    danish = (get_language() or "da").startswith("da")
    cases = Case.objects.published().order_by("published_on", "pk")[:3]
    return {
        "cases": [
            {
                "name": case.name_da if danish else case.name_en,
                "summary": case.summary_da if danish else case.summary_en,
                "area": case.area,
                "url": reverse("catalogue:case", args=[case.code]),
            }
            for case in cases
        ]
    }
