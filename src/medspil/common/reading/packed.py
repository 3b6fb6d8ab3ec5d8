"""Opens zip and gzip files as they are, as a stream, and refuses those that are broken, locked or made to explode.

Nothing is ever extracted under a name from an archive; a member's name is only shown.
"""

import errno
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile

# The whole register, with its history, is some ten GB as JSON. Its texts pack 5 to 40 times, made-up ones 150 times;
# what is made to explode packs nearly a thousand times, and that shows after a few MB.
MOST_UNPACKED = 64 << 30
MOST_RATIO = 400
RATIO_COUNTS_FROM = 64 << 20
MOST_MEMBERS = 200
CHUNK = 1 << 20
_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_ARCHIVES = (b"PK\x03\x04", _GZIP, b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_TAR = b"ustar"
_OFFICE = ("[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/", "customXml/", "mimetype")
# What an archive may carry beside its data.
_BESIDE = re.compile(
    r"(^|/)(__MACOSX/|\.[^./]|thumbs\.db$|readme|l(æ|ae)smig|metadata)|metadata\.(json|xml|txt)$", re.IGNORECASE
)
_BROKEN = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OverflowError,
    ValueError,
    LookupError,
)


class Member(NamedTuple):
    """One file in an archive: its name without folders, its place in the archive, and its size as the archive tells."""

    name: str
    place: int
    size: int


def is_packed(path: Path) -> bool:
    """Return whether a file is a gzip, or a zip that is no workbook or other document."""
    start = _start(path)
    if start.startswith(_GZIP):
        return True
    return start.startswith(_ZIP) and not _is_document(path, start)


def members(path: Path, *, name: str = "") -> list[Member]:
    """Return the files of a zip that hold data; for a gzip or a plain file the one there is.

    Raises `UnreadableFile` for an archive that is damaged, locked or would explode.
    """
    shown = name or path.name
    if not _start(path).startswith(_ZIP):
        return [Member(shown, 0, path.stat().st_size)]
    with _told(shown), zipfile.ZipFile(path) as archive:
        listed = archive.infolist()
    if len(listed) > MOST_MEMBERS or sum(one.file_size for one in listed) > MOST_UNPACKED:
        raise UnreadableFile(_explodes(shown))
    found = [
        Member(re.split(r"[/\\]", one.filename)[-1], place, one.file_size)
        for place, one in enumerate(listed)
        if not one.is_dir() and one.file_size and not _BESIDE.search(one.filename)
    ]
    if not found:
        raise UnreadableFile(_("%(file)s is an archive with nothing in it. Fetch it again.") % {"file": shown})
    return found


def only_member(path: Path, *, name: str = "") -> Member:
    """Return the one file an archive holds; raise `UnreadableFile` with the names when there are several."""
    found = members(path, name=name)
    if len(found) > 1:
        listed = ", ".join(one.name for one in found[:8]) + (" …" if len(found) > 8 else "")
        raise UnreadableFile(
            _("%(file)s holds %(count)s files: %(names)s. Unpack it, and hand in the files that are meant.")
            % {"file": name or path.name, "count": len(found), "names": listed}
        )
    return found[0]


@contextmanager
def opened(path: Path, *, name: str = "", member: Member | None = None) -> "Iterator[Unpacked]":
    """Open a file for reading what is in it: a member of a zip, the inside of a gzip, or a plain file itself.

    Raises `UnreadableFile`, also later from `read` when the damage shows only there.
    """
    with ExitStack() as held:
        yield _opened(held, path, name or path.name, member)


def _opened(held: ExitStack, path: Path, shown: str, member: Member | None) -> "Unpacked":
    start, size = _start(path), path.stat().st_size
    chosen = (member or only_member(path, name=shown)) if start.startswith(_ZIP) else None
    whole = held.enter_context(path.open("rb"))
    with _told(shown):
        if chosen is not None:
            archive = held.enter_context(zipfile.ZipFile(whole))
            info = archive.infolist()[chosen.place]
            _require_readable(info, shown)
            inside = held.enter_context(archive.open(info))
            return Unpacked(inside, name=shown, packed=min(info.compress_size, size), size=info.file_size)
        if start.startswith(_GZIP):
            return Unpacked(held.enter_context(gzip.GzipFile(fileobj=whole)), name=shown, packed=size, outside=whole)
    return Unpacked(whole, name=shown, packed=0, size=size)


