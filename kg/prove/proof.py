"""A language → the proof of its pack: nothing is lacking, and enough of its case sentences are read as they should be."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, InputError
from kg.packs import languages, pack_folders
from kg.prove.cases import Outcome, read_cases, read_known, run_cases
from kg.prove.lacks import find_lacks

MOST_KNOWN = 0.15
"""The share of case sentences that may be listed as known to fail."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a pack lacks, how its case sentences came out, which are known to fail, and the share that must pass."""

    lang: str
    lacks: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    known: dict[str, str]
    """The reason by sentence."""
    floor: float

    @property
    def counted(self) -> list[Outcome]:
        """Return the outcomes of the sentences that are not known to fail."""
        return [outcome for outcome in self.outcomes if outcome.case.sentence not in self.known]

    @property
    def share(self) -> float:
        """Return the share of these that pass."""
        return sum(outcome.is_passed for outcome in self.counted) / max(1, len(self.counted))

    @property
    def known_share(self) -> float:
        """Return the share of all sentences that are known to fail."""
        return (len(self.outcomes) - len(self.counted)) / max(1, len(self.outcomes))

    @property
    def is_green(self) -> bool:
        """Whether the pack is complete, enough sentences pass, and not too many are known to fail."""
        return not self.lacks and self.share >= self.floor and self.known_share <= MOST_KNOWN


def prove(lang: str) -> Proof:
    """Look through the pack of a language and run its case sentences.

    Raises InputError for a language without a pack, DataError for a file of the pack that is wrong.
    """
    if lang not in languages():
        raise InputError(f"there is no pack for {lang!r} (there are: {', '.join(languages())})")
    folder = pack_folders()[lang]
    cases = read_cases(folder)
    lacks = tuple(find_lacks(lang, cases))
    return Proof(lang, lacks, tuple(run_cases(cases, lang)), read_known(folder), _read_floor(folder))


def _read_floor(folder: Path) -> float:
    """Return the share of case sentences that the pack's ``scoring.toml`` says must pass; all, where it says nothing."""
    path = folder / "scoring.toml"
    if not path.is_file():
        return 1.0
    floor = tomllib.loads(path.read_text(encoding="utf8")).get("floor", 1.0)
    if not isinstance(floor, float) or not 0 <= floor <= 1:
        raise DataError(f"{path}: floor is a share between 0.0 and 1.0")
    return floor
