"""A reading → what is known of its document as a whole: its words, names, people and who holds which office."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.names.find import NameHit, Token, tokenize
from kg.names.names import Names, Pack
from kg.resolve.people import People, capitalised, is_person_mention
from kg.values import Document, Mention, Reading

REACH = 10
"""How many words before a name its office is looked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document, read for names; all lists are in the order of the text."""

    names: Names
    pack: Pack
    document: Document
    tokens: Sequence[Token]
    hits: Sequence[NameHit]
    people: People

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Return the words that stand within a stretch of text."""
        at = bisect_left(self.tokens, start, key=lambda token: token.end)
        found: list[Token] = []
        while at < len(self.tokens) and self.tokens[at].start < end:
            if self.tokens[at].end > start:
                found.append(self.tokens[at])
            at += 1
        return found

    def hits_in(self, start: int, end: int) -> list[NameHit]:
        """Return the names of actors and places that overlap a stretch of text."""
        at = bisect_left(self.hits, start, key=lambda hit: hit.end)
        found: list[NameHit] = []
        while at < len(self.hits) and self.hits[at].start < end:
            if self.hits[at].end > start:
                found.append(self.hits[at])
            at += 1
        return found

    def actor(self, entity_id: str) -> str:
        """Return whom a name stands for as an actor: the state of a capital or a seat, else itself."""
        return self.names.actors.get(entity_id, entity_id)

    def is_person(self, entity_id: str) -> bool:
        """Say whether a shipped entity is a person."""
        return self.names.entities[entity_id].kind == "Person"


def read_page(names: Names, reading: Reading) -> Page:
    """Find every name of the document, and gather its people."""
    document = reading.document
    pack = names.pack(document.lang)
    hits = names.find(document.text, document.lang)
    people = People(names, pack, document)
    page = Page(names, pack, document, tokenize(document.text), hits, people)
    states = frozenset(page.actor(entity_id) for hit in hits for entity_id in hit.entity_ids)
    _gather_people(page, reading, states)
    _gather_offices(page, reading)
    return page


def _gather_people(page: Page, reading: Reading, states: frozenset[str]) -> None:
    mentions = [mention for mention in _mentions(reading) if is_person_mention(mention)]
    named = [tokens for mention in mentions if (tokens := _name_tokens(page, mention))]
    alone: list[NameHit] = []
    for hit in page.hits:
        if page.is_person(hit.entity_ids[0]):
            tokens = page.tokens_in(hit.start, hit.end)
            if len(tokens) == 1 and (first := _first_name(page, tokens[0])):
                named.append([first, tokens[0]])
            elif len(tokens) == 1:
                alone.append(hit)
            else:
                page.people.add_shipped(hit.start, hit.end, hit.entity_ids[0], tuple(t.word for t in tokens))
    for tokens in sorted(
        (tokens for tokens in named if len(tokens) > 1), key=lambda tokens: (-len(tokens), tokens[0].start)
    ):
        _add_named(page, tokens, states)
    for hit in alone:
        if page.people.at(hit.start, hit.end) is None:
            word = page.tokens_in(hit.start, hit.end)[0].word
            page.people.add_shipped(hit.start, hit.end, hit.entity_ids[0], (word,))
    for tokens in sorted((tokens for tokens in named if len(tokens) == 1), key=lambda tokens: tokens[0].start):
        _add_named(page, tokens, states)


def _add_named(page: Page, tokens: list[Token], states: frozenset[str]) -> None:
    if page.people.at(tokens[0].start, tokens[-1].end) is None:
        page.people.add_named(tokens[0].start, tokens[-1].end, tuple(token.word for token in tokens), states)


def _first_name(page: Page, surname: Token) -> Token | None:
    """Return the word before a surname if it can be a first name: with a capital, inside a sentence, nothing else."""
    at = bisect_left(page.tokens, surname.start, key=lambda token: token.start)
    if at < 2 or not surname.joins or not page.tokens[at - 1].joins:  # noqa: PLR2004
        return None
    before, grammar = page.tokens[at - 1], page.pack.grammar
    if not before.word[:1].isupper() or before.word.isupper() or page.hits_in(before.start, before.end):
        return None
    if grammar.is_a(before.word, "article") or grammar.is_a(before.word, "title"):
        return None
    return None if _ends_phrase(page, at) else before


