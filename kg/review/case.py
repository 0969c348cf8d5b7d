"""One doubtful case, and how it is shown: comments that say what and where, and a decision to paste."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.decisions import write_entry
from kg.graph import KnowledgeGraph
from kg.labels import quote
from kg.status import sort_key
from kg.values import Evidence

Values = Mapping[str, str | tuple[str, ...]]
"""The keys of a decision and what they say."""


@dataclass(frozen=True, slots=True)
class Case:
    """A doubt: its value, what is asked, a sentence that shows it, and the decision that would settle it."""

    value: float
    question: str
    evidence: Evidence
    sentence: str
    kind: str
    """The kind of decision: same, different, drop."""
    values: Values
    reason: str


def make_case(
    graph: KnowledgeGraph,
    value: float,
    question: str,
    evidence: Evidence,
    decision: tuple[str, Values, str],
) -> Case:
    """Return a case with the sentence of its evidence; ``decision`` is kind, values and reason."""
    sentence = " ".join(quote(graph.documents[evidence.document], evidence).split())
    kind, values, reason = decision
    return Case(round(value, 2), question, evidence, sentence, kind, values, reason)


def render_case(case: Case, day: date) -> str:
    """Return a case as lines of TOML: two comments, and the entry, dated the day it is decided on."""
    published = str(case.evidence.published or "")
    where = " ".join(filter(None, (published, case.evidence.document)))
    lines = [f"# {case.value:.2f} {case.question}", f"# {case.sentence} [{where}]"]
    return "\n".join([*map(_one_line, lines), write_entry(case.kind, case.values, case.reason, day)])


def _one_line(text: str) -> str:
    """Leave nothing in a comment that could end it, or that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def evidence_by_entity(graph: KnowledgeGraph) -> Mapping[str, list[Evidence]]:
    """Return entity id → the evidence of its statements, the surest first."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for statement in graph.statements:
        roles = (statement.subject, statement.object, statement.recipient, statement.of)
        for item in statement.evidence:
            for entity_id in {*roles, item.exact_object, item.theme, item.place, *item.sources} - {""}:
                found[entity_id].append(item)
    return {name: sorted(items, key=lambda item: (-item.band, sort_key(item))) for name, items in found.items()}
