"""Opens files as they come from offices and registers: finds their shape, then yields row by row."""

from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import Bundle, SourceFile, as_bundle
from medspil.register.reading.layout import Layout
from medspil.register.reading.shapes import always_part, asks_columns, entity_of, read_rows, sniff
from medspil.register.reading.tally import Tally

__all__ = [
    "Bundle",
    "Layout",
    "SourceFile",
    "Tally",
    "UnreadableFile",
    "always_part",
    "as_bundle",
    "asks_columns",
    "entity_of",
    "read_rows",
    "sniff",
]
