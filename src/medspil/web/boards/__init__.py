"""Pages of the board of a partnership."""
