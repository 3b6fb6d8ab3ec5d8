"""Parties of all three sectors, the people who act for them, and what each role may do."""
