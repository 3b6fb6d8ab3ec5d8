"""Pages of agreements: write, propose, confirm, compare, and the pages behind one-time links."""
