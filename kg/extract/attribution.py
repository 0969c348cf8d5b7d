"""Claims of a Doc → the same claims with who says so: a named speaker, one left unnamed, or the article itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.components import kinds_by_label
from kg.extract.speech import speech_stems
from kg.ontology import predicates
from kg.values import Attribution, Claim, Mention, Span

_QUOTE = re.compile(r'«[^«»]+»|“[^“”]+”|"[^"\n]+"')
_SHORT_QUOTE = 4
"""Fewer words between quotation marks are a turn of phrase, not what somebody said."""
_SPEAKERS = frozenset(("Person", "Organization", "Place", "Group"))
_SUBJECTS = ("nsubj", "csubj")
_SAID = frozenset(("ccomp", "parataxis", "dep"))


def attribute(doc: Doc, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims with their attribution.

    A claim with sources is theirs. One inside a quotation is its speaker's, found by the verb of saying beside the
    quotation; one that hangs on a verb of saying is its subject's. Where no speaker has a name, it is unnamed.
    What states an office is the article's own, whoever speaks.
    """
    quotes = [m.span() for m in _QUOTE.finditer(doc.text) if len(m.group().split()) >= _SHORT_QUOTE]
    for claim in claims:
        if "Role" in predicates()[claim.predicate].object_kinds:
            yield replace(claim, sources=(), attribution=Attribution.NARRATOR)
        elif claim.sources:
            yield replace(claim, attribution=Attribution.NAMED)
        else:
            yield _attributed(doc, claim, quotes)


def _attributed(doc: Doc, claim: Claim, quotes: list[Span]) -> Claim:
    quote = next((span for span in quotes if span[0] <= claim.cue.start < span[1]), None)
    verb = _verb_beside(doc, quote) if quote else _verb_above(doc, claim)
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
    outside = [t for t in doc[begin:end] if not quote[0] <= t.idx < quote[1] and _is_saying(t)]
    return min(outside, key=lambda t: min(abs(t.i - first.start), abs(t.i - first.end)), default=None)


def _verb_above(doc: Doc, claim: Claim) -> Token | None:
    """Return the verb of saying that the claim's cue hangs on by way of what is said."""
    cue = doc.char_span(claim.cue.start, claim.cue.end, alignment_mode="expand")
    if cue is None:
        return None
    token = cue.root
    while token.head != token:
        if token.dep_.split(":")[0] in _SAID and _is_saying(token.head):
            return token.head
        token = token.head
    return None


def _is_saying(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lower_.startswith(speech_stems(token.lang_))


def _speaker(doc: Doc, verb: Token) -> Mention | None:
    subject = next((child for child in verb.children if child.dep_.split(":")[0] in _SUBJECTS), None)
    if subject is None:
        return None
    inside = {token.i for token in subject.subtree}
    for ent in doc.ents:
        kind = kinds_by_label().get(ent.label_, "")
        if kind in _SPEAKERS and ent.start in inside:
            return Mention(ent.start_char, ent.end_char, ent.text, kind)
    return None
