"""KnowledgeGraph → the records that the page draws: nodes with their places, lines, evidence, sentences, documents.

A line of the page is one status of one occurrence of a statement: what is claimed and what is denied are two lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg import vocab
from kg.export.standing import measure
from kg.graph import KnowledgeGraph
from kg.labels import entity_labels, occurrence_id
from kg.layout import arrange, hang
from kg.ontology import kinds, predicates, terms
from kg.packs import trial_languages
from kg.status import ORDER, occurrences, status
from kg.values import Document, Entity, Evidence, Span, Statement, Status

Record = dict[str, object]
"""What becomes one object of JSON; what is empty is left out."""

LETTER = 8.0
"""The room of one letter of a node's label, in units of the sheet."""
OPENING = 80
"""So many letters of an article without a title stand for one."""
LONGEST = 26
"""So many letters of a label are drawn at most."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the page shows, ready for JSON, in a fixed order."""

    nodes: list[Record] = field(default_factory=list)
    lines: list[Record] = field(default_factory=list)
    evidence: list[Record] = field(default_factory=list)
    sentences: list[Record] = field(default_factory=list)
    documents: list[Record] = field(default_factory=list)
    predicates: dict[str, Record] = field(default_factory=dict)
    families: dict[str, Record] = field(default_factory=dict)
    kinds: dict[str, Record] = field(default_factory=dict)
    statuses: dict[str, Record] = field(default_factory=dict)
    roles: dict[str, Record] = field(default_factory=dict)


def draw(graph: KnowledgeGraph) -> Chart:
    """Make the records of a graph; the same graph gives the same records."""
    documents = {name: number for number, name in enumerate(graph.documents)}
    sentences: dict[tuple[str, Span], int] = {}
    chart = Chart(documents=[_document(document, graph.copies) for document in graph.documents.values()])
    for statement in graph.statements:
        for number, occurrence in enumerate(occurrences(statement), 1):
            first = len(chart.evidence)
            for item in occurrence.evidence:
                sentence = sentences.setdefault((item.document, item.sentence), len(sentences))
                chart.evidence.append(_evidence(item, sentence))
            told = {first + place: status(item) for place, item in enumerate(occurrence.evidence)}
            for one in (one for one in ORDER if one in occurrence.statuses):
                shown = [place for place, other in told.items() if other == one]
                line = _line(statement, f"{occurrence_id(statement.id, number)}-{one}", one)
                chart.lines.append(line | _full(disputed=occurrence.is_disputed, time=occurrence.time, evidence=shown))
    for document, (start, end) in sentences:
        text = graph.documents[document].text[start:end]
        chart.sentences.append({"document": documents[document], "text": text})
    chart.nodes.extend(_nodes(graph, chart.lines))
    _add_words(graph, chart)
    return chart


def _full(**values: object) -> Record:
    return {name: value for name, value in values.items() if value or type(value) is int}


def _document(document: Document, copies: Mapping[str, str]) -> Record:
    published = document.published.isoformat() if document.published else ""
    return _full(
        id=document.id,
        lang=document.lang,
        title=document.title or _opening(document.text),
        url=document.url,
        publisher=document.publisher,
        published=published,
        experimental=document.lang in trial_languages(),
        story=copies.get(document.id, ""),
    )


def _opening(text: str) -> str:
    """Return how a text begins: what an article without a title is known by."""
    words = " ".join(text[: 4 * OPENING].split())
    return words if len(words) <= OPENING else words[: OPENING - 1].rstrip() + "…"


def _line(statement: Statement, name: str, told: Status) -> Record:
    """Run the line to the actor that the statement reaches; the thing or office between the two goes on its label."""
    end = statement.recipient or statement.of or statement.object
    return {"id": name, "from": statement.subject, "to": end} | _full(
        thing=statement.object if end != statement.object else "",
        role=("recipient" if statement.recipient else "of") if end != statement.object else "",
        predicate=statement.predicate,
        status=told.value,
        statement=statement.id,
    )


