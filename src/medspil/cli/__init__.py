"""The command `medspil`."""
