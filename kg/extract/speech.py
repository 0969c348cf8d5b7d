"""The verbs of a language that report what somebody says, by the beginnings of their forms."""

import tomllib
from functools import cache

from kg.errors import DataError
from kg.packs import pack_folders


@cache
def speech_stems(lang: str) -> tuple[str, ...]:
    """Return the beginnings of the forms of speech verbs; none for a language whose pack lists none."""
    folder = pack_folders().get(lang)
    path = folder / "speech.toml" if folder else None
    if path is None or not path.is_file():
        return ()
    try:
        return tuple(tomllib.loads(path.read_text(encoding="utf8"))["stems"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"{path}: needs a list `stems`: {error}") from error
