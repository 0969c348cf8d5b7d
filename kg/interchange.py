"""Claims of one document ↔ one line of JSON, the form in which parts of a graph travel."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kg import vocab
from kg.errors import InputError
from kg.ontology import kinds, predicates
from kg.values import Attribution, Claim, Document, Entity, Mention, Modality, Polarity, ResolvedClaim, Span, Step

VERSION = 2
READ = (1, VERSION)
"""The versions that are read; before 2, no step stood beside a name."""

Json = Mapping[str, object]
Read = tuple[Document, tuple[ResolvedClaim, ...]]

_ROLES = ("recipient", "theme", "of", "place")
_MIDDLE = "id/"

Word = TypeVar("Word", bound=StrEnum)


def write_line(document: Document, claims: Iterable[ResolvedClaim], *, base: str = vocab.BASE) -> str:
    """Return a document and its claims as one line, without a line end; claims keep their order."""
    kept = tuple(claims)
    line = {
        "id": document.id,
        "lang": document.lang,
        "date": document.published.isoformat() if document.published else None,
        "title": document.title,
        "url": document.url,
        "publisher": document.publisher,
        "text": document.text,
        "statements": [_write_claim(document, claim, base) for claim in kept],
        "entities": [_write_entity(entity) for entity in _entities(kept)],
        "version": VERSION,
    }
    return (
        json.dumps(line, ensure_ascii=True) if _has_surrogate(document.text) else json.dumps(line, ensure_ascii=False)
    )


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _entities(claims: Iterable[ResolvedClaim]) -> list[Entity]:
    found = {entity for claim in claims for entity in (*_fillers(claim).values(), *claim.sources) if entity}
    return sorted(found, key=lambda entity: (entity.id, str(_write_entity(entity))))


def _fillers(claim: ResolvedClaim) -> dict[str, Entity | None]:
    roles = {"subject": claim.subject, "object": claim.object}
    return roles | {"recipient": claim.recipient, "theme": claim.theme, "of": claim.of, "place": claim.place}


def _write_claim(document: Document, resolved: ResolvedClaim, base: str) -> dict[str, object]:
    claim = resolved.claim
    mentions = {"subject": claim.subject, "object": claim.object}
    mentions |= {role: getattr(claim, role) for role in _ROLES}
    fillers = _fillers(resolved)
    steps = dict(resolved.steps)
    of_sources: list[Step | None] = [step for role, step in resolved.steps if role == "source"]
    start, end = claim.sentence
    return {
        "subject": _write_mention(mentions["subject"], fillers["subject"], base, steps.get("subject")),
        "predicate": claim.predicate,
        **{role: _write_mention(mentions[role], fillers[role], base, steps.get(role)) for role in ("object", *_ROLES)},
        "time": claim.time or None,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "attribution": claim.attribution,
        "sources": [
            _write_mention(mention, entity, base, step)
            for mention, entity, step in zip(
                claim.sources, resolved.sources, of_sources or [None] * len(claim.sources), strict=True
            )
        ],
        "cue": _write_mention(claim.cue, None, base, None),
        "quote": document.text[start:end],
        "sentence": [start, end],
        "confidence": claim.confidence,
        "extractor": claim.extractor,
    }


def _write_mention(
    mention: Mention | None, entity: Entity | None, base: str, step: Step | None
) -> dict[str, object] | None:
    if mention is None:
        return None
    written: dict[str, object] = {"text": mention.text, "start": mention.start, "end": mention.end}
    if mention.kind:
        written["kind"] = mention.kind
    if entity:
        written |= {"key": entity.key, "iri": base + _MIDDLE + entity.id}
        if entity.acts_for:
            written["state"] = entity.acts_for
    if step:
        written |= {"step": step, "sure": step.is_sure}
    return written


def _write_entity(entity: Entity) -> dict[str, object]:
    written: dict[str, object] = {}
    for field in fields(entity):
        value = getattr(entity, field.name)
        if value:
            written[field.name] = sorted(map(list, value)) if isinstance(value, frozenset) else value
    return written


def read_lines(path: Path) -> Iterator[Read | InputError]:
    """Yield the documents of a file with their claims; a line that cannot be read is yielded as its error."""
    try:
        file = path.open(encoding="utf8")
    except OSError as error:
        yield InputError(f"{path}: {error.strerror}")
        return
    with file:
        lines = enumerate(file, 1)
        while True:
            try:
                number, line = next(lines)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                yield InputError(f"{path}: not UTF-8 at byte {error.start}; write it again with kg extract")
                return
            if line.strip():
                yield _try_line(line, f"{path}:{number}")


def _try_line(line: str, where: str) -> Read | InputError:
    try:
        return read_line(line)
    except RecursionError:
        return InputError(f"{where}: nested too deeply; write the line again with kg extract")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        detail = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        return InputError(f"{where}: no claims of kg extract: {detail}")


def read_line(line: str) -> Read:
    """Return what write_line wrote; raises ValueError, KeyError, TypeError or AttributeError for anything else."""
    data = json.loads(line)
    if data["version"] not in READ:
        raise ValueError(f"version {data['version']!r}, this kg reads {' and '.join(map(str, READ))}")
    published = date.fromisoformat(data["date"]) if data["date"] else None
    texts = {name: _text(data[name]) for name in ("id", "text", "lang", "title", "url", "publisher")}
    document = Document(**texts, published=published)
    entities: dict[tuple[str, str, str], Entity] = {}
    for entry in data["entities"]:
        entity = _read_entity(entry)
        entities[entity.id, entity.key, entity.acts_for] = entity
    return document, tuple(_read_claim(document, entry, entities) for entry in data["statements"])


Known = Mapping[tuple[str, str, str], Entity]


def _read_entity(entry: Json) -> Entity:
    values = {name: frozenset(map(tuple, value)) if isinstance(value, list) else value for name, value in entry.items()}
    entity = Entity(**values)  # type: ignore[arg-type]  # what it is not, join and the writers would find out
    if entity.kind not in kinds():
        raise ValueError(f"{entity.kind!r} is no kind of thing")
    return entity


def _read_claim(document: Document, entry: Json, entities: Known) -> ResolvedClaim:
    predicate = _text(entry["predicate"])
    if predicate not in predicates():
        raise ValueError(f"{predicate!r} is no predicate")
    mentions = {role: _read_mention(document, entry[role]) for role in _ROLES}
    sources = entry["sources"]
    assert isinstance(sources, list)
    claim = Claim(
        _demand(document, entry["subject"]),
        predicate,
        _demand(document, entry["object"]),
        _demand(document, entry["cue"]),
        _span(document, entry["sentence"]),
        **mentions,
        polarity=Polarity(_text(entry["polarity"])),
        modality=Modality(_text(entry["modality"])),
        attribution=Attribution(_text(entry["attribution"])),
        sources=tuple(_demand(document, source) for source in sources),
        time=_text(entry["time"] or ""),
        extractor=_text(entry["extractor"]),
        confidence=_number(entry["confidence"]),
    )
    return ResolvedClaim(
        claim,
        _entity(entry["subject"], entities),
        _entity(entry["object"], entities),
        **{role: _entity(entry[role], entities) if mentions[role] else None for role in _ROLES},
        sources=tuple(_entity(source, entities) for source in sources),
        steps=tuple(_read_steps(entry)),
    )


def _read_steps(entry: Json) -> Iterator[tuple[str, Step]]:
    """Yield how each name was found, where the line tells it; of the sources all or none."""
    for role in ("subject", "object", *_ROLES):
        if entry[role] is not None and (step := _text(_get(entry[role], "step", ""))):
            yield role, Step(step)
    sources = entry["sources"]
    assert isinstance(sources, list)
    steps = [_text(_get(source, "step", "")) for source in sources]
    if all(steps):
        yield from (("source", Step(step)) for step in steps)


def _demand(document: Document, entry: object) -> Mention:
    mention = _read_mention(document, entry)
    if mention is None:
        raise ValueError("a subject, object, cue or source is null")
    return mention


def _read_mention(document: Document, entry: object) -> Mention | None:
    if entry is None:
        return None
    start, end = _span(document, (_get(entry, "start"), _get(entry, "end")))
    text = _text(_get(entry, "text"))
    if document.text[start:end] != text:
        raise ValueError(f"the text has {document.text[start:end]!r} at {start}, not {text!r}")
    return Mention(start, end, text, _text(_get(entry, "kind", "")))


def _entity(entry: object, entities: Known) -> Entity:
    local = _text(_get(entry, "iri")).rpartition("/")[2]
    return entities[local, _text(_get(entry, "key")), _text(_get(entry, "state", ""))]


def _get(entry: object, name: str, default: object = None) -> object:
    if not isinstance(entry, dict):
        raise TypeError(f"{entry!r} is no object")
    return entry[name] if default is None else entry.get(name, default)


def _span(document: Document, entry: object) -> Span:
    if not isinstance(entry, list | tuple) or len(entry) != 2 or not all(type(at) is int for at in entry):  # noqa: PLR2004
        raise TypeError(f"{entry!r} is no pair of offsets")
    start, end = entry
    if not 0 <= start <= end <= len(document.text):
        raise ValueError(f"{start}–{end} lies outside the text")
    return start, end


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return str(value)


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)
