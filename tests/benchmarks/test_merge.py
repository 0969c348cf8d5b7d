"""How long a million claims take to merge, and how much memory: run with ``--benchmarks -s``."""

import gc
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from kg.merge import merge
from kg.ontology import predicates
from kg.values import Attribution, Claim, Document, Entity, Mention, Modality, Polarity, ResolvedClaim, Step

A_DOCUMENT = 10
"""So many claims stand in one article."""
SIZES = (100_000, 1_000_000)
TEXT = "Το ένα κράτος έκανε κάτι στο άλλο κράτος, είπε κάποιος χθες. " * 10
SECONDS, MEGABYTES, SLACK = 60, 2048, 1.3


def some_claims(random: Random) -> list[ResolvedClaim]:
    """Return claims to put into article after article: the entities, predicates and times of a big graph."""
    states = [Entity(f"S{n}", "State", f"S{n}", frozenset({("en", f"State {n}")})) for n in range(200)]
    people = [
        Entity(f"p{n}", "Person", f"P{n}", frozenset({("el", f"Π {n}")}), acts_for=f"S{n % 200}") for n in range(400)
    ]
    taken = [each for each in predicates().values() if {"Actor"} == {*each.subject_kinds, *each.object_kinds}]
    claims = []
    for _ in range(20_000):
        start = 62 * random.randrange(10)
        marks = [Mention(start + at, start + at + 4, "") for at in (3, 14, 22)]
        subject, object_ = random.sample(states, 2)
        sources = (random.choice(people),) if random.random() < 0.4 else ()
        claim = Claim(
            marks[0], random.choice(taken).name, marks[1], marks[2], (start, start + 61),
            polarity=random.choice(list(Polarity)), modality=random.choice(list(Modality)),
            attribution=Attribution.NAMED if sources else Attribution.NARRATOR, sources=(marks[0],) * len(sources),
            time=random.choice(("", "2024", "2024-06", "2024-06-02")), extractor="model", confidence=random.random(),
        )  # fmt: skip
        steps = (
            ("subject", random.choice(list(Step))),
            ("object", Step.FORM),
            *(("source", Step.SURNAME) for _ in sources),
        )
        claims.append(ResolvedClaim(claim, subject, object_, sources=sources, steps=steps))
    return claims


def articles(count: int, claims: list[ResolvedClaim], random: Random) -> Iterator[tuple[Document, list[ResolvedClaim]]]:
    plain = Document("", TEXT, "el")
    for number in range(count // A_DOCUMENT):
        published = date(2020, 1, 1) + timedelta(days=number % 2000)
        yield replace(plain, id=f"article-{number}", published=published), random.sample(claims, A_DOCUMENT)


@pytest.mark.benchmark
def test_a_million_claims_merge_in_a_minute_and_two_gigabytes() -> None:
    took = {}
    claims = some_claims(Random(1))
    for size in SIZES:
        gc.collect()
        began = time.process_time()
        graph = merge(articles(size, claims, Random(size)), model="m")
        evidence = sum(len(statement.evidence) for statement in graph.statements)
        took[size] = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"\n{size} claims: {took[size]:.1f} s of processor time, {memory} MB, {len(graph.statements)} statements, {evidence} pieces of evidence"
        )
        del graph
    few, many = SIZES
    assert took[many] < SECONDS
    assert memory < MEGABYTES
    assert took[many] / took[few] <= many / few * SLACK
