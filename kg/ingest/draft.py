"""What a reader hands over: one article as its file gives it, nothing checked yet."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as its file gives it; ``where`` is the file, or file and line, for what is said about it."""

    where: str
    text: str
    id: str = ""
    lang: str = ""
    date: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""


Reader = Callable[[Path], Iterator[Draft | InputError]]
"""Reads one file; what cannot be read is yielded as an error, never raised."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DROPPED = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphen, zero-width space, word joiner, byte order mark: they split words that a reader sees whole."""
_SPACES = {code: " " for code in (*range(0x20), 0x7F, 0xA0, 0x2007, 0x2009, 0x202F) if code not in (0x09, 0x0A)}
"""Control characters, which XML cannot carry, and the spaces that look like one."""


def decode(data: bytes, where: str) -> str | InputError:
    """Return the text that bytes spell, in UTF-8 unless a byte order mark says UTF-16."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in data[:65536]:
        return InputError(f"{where}: binary data, not text")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return InputError(
            f"{where}: not valid {encoding.removesuffix('-sig').upper()} (byte {error.start}); save it as UTF-8"
        )


def clean(text: str) -> str:
    """Return text in NFC with plain newlines and spaces, and without invisible characters that split words."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED).translate(_SPACES)
    return unicodedata.normalize("NFC", plain)


def read_whole(path: Path) -> str | InputError:
    """Return a file's text, or the error that says why there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return InputError(f"{path}: cannot be read ({error.strerror})")
    return decode(data, str(path))
