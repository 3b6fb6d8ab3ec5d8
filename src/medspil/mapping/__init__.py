"""Mapping: what an area has, who may be asked about it, what is missing."""
