"""Concepts and cases to learn from, and the words that areas, needs and cases share."""
