"""A text → the names in it: one pass over its words, the longest form first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.names.letters import fold, one_script, unaccent

FormKind = Literal["name", "adjective", "demonym", "seat", "capital", "acronym"]
Meaning = tuple[str, FormKind]
"""An entity's id, and how the form names it."""

WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)|\w+(?:['’](?!s\b)\w+)*")
GAP = re.compile(r"[ \u00a0]*[-–’'][ \u00a0]*|[ \u00a0]+|[’'.][ \u00a0]?")
SHORT = 3
"""Capitals of this length and less are acronyms, not a name in capitals."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, and the word with dots and look-alike letters put right."""

    start: int
    end: int
    word: str
    joins: bool
    """Whether only a space, a hyphen or the dot of an initial parts it from the word before."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text: where it stands and which entities it names (two for a compound)."""

    start: int
    end: int
    entity_ids: tuple[str, ...]
    form: FormKind


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A neighbour that takes a form's meaning away (``Γεωργίας`` after ``υπουργός``) or gives it another one."""

    side: Literal["after", "before", "before-capital", "in-capitals"]
    words: frozenset[str]
    becomes: str


@dataclass(slots=True)
class Forms:
    """The forms of one language: a dictionary of word sequences with what each means, built once at load."""

    meanings: dict[str, dict[str, FormKind]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    """Adjectives without accents, for the last part of a compound."""
    prefixes: dict[str, str] = field(default_factory=dict)
    rules: dict[str, list[ContextRule]] = field(default_factory=lambda: defaultdict(list))
    preferred: dict[str, str] = field(default_factory=dict)

    def add(self, form: str, entity_id: str, kind: FormKind) -> None:
        """Take a form in; a form that is there already gets one meaning more."""
        words = words_of(form)
        if not words:
            return
        key = " ".join(words)
        self.meanings.setdefault(key, {}).setdefault(entity_id, kind)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))
        in_capitals = unaccent(key).upper()
        if len(in_capitals) > SHORT:
            self.capitals.setdefault(in_capitals, key)
            first = in_capitals.split(" ", 1)[0]
            self.longest[first] = max(self.longest.get(first, 0), len(words))
        if kind == "adjective" and len(words) == 1:
            self.folded.setdefault(fold(key), entity_id)

    def meaning(self, key: str) -> Meaning | None:
        """Return what a form means, by preference where it means several things."""
        found = self.meanings.get(key)
        if not found:
            return None
        entity_id = self.preferred.get(key, "") if len(found) > 1 else ""
        entity_id = entity_id if entity_id in found else next(iter(found))
        return entity_id, found[entity_id]

    def ambiguous(self) -> Mapping[str, tuple[str, ...]]:
        """Return the forms that name more than one entity."""
        return {form: tuple(found) for form, found in self.meanings.items() if len(found) > 1}


def words_of(text: str) -> list[str]:
    """Return the words of a form as tokens of a text are compared."""
    if text.isalpha():
        return [one_script(text)]
    return [_plain(match.group()) for match in WORD.finditer(text)]


def tokenize(text: str) -> list[Token]:
    """Return the words of a text."""
    tokens: list[Token] = []
    for match in WORD.finditer(text):
        joins = False
        if tokens:
            gap = GAP.fullmatch(text, tokens[-1].end, match.start())
            joins = gap is not None and (
                not gap.group().startswith(".") or tokens[-1].end - tokens[-1].start <= SHORT - 1
            )
        tokens.append(Token(match.start(), match.end(), _plain(match.group()), joins))
    return tokens


def find_names(text: str, forms: Forms) -> Iterator[NameHit]:
    """Yield the names of a text from left to right; none overlaps another."""
    tokens = tokenize(text)
    at = 0
    while at < len(tokens):
        taken, meaning = _longest(tokens, at, forms)
        if meaning is None:
            compound = _compound(tokens, at, forms)
            if compound is not None:
                yield compound
                at += 1 if compound.end == tokens[at].end else 2
                continue
            at += 1
            continue
        yield NameHit(tokens[at].start, tokens[at + taken - 1].end, (meaning[0],), meaning[1])
        at += taken


def _plain(word: str) -> str:
    return one_script(word.replace(".", "") if "." in word else word)


def _longest(tokens: list[Token], at: int, forms: Forms) -> tuple[int, Meaning | None]:
    word = tokens[at].word
    most = forms.longest.get(word, 0) or (forms.longest.get(unaccent(word), 0) if word.isupper() else 0)
    if not most:
        return 1, None
    last = at + 1
    while last < len(tokens) and last - at < most and tokens[last].joins:
        last += 1
    for end in range(last, at, -1):
        key = " ".join(token.word for token in tokens[at:end])
        meaning = forms.meaning(key)
        if meaning is None and key.isupper():
            key = forms.capitals.get(unaccent(key), "")
            meaning = forms.meaning(key)
        if meaning is not None:
            meaning = _in_context(meaning, key, tokens, (at, end), forms)
        if meaning is not None:
            return end - at, meaning
    return 1, None


def _in_context(meaning: Meaning, key: str, tokens: list[Token], span: tuple[int, int], forms: Forms) -> Meaning | None:
    if key not in forms.rules:
        return meaning
    before = tokens[span[0] - 1].word if span[0] else ""
    after = tokens[span[1]].word if span[1] < len(tokens) else ""
    for rule in forms.rules[key]:
        fires = {
            "after": before.lower() in rule.words,
            "before": after.lower() in rule.words,
            "before-capital": after[:1].isupper() and span[1] < len(tokens) and tokens[span[1]].joins,
            "in-capitals": any(len(w) > SHORT and w.isupper() for w in (before, after)),
        }[rule.side]
        if fires:
            return (rule.becomes, meaning[1]) if rule.becomes else None
    return meaning


def _compound(tokens: list[Token], at: int, forms: Forms) -> NameHit | None:
    """Read ``ρωσοϊρανικός`` and ``ρωσο-ϊρανικός`` as two names."""
    token = tokens[at]
    folded = fold(token.word)
    if folded in forms.prefixes:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.joins and following.start - token.end <= SHORT:
            second = forms.folded.get(fold(following.word))
            if second is not None and second != forms.prefixes[folded]:
                return NameHit(token.start, following.end, (forms.prefixes[folded], second), "adjective")
        return None
    for length in range(len(folded) - SHORT, SHORT, -1):
        first = forms.prefixes.get(folded[:length])
        second = forms.folded.get(folded[length:])
        if first is not None and second is not None and first != second:
            return NameHit(token.start, token.end, (first, second), "adjective")
    return None
