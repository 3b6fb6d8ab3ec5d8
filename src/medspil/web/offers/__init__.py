"""Pages of offers: what organisations say they can give, and the needs it meets."""
