"""A graph → the label of everything in it, in each language, and no label twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256

from kg import vocab
from kg.graph import KnowledgeGraph, Maker
from kg.ontology import label, languages, terms
from kg.status import ORDER, Occurrence, occurrences, sort_key, status
from kg.values import Document, Entity, Evidence, Statement

Node = tuple[str, str]
"""Prefix and local name, such as ("id", "RUS")."""

Namer = Callable[[str], str]
"""Entity id → its label in one language."""

_SNIPPET = 90


def label_nodes(graph: KnowledgeGraph) -> Mapping[Node, Mapping[str, str]]:
    """Return the labels by language of every node; where two nodes would share one, each adds its local name."""
    labels = dict(_label_all(graph))
    count = Counter((lang, text) for by_lang in labels.values() for lang, text in by_lang.items())
    count.update(item for term in terms().values() for item in term.text(vocab.RDFS_LABEL).items())
    return {
        node: {
            lang: text if count[lang, text] == 1 else f"{text} ({node[1]})" for lang, text in sorted(by_lang.items())
        }
        for node, by_lang in labels.items()
    }


def _label_all(graph: KnowledgeGraph) -> Iterator[tuple[Node, dict[str, str]]]:
    for entity in graph.entities.values():
        yield ("id", entity.id), entity_labels(entity)
    namers = {lang: namer(graph, lang) for lang in languages()}
    for statement in graph.statements:
        local = statement.id
        yield ("st", local), {lang: tell(statement, named, lang) for lang, named in namers.items()}
        for number, occurrence in enumerate(occurrences(statement), 1):
            node = ("occ", occurrence_id(local, number))
            yield node, {lang: _tell_occurrence(statement, occurrence, namers[lang], lang) for lang in namers}
        for evidence in sorted(statement.evidence, key=sort_key):
            document = graph.documents[evidence.document]
            yield ("ev", evidence_id(local, evidence)), {document.lang: _snippet(quote(document, evidence))}
    for document in graph.documents.values():
        yield ("art", document_id(document)), {document.lang: _snippet(document.title or document.text) or document.id}
    for maker in graph.makers:
        yield ("run", maker_id(maker)), {"": f"kg {maker.version} {maker.model[:12]} {maker.data[:12]}".rstrip()}


def entity_labels(entity: Entity) -> dict[str, str]:
    """Return one label a language: the fullest that the documents give; the key where there is none."""
    best: dict[str, str] = {}
    for lang, text in sorted(entity.labels):
        best[lang] = max(best.get(lang, ""), _one_line(text), key=lambda name: (len(name), name))
    return best or {"": entity.key or entity.id}


def namer(graph: KnowledgeGraph, lang: str) -> Namer:
    """Return a function that names entities in one language, in English or any other where it has no name."""
    names = {}
    for entity in graph.entities.values():
        labels = entity_labels(entity)
        names[entity.id] = labels.get(lang) or labels.get("en") or next(iter(labels.values()))
    return lambda entity_id: names.get(entity_id, entity_id)


def say(statement: Statement, name: Namer, lang: str) -> str:
    """Put into words what is said: ``Iran supplies missiles to Russia``."""
    words = [name(statement.subject), label(statement.predicate, lang), name(statement.object)]
    for role, filler in (("recipient", statement.recipient), ("of", statement.of)):
        if filler:
            words += [_text(role, vocab.IR_CONNECTIVE, lang), name(filler)]
    return " ".join(words)


def attribute(evidence: Iterable[Evidence], name: Namer, lang: str) -> str:
    """Put into words who says so: ``claimed by United States, denied by Iran``."""
    speakers: dict[str, set[str]] = {}
    for item in evidence:
        speakers.setdefault(status(item), set()).update(map(name, item.sources))
    return ", ".join(
        f"{_text(told, vocab.IR_BYLINE, lang)} {', '.join(sorted(speakers[told]))}"
        if speakers[told]
        else label(told, lang)
        for told in ORDER
        if told in speakers
    )


def tell(statement: Statement, name: Namer, lang: str) -> str:
    """Put into words what is said and who says so."""
    return f"{say(statement, name, lang)} — {attribute(statement.evidence, name, lang)}"


def _tell_occurrence(statement: Statement, occurrence: Occurrence, name: Namer, lang: str) -> str:
    time = f" [{occurrence.time or '–'}]"
    return f"{say(statement, name, lang)}{time} — {attribute(occurrence.evidence, name, lang)}"


@cache
def _text(term: str, iri: str, lang: str) -> str:
    texts = terms()[term].text(iri)
    return texts.get(lang) or texts.get("en", "")


def quote(document: Document, evidence: Evidence) -> str:
    """Return the sentence that says so."""
    start, end = evidence.sentence
    return document.text[start:end]


def _snippet(text: str) -> str:
    line = _one_line(text[: 4 * _SNIPPET])
    return line if len(line) <= _SNIPPET else line[: _SNIPPET - 1].rstrip() + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def document_id(document: Document) -> str:
    """Return the local name of an article: a hash, since documents' ids may be any text."""
    return _hash(document.id)


def occurrence_id(statement: str, number: int) -> str:
    """Return the local name of an occurrence: that of its statement and its number in time."""
    return f"{statement}-{number}"


def evidence_id(statement: str, evidence: Evidence) -> str:
    """Return the local name of evidence: a hash of what is said, where and how."""
    return _hash(statement, *map(str, sort_key(evidence)))


def maker_id(maker: Maker) -> str:
    """Return the local name of what made a part of the graph."""
    return _hash(maker.version, maker.model, maker.data)


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:16]
