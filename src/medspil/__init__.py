"""Medspil: companies and deprived housing areas, in partnership."""
