"""What companies see of needs: the rule lies in `areas`, as offers below linking ask for it too."""

from medspil.areas.openness import readable, shown_to_companies, speaks_for_a_company

__all__ = ["readable", "shown_to_companies", "speaks_for_a_company"]
