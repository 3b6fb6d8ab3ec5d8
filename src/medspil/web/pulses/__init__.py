"""Pages about how partnerships go, and about news from one side to the others."""
