"""Every address of the site, read from the resolver, so that a new page cannot be forgotten."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def walk(patterns: list[URLPattern | URLResolver], namespace: str = "", front: str = "") -> Iterator[tuple[str, str]]:
    """Give the name and the pattern of each address."""
    for pattern in patterns:
        path = f"{front}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, path)
        else:
            yield f"{namespace}{pattern.name or path}", path


def routes() -> dict[str, str]:
    """Return every address by its name; one without a name stands under its pattern."""
    return dict(walk(get_resolver().url_patterns))
