"""Tests of the pages of areas, challenges and needs."""
