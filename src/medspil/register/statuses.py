"""How files write whether a unit is in business: the one table from word to status."""

from functools import lru_cache

from medspil.register.models import UnitStatus

_WORDS = {
    "": UnitStatus.ACTIVE,
    "aktiv": UnitStatus.ACTIVE,
    "active": UnitStatus.ACTIVE,
    "normal": UnitStatus.ACTIVE,
    "fremtid": UnitStatus.ACTIVE,
    "ophørt": UnitStatus.CEASED,
    "ceased": UnitStatus.CEASED,
    "closing": UnitStatus.CLOSING,
    "slettet": UnitStatus.CEASED,
    "lukket": UnitStatus.CEASED,
    "tvangsopløst": UnitStatus.CEASED,
}
_BEGINS = (
    ("under ", UnitStatus.CLOSING),  # bankruptcy, winding up, reconstruction
    ("opløst", UnitStatus.CEASED),
    ("ophørt", UnitStatus.CEASED),
    ("konkurs", UnitStatus.CLOSING),
)


@lru_cache(maxsize=1_024)
def status_of(text: str) -> UnitStatus | None:
    """Return the status a text means, None when it means none we know."""
    word = text.lower()
    if word in _WORDS:
        return _WORDS[word]
    return next((status for start, status in _BEGINS if word.startswith(start)), None)
