"""What leading names to entities adds to reading: run with ``--benchmarks -s``."""

import json
import time
from importlib.resources import files

import pytest

from kg.extract import extract
from kg.names import load_names
from kg.resolve import Resolver
from kg.values import Document

ARTICLES = 40
SHARE = 0.15


@pytest.mark.benchmark
def test_resolution_adds_at_most_fifteen_percent_to_extraction() -> None:
    lines = (files("kg") / "train" / "texts" / "el-articles-1.jsonl").read_text(encoding="utf8").splitlines()[:ARTICLES]
    documents = [Document(record["id"], record["text"], "el") for record in map(json.loads, lines)]
    resolver = Resolver(load_names(("el", "en")))
    resolver.resolve(extract(documents[0]))
    began = time.process_time()
    readings = [extract(document) for document in documents]
    extracted = time.process_time()
    claims = sum(len(resolver.resolve(reading)) for reading in readings)
    resolved = time.process_time()
    share = (resolved - extracted) / (extracted - began)
    print(
        f"\n{ARTICLES} articles, {claims} claims: resolution adds {share:.1%} to {extracted - began:.1f} s of extraction"
    )
    assert share <= SHARE
