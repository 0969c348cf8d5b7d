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


def read_labels(folder: Path) -> tuple[Labels, dict[str, float], dict[str, float]]:
    """Return the labels in a model's folder, and the thresholds and weights chosen on texts not trained on.

    A threshold is the probability from which a cue, a role, a mention or a claim counts; the weights say how much each
    thing that is known of a candidate for a claim adds to its log odds.
    """
    path = folder / FILE
    try:
        return _parse(path.read_text(encoding="utf8"))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not the labels of a model: {error}; install kg again, or `kg train`") from error


def _parse(text: str) -> tuple[Labels, dict[str, float], dict[str, float]]:
    content = json.loads(text)
    thresholds, weights = content.pop("thresholds"), content.pop("weights")
    features = tuple((attribute, tuple(values)) for attribute, values in content.pop("features"))
    return Labels(features=features, **{key: tuple(values) for key, values in content.items()}), thresholds, weights


def write_labels(labels: Labels, folder: Path, *, thresholds: dict[str, float], weights: dict[str, float]) -> None:
    """Write what the heads choose from, the thresholds and the weights."""
    content = {**asdict(labels), "thresholds": thresholds, "weights": weights}
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
