"""Readings kept on disk by what they depend on, so that an article is read once for each model and data."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

from kg.errors import StoreError
from kg.values import Attribution, Claim, Document, Mention, Modality, Polarity, Reading

_FORMAT = "1"
"""Changes when what is written here changes its form."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of readings; ``maker`` names what reads: the model, the data and the extractor, by hash."""

    folder: Path
    maker: str

    def has(self, document: Document) -> bool:
        """Say whether the document's text was read before."""
        return self._path(document).is_file()

    def get(self, document: Document) -> Reading | None:
        """Return what was read from a document's text before, or None."""
        try:
            written = json.loads(self._path(document).read_bytes())
        except (FileNotFoundError, ValueError):  # absent, or broken by something else: it is read again
            return None
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be read ({error.strerror})") from error
        claims = tuple(_claim(claim) for claim in written["claims"])
        return Reading(document, claims, tuple(Mention(**name) for name in written["names"]))

    def put(self, reading: Reading) -> None:
        """Keep a reading; another process may be keeping the same one."""
        path = self._path(reading.document)
        partial = path.with_suffix(f".{os.getpid()}")
        content = {
            "claims": [asdict(claim) for claim in reading.claims],
            "names": [asdict(name) for name in reading.names],
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf8")
            partial.replace(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink()
            raise StoreError(
                f"{self.folder}: cannot be written ({error.strerror}); choose another with --store"
            ) from error

    def _path(self, document: Document) -> Path:
        depends_on = (_FORMAT, self.maker, document.lang, str(document.published), document.sha256)
        key = sha256("\x1f".join(depends_on).encode()).hexdigest()
        return self.folder / "readings" / key[:2] / f"{key[2:]}.json"


_MENTIONS = frozenset({"subject", "object", "cue", "recipient", "theme", "of", "place"})


def _claim(written: dict[str, object]) -> Claim:
    values: dict[str, object] = {field.name: written[field.name] for field in fields(Claim)}
    for name in _MENTIONS:
        values[name] = _mention(values[name])
    values["sources"] = tuple(_mention(source) for source in _items(values["sources"]))
    values["sentence"] = tuple(_items(values["sentence"]))
    values["polarity"] = Polarity(str(values["polarity"]))
    values["modality"] = Modality(str(values["modality"]))
    values["attribution"] = Attribution(str(values["attribution"]))
    return Claim(**values)  # type: ignore[arg-type]  # the fields of a Claim, as asdict wrote them


def _mention(written: object) -> Mention | None:
    return Mention(**written) if isinstance(written, dict) else None


def _items(written: object) -> list[object]:
    assert isinstance(written, list)
    return written
