"""Tests of areas, challenges and needs."""
