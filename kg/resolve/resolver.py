"""Readings → resolved claims: every mention led to an entity, claims that cannot hold left out."""

from collections.abc import Iterator

from kg.names import Names
from kg.ontology import is_kind, predicates
from kg.resolve.mention import read_parts
from kg.resolve.page import Page, read_page
from kg.resolve.steps import Link, find_entity, slot_of
from kg.values import Claim, Mention, Reading, ResolvedClaim

ROLES = ("subject", "object", "recipient", "theme", "of", "place")


class Resolver:
    """Leads names to entities; sees one document at a time, and the shipped names."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def resolve(self, reading: Reading) -> tuple[ResolvedClaim, ...]:
        """Return the claims that hold between different entities of the kinds that their predicates take."""
        page = read_page(self.names, reading)
        resolved = (self._resolve_claim(page, claim) for claim in reading.claims)
        return tuple(claim for claim in resolved if claim is not None)

    def links(self, reading: Reading) -> Iterator[Link]:
        """Yield what each mention of each claim refers to and which step found it."""
        page = read_page(self.names, reading)
        for claim in reading.claims:
            yield from _links(page, claim).values()

    def _resolve_claim(self, page: Page, claim: Claim) -> ResolvedClaim | None:
        links = _links(page, claim)
        if not _holds(claim, links["subject"], links["object"]):
            return None
        entity = {role: link.entity for role, link in links.items()}
        return ResolvedClaim(
            claim,
            subject=entity["subject"],
            object=entity["object"],
            recipient=entity.get("recipient"),
            theme=entity.get("theme"),
            of=entity.get("of"),
            place=entity.get("place"),
            sources=tuple(entity[f"source {number}"] for number in range(len(claim.sources))),
            steps=tuple((role.partition(" ")[0], link.step) for role, link in links.items()),
        )


def _links(page: Page, claim: Claim) -> dict[str, Link]:
    links: dict[str, Link] = {}
    for role, mention in _mentions(claim):
        parts = read_parts(page, mention)
        slot = slot_of(claim, role)
        entity, step = find_entity(parts, slot)
        links[role] = Link(mention, role, entity, step)
    return links


def _mentions(claim: Claim) -> Iterator[tuple[str, Mention]]:
    for role in ROLES:
        mention: Mention | None = getattr(claim, role)
        if mention is not None:
            yield role, mention
    for number, source in enumerate(claim.sources):
        yield f"source {number}", source


def _holds(claim: Claim, subject: Link, object_: Link) -> bool:
    if subject.entity.id == object_.entity.id:
        return False
    predicate = predicates()[claim.predicate]
    for link, kinds in ((subject, predicate.subject_kinds), (object_, predicate.object_kinds)):
        if link.certain and not any(is_kind(link.entity.kind, kind) for kind in kinds):
            return False
    return True