def _ends_phrase(page: Page, at: int) -> bool:
    """Say whether an office or an organ of a state is named right before a word (``υπουργός Εσωτερικών Ζεεχόφερ``)."""
    for first in range(max(0, at - REACH), at):
        for kind in ("roles", "organs", "groups"):
            match = page.pack.words.match(page.tokens[first:at], 0, kind)
            if match is not None and first + match[0] == at:
                return True
    return False


def _mentions(reading: Reading) -> Iterator[Mention]:
    yield from reading.names
    for claim in reading.claims:
        for mention in (claim.subject, claim.object, claim.recipient, claim.of, *claim.sources):
            if mention is not None:
                yield mention
        if claim.predicate == "holds_office":
            yield Mention(claim.subject.start, claim.subject.end, claim.subject.text, "Person")


def _name_tokens(page: Page, mention: Mention) -> list[Token]:
    """Return the words of a mention that are the person's name: the last run of capitals that names nothing else."""
    inside = page.tokens_in(mention.start, mention.end)
    taken = {
        at
        for hit in page.hits_in(mention.start, mention.end)
        if not page.is_person(hit.entity_ids[0]) and not _is_surname(page, inside, hit)
        for at in range(hit.start, hit.end)
    }
    grammar = page.pack.grammar
    kept = [
        token
        for token in inside
        if token.start not in taken
        and not grammar.is_a(token.word, "article")
        and not grammar.is_a(token.word, "title")
    ]
    runs = list(capitalised(kept))
    if not runs:
        return []
    run = runs[-1]
    return run if len(runs) == 1 or len(runs[0]) == 1 else runs[-1]


def _is_surname(page: Page, inside: list[Token], hit: NameHit) -> bool:
    """Say whether the name of a place is a person's last name here: one word behind a single first name (Jim Jordan)."""
    if len(inside) != 2 or hit.form != "name" or hit.start != inside[1].start:  # noqa: PLR2004
        return False
    first, grammar = inside[0].word, page.pack.grammar
    is_small = any(grammar.is_a(first, word_class) for word_class in ("article", "title"))
    return first[:1].isupper() and not is_small and not _ends_phrase(page, page.tokens.index(inside[1]))


def _gather_offices(page: Page, reading: Reading) -> None:
    for claim in reading.claims:
        if claim.predicate != "holds_office":
            continue
        span = page.people.at(claim.subject.start, claim.subject.end)
        if span is None:
            continue
        for _, _, role in roles_in(page, page.tokens_in(claim.object.start, claim.object.end)):
            span.person.offices.add(role)
            break
        if claim.of is not None and not span.person.acts_for:
            hits = page.hits_in(claim.of.start, claim.of.end)
            span.person.acts_for = _speaks_for(page, hits)
    for span in page.people.spans:
        _office_before(page, span.start, span.person)


def _office_before(page: Page, start: int, person: object) -> None:
    from kg.resolve.people import Person

    assert isinstance(person, Person)
    at = bisect_left(page.tokens, start, key=lambda token: token.start)
    first = at
    while first > max(0, at - REACH) and page.tokens[first].joins:
        first -= 1
    window = page.tokens[first:at]
    if not window:
        return
    for begin, end, role in reversed(list(roles_in(page, window))):
        hits = page.hits_in(window[max(0, begin - 2)].start, start)
        between = [
            t for t in window[end:] if not _is_covered(t, hits) and not page.pack.grammar.is_a(t.word, "article")
        ]
        if len(between) <= 1:
            person.offices.add(role)
            person.acts_for = person.acts_for or _speaks_for(page, hits)
            return


def _is_covered(token: Token, hits: Sequence[NameHit]) -> bool:
    return any(hit.start <= token.start < hit.end for hit in hits)


def _speaks_for(page: Page, hits: Sequence[NameHit]) -> str:
    for hit in hits:
        actor = page.actor(hit.entity_ids[0])
        if not page.is_person(actor) and page.names.entities[actor].kind not in ("City", "Region", "Waters", "Group"):
            return actor
    return ""


def roles_in(page: Page, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the offices that words name, with their first word and the word after their last."""
    at = 0
    while at < len(tokens):
        match = page.pack.words.match(tokens, at, "roles")
        if match is None:
            at += 1
            continue
        yield at, at + match[0], match[1]
        at += match[0]
