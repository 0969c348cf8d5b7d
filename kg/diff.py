"""Two graphs → what the newer one says otherwise: statements that are new, gone, or of another status."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph import KnowledgeGraph, said
from kg.status import is_disputed, statuses
from kg.values import Statement, Status


@dataclass(frozen=True, slots=True)
class Change:
    """One statement and its statuses before and after; none where the graph does not have it."""

    statement: Statement
    before: frozenset[Status]
    after: frozenset[Status]
    newly_disputed: bool = False

    @property
    def sign(self) -> str:
        """Return + for a new statement, - for one that is gone, ! for one newly disputed, ~ for another change."""
        if not self.before or not self.after:
            return "+" if self.after else "-"
        return "!" if self.newly_disputed else "~"


def diff(old: KnowledgeGraph, new: KnowledgeGraph) -> Iterator[Change]:
    """Yield each statement that is new, gone, or has other statuses, in the order of what they say."""
    before, after = ({said(statement): statement for statement in graph.statements} for graph in (old, new))
    for what in sorted(before.keys() | after.keys()):
        one, other = before.get(what), after.get(what)
        had, has = (statuses(each) if each else frozenset[Status]() for each in (one, other))
        disputed = other is not None and is_disputed(other) and not (one is not None and is_disputed(one))
        statement = other or one
        if statement and (had != has or disputed):
            yield Change(statement, had, has, disputed)
