"""Alignment: what each side of a partnership wants and brings, side by side, and how their differences are settled."""
