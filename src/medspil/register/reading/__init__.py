"""Opens files as they come from offices: finds encoding, separator and heading, then yields row by row."""

from medspil.register.reading.layout import Layout
from medspil.register.reading.problems import UnreadableFile
from medspil.register.reading.sheet import read_rows, sniff

__all__ = ["Layout", "UnreadableFile", "read_rows", "sniff"]
