"""Benchmarks of the matching engine; `python -m bench` runs them (see README.md)."""
