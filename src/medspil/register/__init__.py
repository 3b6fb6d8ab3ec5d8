"""The mirror of the business register: import, compare, apply, search."""
