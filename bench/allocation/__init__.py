"""Sharing out, solver beside solver: time, memory, what of the score is lost, and who goes without."""
