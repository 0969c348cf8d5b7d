"""Times in a text → EDTF, with the precision the text gives, seen from the article's day; and which time is a cue's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from kg.edtf import Period
from kg.extract.calendar import View, place
from kg.extract.speech import speech_stems
from kg.extract.time_rules import Rule, TimeWords, time_words
from kg.values import Span

_SPEECH = 30
"""Characters before a time in which a verb of speech is looked for."""
_BULLETS = " \t•*-–—·▪"
_DATELINE = (":", "-", "–", "—")

# Which time is a cue's: values tried out on the written training articles, Greek and English together.
_REACH = 60
"""What a time may cost at most; a cost is characters between time and cue, and the clause boundaries among them."""
_MARK_COST = 50
"""A boundary that is a punctuation mark, in characters."""
_WORD_COST = 25
"""A boundary that is a word (that, who, while …), in characters."""
_OPENING = 0.4
"""Times that open the sentence speak for all of it: their cost counts less."""
_HEADING = 35.0
"""What the date costs that heads a paragraph of a chronology, wherever the cue stands in it."""
_BEHIND = 0.8
"""Times that follow the cue are likelier its own than those before it."""


@dataclass(frozen=True, slots=True)
class TimeHit:
    """A time expression: ``text[start:end]`` means ``edtf``."""

    start: int
    end: int
    edtf: str
    absolute: bool = False
    """Whether the text itself gives the year."""
    heads: bool = False
    """Whether it opens its paragraph as in a chronology, and so dates all of it."""
    dates_speech: bool = False
    """Whether it says when somebody spoke, as in ``… , he said on Tuesday``, and so dates nothing that he said."""


def resolve_time(
    text: str, sentence: Span, cue: Span, published: date | None, lang: str, *, rivals: Iterable[Span] = ()
) -> str:
    """Return the EDTF of the time in a sentence that belongs to a cue, or an empty string.

    It is the nearest one, where a boundary between clauses counts like many characters; beyond such a boundary
    a time belongs to the cue only if none of its ``rivals`` (the other cues of the sentence) is nearer to it.
    """
    words = time_words(lang)
    rivals = [rival for rival in rivals if rival != cue]
    nearest = (float(_REACH), 0, "")
    for hit in find_times(text, published, lang):
        if hit.heads and hit.end <= sentence[1] and "\n" not in text[hit.start : sentence[0]]:
            nearest = min(nearest, (_HEADING, hit.start, hit.edtf))
        elif sentence[0] <= hit.start and hit.end <= sentence[1]:
            cost, shared = _cost(text, sentence, cue, hit, words)
            if shared or all(cost <= _cost(text, sentence, rival, hit, words)[0] for rival in rivals):
                nearest = min(nearest, (cost, hit.start, hit.edtf))
    return nearest[2]


def find_times(text: str, published: date | None, lang: str) -> list[TimeHit]:
    """Return the times that a text gives, in its order; those relative to an unknown day are left out."""
    return list(_find_times(text, published, lang))


@lru_cache(maxsize=8)
def _find_times(text: str, published: date | None, lang: str) -> tuple[TimeHit, ...]:
    words = time_words(lang)
    hits: list[TimeHit] = []
    anchor: Period | None = None
    for start, end, rule, match in _matches(text, words):
        fields = words.fields(rule, match)
        view = View(published, anchor, _frame(text, start, hits), _looks_ahead(text, start, end, words))
        period = place(rule.kind, fields, view)
        if period is not None:
            anchor = period
            heads, dates_speech = _heads(text, start, end), _follows_speech(text, start, lang)
            hits.append(TimeHit(start, end, period.edtf, "year" in fields, heads, dates_speech))
    return tuple(hits)


def _matches(text: str, words: TimeWords) -> list[tuple[int, int, Rule, "re.Match[str]"]]:
    """Return what the rules match: the longest of what overlaps, the earlier rule among equals, in text order."""
    found = [(match.start(), match.end(), rule, match) for rule in words.rules for match in rule.pattern.finditer(text)]
    found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    taken: list[tuple[int, int, Rule, re.Match[str]]] = []
    for hit in found:
        if all(hit[1] <= other[0] or other[1] <= hit[0] for other in taken):
            taken.append(hit)
    return sorted(taken, key=lambda hit: hit[:2])


def _heads(text: str, start: int, end: int) -> bool:
    paragraph = text.rfind("\n", 0, start) + 1
    return not text[paragraph:start].strip(_BULLETS) and text[end : end + 3].lstrip().startswith(_DATELINE)


def _follows_speech(text: str, start: int, lang: str) -> bool:
    before = re.findall(r"[^\W\d_]+|[^\w\s]", text[max(0, start - _SPEECH) : start].lower())
    return bool(before) and before[-1].startswith(speech_stems(lang))


def _frame(text: str, start: int, hits: list[TimeHit]) -> int | None:
    """Return the year that heads the paragraph a time stands in, as in ``1961: In January …``."""
    paragraph = text.rfind("\n", 0, start) + 1
    return next((int(hit.edtf[:4]) for hit in hits if hit.start >= paragraph and hit.heads and hit.absolute), None)


def _looks_ahead(text: str, start: int, end: int, words: TimeWords) -> bool:
    """Say whether the clause speaks of what is to come: by its last mark before the time, else right after it."""
    clause = max((match.end() for match in words.clause_break.finditer(text, 0, start)), default=0)
    first_word = re.compile(r"\w+").search(text, start)
    head = first_word.end() if first_word else end
    future = max((match.end() for match in words.future.finditer(text, clause, head)), default=-1)
    past = max((match.end() for match in words.past.finditer(text, clause, end)), default=-1)
    if future >= 0 or past >= 0:
        return future > past
    if text[clause:start].strip():
        return False
    boundaries = list(islice(words.clause_break.finditer(text, end), 2))
    stop = boundaries[-1].start() if boundaries else len(text)
    return words.future_after.search(text, end, stop) is not None


def _cost(text: str, sentence: Span, cue: Span, hit: TimeHit, words: TimeWords) -> tuple[float, bool]:
    """Return how far a time is from a cue, and whether they share a clause."""
    start, end = min(cue[1], hit.end), max(cue[0], hit.start)
    if start >= end:
        return 0.0, True
    boundaries = [match[0] for match in words.clause_break.finditer(text, start, end)]
    if boundaries and hit.dates_speech:
        return float("inf"), False
    words_among = sum(boundary[0].isalpha() for boundary in boundaries)
    cost = float(end - start + _WORD_COST * words_among + _MARK_COST * (len(boundaries) - words_among))
    opens = not text[sentence[0] : hit.start].strip(_BULLETS)
    return cost * (_OPENING if opens else 1.0) * (_BEHIND if hit.start > cue[0] else 1.0), not boundaries
