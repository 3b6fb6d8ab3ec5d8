"""Pages about writing to companies."""
