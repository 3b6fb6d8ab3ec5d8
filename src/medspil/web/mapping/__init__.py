"""Pages on which an area is mapped: its resources on a map and in a list, adding, importing, asking, the profile."""
