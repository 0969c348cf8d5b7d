"""How often the time given to a cue is the one that the published training texts give: run with ``--benchmarks -s``."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.annotate.sentences import split_sentences
from kg.extract.time import resolve_time
from kg.values import Span

TEXTS = Path(__file__).parents[2] / "kg" / "train" / "texts"
STANDING = frozenset({"holds_office", "member_of", "located_in"})
"""Relations that stand, for which no time is asked."""


def times(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the time that the gold gives and the one found, for each statement whose cue is marked."""
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        text, lang, published = record["text"], record["lang"], date.fromisoformat(record["date"])
        told = [each for each in record["statements"] if each["predicate"] not in STANDING and each.get("cue")]
        for sentence in split_sentences(text, lang):
            inside = [each for each in told if sentence[0] <= each["cue"]["start"] < sentence[1]]
            cues: list[Span] = [(each["cue"]["start"], each["cue"]["end"]) for each in inside]
            for each, cue in zip(inside, cues, strict=True):
                yield each["time"] or "", resolve_time(text, sentence, cue, published, lang, rivals=cues)


@pytest.mark.benchmark
@pytest.mark.parametrize(("lang", "floor"), [("el", 0.72), ("en", 0.63)])
def test_the_times_of_the_published_texts(lang: str, floor: float) -> None:
    counts = Counter(
        "right"
        if gold == found and gold
        else "none"
        if gold == found
        else f"{'' if gold else 'no '}gold, {'' if found else 'not '}found"
        for path in sorted(TEXTS.glob(f"{lang}-articles-*.jsonl"))
        for gold, found in times(path)
    )
    wrong, missed, invented = (counts[each] for each in ("gold, found", "gold, not found", "no gold, found"))
    precision = counts["right"] / (counts["right"] + wrong + invented)
    recall = counts["right"] / (counts["right"] + wrong + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\n{lang}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} ({dict(counts)})")
    assert f1 >= floor
