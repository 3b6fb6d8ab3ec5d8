"""Asks services on the net about one company or one address. Off unless the settings name a service.

What is asked for leaves the house: a CVR number, or an address from the public register. Never who asks, or why.
"""

from medspil.register.lookup.asking import LookupTroubled
from medspil.register.lookup.company import is_on, look_up_company, service_name

__all__ = ["LookupTroubled", "is_on", "look_up_company", "service_name"]
