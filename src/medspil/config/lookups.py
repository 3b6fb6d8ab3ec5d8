"""The settings of look-ups on the net: none is made unless they name a service."""

from django.core.exceptions import ImproperlyConfigured

from medspil.config import env

SERVICES = ("", "cvrapi", "datafordeler")

LOOKUP = env.text("MEDSPIL_LOOKUP").strip().lower()
LOOKUP_URL = env.text("MEDSPIL_LOOKUP_URL").strip()
LOOKUP_KEY = env.text("MEDSPIL_LOOKUP_KEY").strip()
LOOKUP_AGENT = env.text("MEDSPIL_LOOKUP_AGENT").strip()
LOOKUP_SECONDS = 10.0
ADDRESSES_URL = env.text("MEDSPIL_ADDRESSES").strip().rstrip("/")
ADDRESSES_TOKEN = env.text("MEDSPIL_ADDRESSES_TOKEN").strip()
if LOOKUP not in SERVICES:
    raise ImproperlyConfigured(f"MEDSPIL_LOOKUP is '{LOOKUP}'; use cvrapi, datafordeler or nothing.")
if not (LOOKUP_AGENT.isascii() and LOOKUP_AGENT.isprintable()):
    raise ImproperlyConfigured("MEDSPIL_LOOKUP_AGENT must be one line of plain letters: it travels in a heading.")
if (LOOKUP or ADDRESSES_URL) and not LOOKUP_AGENT:
    raise ImproperlyConfigured(
        "Set MEDSPIL_LOOKUP_AGENT to the name of your site and a way to reach you, for those you ask."
    )
