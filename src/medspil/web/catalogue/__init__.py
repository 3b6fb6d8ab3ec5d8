"""Public pages of the catalogue: cases, and the table of what industries can give."""
