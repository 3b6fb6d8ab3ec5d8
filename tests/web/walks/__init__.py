"""Pages of walks."""
