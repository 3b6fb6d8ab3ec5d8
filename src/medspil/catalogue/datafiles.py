"""Reads the data files of the catalogue and says where a fault is: file, line and field."""

from medspil.common.datafiles import DataError, Row, package_text, read_rows, read_tables, table_lines

__all__ = ["DataError", "Row", "data_text", "read_rows", "read_tables", "table_lines"]


def data_text(name: str) -> str:
    """The text of a file in the catalogue's data folder."""
    return package_text("medspil.catalogue", name)