def _evidence(evidence: Evidence, sentence: int) -> Record:
    start = evidence.sentence[0]
    length = evidence.sentence[1] - start

    def inside(span: Span) -> list[int]:
        return [span[0] - start, span[1] - start] if 0 <= span[0] - start < span[1] - start <= length else []

    return _full(
        sentence=sentence,
        cue=inside(evidence.cue),
        subject=inside(evidence.subject_at),
        object=inside(evidence.object_at),
        status=status(evidence).value,
        attribution=evidence.attribution.value,
        sources=list(evidence.sources),
        exact=evidence.exact_object,
        theme=evidence.theme,
        place=evidence.place,
        time=evidence.time,
        extractor=evidence.extractor,
        band=evidence.band,
    )


def _nodes(graph: KnowledgeGraph, lines: Iterable[Record]) -> Iterator[Record]:
    ends = [(str(line["from"]), str(line["to"])) for line in lines]
    # what no statement is about (a speaker, a place of evidence) has a name here but no place on the sheet
    on_sheet = {name for pair in ends for name in pair}
    on_sheet |= {graph.acts_for[name] for name in on_sheet if name in graph.acts_for}
    places = _places(graph, ends, sorted(on_sheet))
    figures = measure(sorted(on_sheet), ends)
    for entity in graph.entities.values():
        x, y = places.get(entity.id, (None, None))
        record = _full(
            kind=entity.kind,
            labels=entity_labels(entity),
            aliases=sorted({text for _, text in entity.aliases | entity.labels}),
            identifiers=[list(pair) for pair in sorted(entity.identifiers)],
            actsFor=entity.acts_for if entity.acts_for in graph.entities else "",
            broader=entity.broader if entity.broader in graph.entities else "",
            anonymous=entity.anonymous,
        )
        yield {"id": entity.id} | record | ({"x": x, "y": y} | figures[entity.id] if entity.id in places else {})


def _places(graph: KnowledgeGraph, ends: list[tuple[str, str]], names: list[str]) -> dict[str, tuple[int, int]]:
    """Place first what the page shows at first (states for their people, nobody nameless), then the rest around it."""
    widths = {name: _width(graph.entities[name]) for name in names}
    rolled = [(graph.acts_for.get(a, a), graph.acts_for.get(b, b)) for a, b in ends]
    first = {name for name in names if name not in graph.acts_for and not graph.entities[name].anonymous}
    core = [(a, b) for a, b in rolled if a in first and b in first]
    linked = {name for pair in core for name in pair}
    placed = arrange(sorted(linked), core, widths)
    anchors: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name not in placed:
            anchors[name] = {graph.acts_for[name]} if name in graph.acts_for else set()
    for a, b in ends:
        for one, other in ((a, b), (b, a)):
            if one in anchors and one not in graph.acts_for:
                anchors[one].add(graph.acts_for.get(other, other))
    return placed | hang(placed, {name: sorted(near) for name, near in anchors.items()}, core, widths)


def _width(entity: Entity) -> float:
    return LETTER * min(LONGEST, max(map(len, entity_labels(entity).values()))) + 16


def _add_words(graph: KnowledgeGraph, chart: Chart) -> None:
    """Add the words of the ontology for what occurs: predicates and their families, kinds, statuses, roles."""
    for name in sorted({str(line["predicate"]) for line in chart.lines}):
        predicate = predicates()[name]
        family = _family(predicate.event_class)
        chart.predicates[name] = _full(
            family=family,
            labels=dict(predicate.labels),
            definitions=dict(predicate.definitions),
            symmetric=predicate.symmetric,
        )
        chart.families[family] = {"labels": _labels(family), "balance": predicate.balance}
    for kind in sorted({entity.kind for entity in graph.entities.values()}):
        chart.kinds[kind] = {"labels": _labels(kind), "line": list(kinds()[kind])}
    for one in (*ORDER, "disputed"):
        chart.statuses[one] = {"labels": _labels(one), "bylines": dict(terms()[one].text(vocab.IR_BYLINE))}
    for role in ("recipient", "of"):
        chart.roles[role] = {"labels": _labels(role), "connectives": dict(terms()[role].text(vocab.IR_CONNECTIVE))}


def _family(event_class: str) -> str:
    """Return the PLOVER type of an event class, or the class right below the statement where it has none."""
    return terms()[event_class].link(vocab.RDFS_SUB_CLASS_OF) or event_class


def _labels(name: str) -> dict[str, str]:
    return dict(terms()[name].text(vocab.RDFS_LABEL))
