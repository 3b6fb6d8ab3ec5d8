"""The business register's own JSON (system to system): units and companies as lines, as pages of hits, or as an array.

`recognises`, `look`, `rows` and `entity_of` are what the table of shapes asks of a shape.
"""

from medspil.register.reading.virk.reader import KIND, entity_of, look, recognises, rows

__all__ = ["KIND", "entity_of", "look", "recognises", "rows"]
