"""Pages on which an area is mapped."""
