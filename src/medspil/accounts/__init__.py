"""People who sign in, and the history of what they did."""
