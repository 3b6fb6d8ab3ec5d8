"""Agreements: seven fields on two pages, the same version confirmed by every side, kept as it was confirmed."""
