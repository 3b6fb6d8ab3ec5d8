"""Pages: they show what the rooms know and decide nothing."""
