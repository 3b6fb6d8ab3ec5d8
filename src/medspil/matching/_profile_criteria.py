"""The criteria that come from our own records: commitment, relation, fairness.

A unit without a profile scores exactly as `Profile()`: unknown, which is neither a yes nor a no.
Values are in [0, 1] and never fall when another shared theme or a yes is added.
"""

from typing import Final

from medspil.matching._need import Profile

THEMES_SHARE: Final = 0.35
CSR_SHARE: Final = 0.20
PARTNERSHIP_SHARE: Final = 0.20
COMPACT_SHARE: Final = 0.15
VOLUNTEERING_SHARE: Final = 0.10

CSR_PRIOR: Final = 0.5
"""Of `CSR_SHARE` while we do not know: between no and yes."""

CONTACT_SHARE: Final = 0.5
CHAMPION_SHARE: Final = 0.3
NETWORK_SHARE: Final = 0.2


def commitment(profile: Profile, themes: frozenset[str]) -> float:
    """Return how much the company has shown that it wants to, given the need's themes.

    Themes and earlier partnerships saturate: the first counts half of the share, the next a quarter.

    Examples
    --------
    >>> no, unknown, yes = (commitment(Profile(csr=csr), frozenset()) for csr in (False, None, True))
    >>> no < unknown < yes
    True
    """
    csr = CSR_PRIOR if profile.csr is None else float(profile.csr)
    return (
        THEMES_SHARE * _saturating(len(profile.themes & themes))
        + CSR_SHARE * csr
        + PARTNERSHIP_SHARE * _saturating(profile.earlier_partnerships)
        + COMPACT_SHARE * profile.global_compact
        + VOLUNTEERING_SHARE * profile.volunteering
    )


def relation(profile: Profile) -> float:
    """Return how near to us the company is already: in contact, a known champion, a network."""
    return (
        CONTACT_SHARE * profile.in_contact
        + CHAMPION_SHARE * profile.champion_known
        + NETWORK_SHARE * profile.through_network
    )


def fairness(profile: Profile) -> float:
    """Return 1 for a company never approached, less the more it is asked beyond what it offers.

    Examples
    --------
    >>> fairness(Profile()), fairness(Profile(recent_approaches=1))
    (1.0, 0.5)
    >>> fairness(Profile(recent_approaches=1, open_offers=3))
    0.8
    """
    return 1.0 / (1.0 + profile.recent_approaches / (1.0 + profile.open_offers))


def _saturating(count: int) -> float:
    return 1.0 - 0.5 ** min(count, 60)
