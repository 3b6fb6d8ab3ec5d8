"""Typst to PDF: data in, bytes out. Knows no Django; whoever calls says where template and fonts are."""

from medspil.documents.render import DocumentError, render_pdf

__all__ = ["DocumentError", "render_pdf"]
