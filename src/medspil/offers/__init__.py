"""Offers: what companies, associations, schools and funds say they can give, and the needs it meets."""
