"""Tests of the pages of allocations."""
