"""What areas ask of privacy: the rule itself lies in `common`, as rooms below areas need it too."""

from medspil.common.privacy import SENTENCE, CprNumberFound, looks_like_cpr, no_cpr, refuse_cpr

__all__ = ["SENTENCE", "CprNumberFound", "looks_like_cpr", "no_cpr", "refuse_cpr"]
