"""The files that Datafordeler hands out of the business register (and of DAR): one for each entity, joined here.

`recognises`, `look`, `rows` and `entity_of` are what the table of shapes asks of a shape.
"""

from medspil.register.reading.datafordeler.looking import entity_of, recognises
from medspil.register.reading.datafordeler.reader import KIND, Stage, look, rows

__all__ = ["KIND", "Stage", "entity_of", "look", "recognises", "rows"]
