"""Secrets that open something without a sign-in: whoever holds one may come in, and we keep its fingerprint alone."""

import secrets
from hashlib import sha256

_BYTES = 32
_LONGEST = 200


def new_secret() -> str:
    """Return a secret that nobody can guess and that can stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def fingerprint(secret: str) -> str:
    """Return what a secret is known again by, and cannot be made of; of whatever a browser sends."""
    return sha256(secret[:_LONGEST].encode("utf-8", "replace")).hexdigest()
