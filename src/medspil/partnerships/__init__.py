"""From a link to a running partnership: what a company is told first, and what was said since."""
