"""A treebank → what it says of the lemmas of its forms, and of the endings of forms it does not have."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from kg.annotate.lemmas import LONGEST_ENDING, Lemmas
from kg.train.corpora import read_lemma_rows

_RARE = 2
"""A long ending seen on fewer forms says nothing."""
_SHORT = 3


def learn_lemmas(paths: Iterable[Path]) -> Lemmas:
    """Return the most frequent lemma of each form and tag, and the most frequent change of each ending and tag."""
    lemmas: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        for form, tag, lemma in read_lemma_rows(path):
            lemmas[form.lower(), tag][lemma] += 1
    forms = {key: counts.most_common(1)[0][0] for key, counts in lemmas.items()}
    changes: defaultdict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (form, tag), lemma in forms.items():
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma.lower(), strict=False)))
        change = (len(form) - kept, lemma.lower()[kept:])
        for length in range(min(LONGEST_ENDING, len(form)) + 1):
            changes[form[len(form) - length :], tag][change] += 1
    endings = {}
    for (ending, tag), counts in changes.items():
        change, count = counts.most_common(1)[0]
        if len(ending) < _SHORT or count >= _RARE:
            endings[f"{ending}/{tag}"] = change
    return Lemmas({f"{form}/{tag}": lemma for (form, tag), lemma in forms.items()}, endings)