def first_bytes(path: Path, count: int, *, name: str = "", member: Member | None = None) -> bytes:
    """Return how the inside of a file begins. Raises `UnreadableFile`."""
    with opened(path, name=name, member=member) as inside:
        found = b""
        while len(found) < count and (more := inside.read(min(CHUNK, count - len(found)))):
            found += more
    return found


def unpack(
    path: Path,
    to: IO[bytes],
    *,
    name: str = "",
    member: Member | None = None,
    beat: Callable[[], None] | None = None,
) -> int:
    """Write the inside of a file to another, and return how many bytes that were. `beat` is called now and then."""
    total = 0
    with opened(path, name=name, member=member) as inside:
        while chunk := inside.read(CHUNK):
            total += to.write(chunk)
            if beat is not None:
                beat()
    return total


class Unpacked(io.RawIOBase):
    """The inside of a file as a stream that counts what comes out against what went in."""

    def __init__(self, inside: Any, *, name: str, packed: int, size: int = 0, outside: IO[bytes] | None = None) -> None:
        super().__init__()
        self._inside, self._name, self._outside = inside, name, outside
        self._packed, self._size = packed, size  # packed is 0 for a plain file, size when only the end will tell
        self._out = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read on; the one place where damage and explosions show."""
        room = memoryview(buffer).cast("B")
        with _told(self._name):
            data = self._inside.read(len(room))
        if not self._out and self._packed and _is_archive(data):
            raise UnreadableFile(
                _("%(file)s holds another archive. Unpack the outer one, and hand in what is in it.")
                % {"file": self._name}
            )
        room[: len(data)] = data
        self._out += len(data)
        if self._packed:
            self._require_modest()
        return len(data)

    @property
    def share(self) -> float:
        """Return how much of the file has been read, between 0 and 1."""
        if self._outside is not None:
            return min(1.0, self._outside.tell() / max(1, self._packed))
        return min(1.0, self._out / max(1, self._size))

    def _require_modest(self) -> None:
        taken = self._outside.tell() if self._outside is not None else self._packed
        explodes = self._out > RATIO_COUNTS_FROM and self._out > MOST_RATIO * max(1, taken)
        if explodes or self._out > MOST_UNPACKED:
            raise UnreadableFile(_explodes(self._name))


def _require_readable(info: zipfile.ZipInfo, shown: str) -> None:
    if info.flag_bits & 0x1:
        raise UnreadableFile(
            _("%(file)s is locked with a password. Unpack it, and hand in what is in it.") % {"file": shown}
        )
    if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size):
        raise UnreadableFile(_explodes(shown))


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Turn what the libraries say of a broken archive into one sentence."""
    try:
        yield
    except NotImplementedError as error:
        raise UnreadableFile(
            _("%(file)s is packed in a way that cannot be read here. Unpack it, and hand in what is in it.")
            % {"file": shown}
        ) from error
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk, not the archive
        raise UnreadableFile(
            _("%(file)s is damaged or was cut off on the way. Fetch it again.") % {"file": shown}
        ) from error


def _explodes(shown: str) -> str:
    return _("%(file)s would unpack to far more than a register holds, so it was not opened.") % {"file": shown}


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def _is_archive(data: bytes) -> bool:
    return data.startswith(_ARCHIVES) or data[257:262] == _TAR


def _is_document(path: Path, start: bytes) -> bool:
    """Whether a zip is a workbook or another document: by its first member, which stands also in one cut off."""
    length = int.from_bytes(start[26:28], "little")
    first = start[30 : 30 + length].decode("utf-8", "replace")
    if first.startswith(_OFFICE):
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (*_BROKEN, OSError, NotImplementedError):
        return False
