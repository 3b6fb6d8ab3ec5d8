"""Pages of areas, their challenges and needs."""
