"""Pages of a person's own account, and sign-in."""
