"""Pages of the ranking and the shortlist: which companies fit a need, why, and who takes the next step."""
