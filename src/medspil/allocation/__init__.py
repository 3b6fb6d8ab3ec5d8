"""Allocation: which offers go to which needs, so that the whole is fair first and good second. Knows no Django."""
