"""Claims of a Doc → the same claims with who says so: a named speaker, one left unnamed, or the article itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Doc, Token

from kg.annotate.components import kinds_by_label
from kg.extract.speech import VERBS, is_saying, speech_words
from kg.ontology import predicates
from kg.values import Attribution, Claim, Mention, Polarity, Span

_QUOTE = re.compile(r'«[^«»]+»|“[^“”]+”|"[^"\n]+"')
_SHORT_QUOTE = 4
"""Fewer words between quotation marks are a turn of phrase, not what somebody said."""
_SPEAKERS = frozenset(("Person", "Organization", "Place", "Group"))
_SUBJECTS = ("nsubj", "csubj")
_SAID = frozenset(("ccomp", "parataxis", "dep"))
_NEAR = 2
"""So many words may stand between a verb of refusing and what is refused, that verb included."""
_SHARED = frozenset(("conj", "advcl", "xcomp"))
"""Relations of a verb without a subject of its own to the one whose subject it shares."""
_NOUNS = frozenset(("NOUN", "PROPN", "ADJ"))
_SHORT_PARTS = frozenset(("nmod", "amod", "flat"))
"""What belongs to a speaker's name: not the clauses that tell more of him."""


def attribute(doc: Doc, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims with their attribution.

    A claim with sources is theirs. One inside a quotation is its speaker's, found by the verb of saying beside the
    quotation; one that hangs on a verb of saying is its subject's. Where no speaker has a name, it is unnamed.
    What states an office is the article's own, whoever speaks. What hangs on a verb of denying is denied, by its
    subject. What somebody refuses to confirm is not said at all.
    """
    quotes = [m.span() for m in _QUOTE.finditer(doc.text) if len(m.group().split()) >= _SHORT_QUOTE]
    for claim in claims:
        cue = _root(doc, claim.cue)
        if _is_withheld(cue):
            continue
        if "Role" in predicates()[claim.predicate].object_kinds:
            yield replace(claim, sources=(), attribution=Attribution.NARRATOR)
        elif (denial := _denial_above(cue)) is not None:
            speaker = _speaker(doc, denial)
            sources = (speaker,) if speaker else claim.sources
            attribution = Attribution.NAMED if sources else Attribution.UNNAMED
            yield replace(
                claim,
                polarity=Polarity.NEGATIVE,
                sources=sources,
                attribution=attribution,
            )
        elif claim.sources:
            yield replace(claim, attribution=Attribution.NAMED)
        else:
            yield _attributed(doc, claim, cue, quotes)


def _root(doc: Doc, mention: Mention) -> Token:
    """Return the word of a mention that the others in it hang on."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    assert span is not None, "a mention stands in its own Doc"
    return span.root


def _attributed(doc: Doc, claim: Claim, cue: Token, quotes: list[Span]) -> Claim:
    quote = next((span for span in quotes if span[0] <= claim.cue.start < span[1]), None)
    verb = _verb_beside(doc, quote) if quote else _verb_above(cue)
    if quote is None and verb is None:
        return claim
    speaker = _speaker(doc, verb) if verb is not None else None
    if speaker is None:
        return replace(claim, attribution=Attribution.UNNAMED)
    return replace(claim, attribution=Attribution.NAMED, sources=(speaker,))


def _verb_beside(doc: Doc, quote: Span) -> Token | None:
    """Return the verb of saying nearest to a quotation, in the sentences that touch it but not inside it."""
    first, last = doc.char_span(*quote, alignment_mode="expand"), len(doc) - 1
    if first is None:
        return None
    begin, end = first[0].sent.start, doc[min(first.end, last)].sent.end
    outside = [t for t in doc[begin:end] if not quote[0] <= t.idx < quote[1] and is_saying(t)]
    return min(
        outside,
        key=lambda t: min(abs(t.i - first.start), abs(t.i - first.end)),
        default=None,
    )


def _verb_above(cue: Token) -> Token | None:
    """Return the verb of saying that a cue hangs on by way of what is said, or that remarks on it."""
    token = cue
    while True:
        remark = next(
            (child for child in token.children if is_saying(child) and _begins_with_as(child)),
            None,
        )
        if remark is not None:
            return remark
        if token.head == token:
            return None
        if is_saying(token.head) and (_relation(token) in _SAID or _begins_with_that(token)):
            return token.head
        token = token.head


def _is_withheld(cue: Token) -> bool:
    """Tell whether a cue hangs on a verb of saying that follows one of refusing."""
    return any(
        is_saying(token) and any(_is_refusing(word) for word in token.doc[max(0, token.i - _NEAR) : token.i])
        for token in (cue, *cue.ancestors)
    )


def _is_refusing(token: Token) -> bool:
    return token.lower_.startswith(speech_words(token.lang_).refusals)


def _denial_above(cue: Token) -> Token | None:
    """Return the verb of denying that is a cue, or whose that-clause the cue stands in."""
    token, is_said = cue, False
    if _is_denying(token):
        return token
    while token.head != token:
        is_said = is_said or _begins_with_that(token)
        token = token.head
        if is_said and _is_denying(token):
            return token
        if is_said and token.pos_ in VERBS:
            return None
    return None


def _is_denying(token: Token) -> bool:
    words = speech_words(token.lang_)
    is_negated = any(child.lower_ in words.negations for child in token.children)
    return token.lower_.startswith(words.denials) and not is_negated


def _begins_with_that(verb: Token) -> bool:
    return any(child.i < verb.i and child.lower_ in speech_words(verb.lang_).complementizers for child in verb.children)


def _begins_with_as(verb: Token) -> bool:
    return any(child.i < verb.i and child.lower_ in speech_words(verb.lang_).parentheses for child in verb.children)


def _relation(token: Token) -> str:
    return token.dep_.split(":")[0]


def _speaker(doc: Doc, verb: Token) -> Mention | None:
    """Return who says it: the verb's subject, or that of the verb it depends on."""
    subject = _subject(verb)
    if subject is None and _relation(verb) in _SHARED and not _begins_with_as(verb):
        subject = _subject(verb.head)
    if subject is None:
        return None
    inside = {token.i for token in subject.subtree}
    for ent in doc.ents:
        kind = kinds_by_label().get(ent.label_, "")
        if kind in _SPEAKERS and ent.start in inside:
            return Mention(ent.start_char, ent.end_char, ent.text, kind)
    if subject.pos_ not in _NOUNS:
        return None
    last = max(
        (child.right_edge.i for child in subject.rights if _relation(child) in _SHORT_PARTS),
        default=subject.i,
    )
    words = doc[subject.i : last + 1]
    return Mention(words.start_char, words.end_char, words.text)


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, or what stands before it as the subject of a clause that hangs on it."""
    below = (word for child in verb.children for word in child.lefts if word.i < verb.i)
    return next(
        (word for word in chain(verb.children, below) if _relation(word) in _SUBJECTS),
        None,
    )
