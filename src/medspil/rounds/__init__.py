"""Rounds: share many offers out among many needs, propose, change by hand, and make links of it."""
