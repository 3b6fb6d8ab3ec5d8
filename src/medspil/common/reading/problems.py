"""The one exception of reading files."""


class UnreadableFile(Exception):
    """The file cannot be read; the message says why and what to do."""
