"""Pages about writing to companies: what the data say, letters, the card for the call, the paper."""
