"""Pages about alignment: what each side wants, side by side, with its differences; also by one-time link."""
