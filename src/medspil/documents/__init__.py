"""Typst to PDF: data in, bytes out."""
