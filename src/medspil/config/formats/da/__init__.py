"""Dates and times on Danish pages."""
