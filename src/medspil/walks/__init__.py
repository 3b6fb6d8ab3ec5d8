"""Walks: a round on foot through the area with those who might become partners, or are."""
