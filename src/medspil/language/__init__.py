"""Danish text analysis: turns running text into weighted search terms.

Importing this package is instant; the word list is read the first time a word is analysed.
"""

from medspil.language.analyser import (
    ANALYSER_VERSION,
    PART_WEIGHT,
    WHOLE_WEIGHT,
    Token,
    analyse,
    terms,
)
from medspil.language.folding import fold

__all__ = ["ANALYSER_VERSION", "PART_WEIGHT", "WHOLE_WEIGHT", "Token", "analyse", "fold", "terms"]
