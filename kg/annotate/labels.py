"""labels.json, the model's file that says what its heads choose from → Labels and thresholds, and back."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import DataError

FILE = "labels.json"


@dataclass(frozen=True, slots=True)
class Labels:
    """What each head chooses from, in the order of its outputs."""

    tags: tuple[str, ...]
    features: tuple[tuple[str, tuple[str, ...]], ...]
    """(attribute, values) pairs; the first value is empty: the word has no such attribute."""
    relations: tuple[str, ...]
    names: tuple[str, ...]
    """BIO labels; the first is O."""
    predicates: tuple[str, ...]
    roles: tuple[str, ...]


def read_labels(folder: Path) -> tuple[Labels, dict[str, float]]:
    """Return the labels in a model's folder, and the thresholds that were chosen on texts not trained on.

    A threshold is the probability from which a cue, a role or a mention counts.
    """
    path = folder / FILE
    try:
        return _parse(path.read_text(encoding="utf8"))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not the labels of a model: {error}; install kg again, or `kg train`") from error


def _parse(text: str) -> tuple[Labels, dict[str, float]]:
    content = json.loads(text)
    thresholds = content.pop("thresholds")
    features = tuple((attribute, tuple(values)) for attribute, values in content.pop("features"))
    return Labels(features=features, **{key: tuple(values) for key, values in content.items()}), thresholds


def write_labels(labels: Labels, folder: Path, *, thresholds: dict[str, float]) -> None:
    """Write what the heads choose from, and the thresholds."""
    content = {**asdict(labels), "thresholds": thresholds}
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
