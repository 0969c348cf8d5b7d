"""How fast articles are read on one core, and what loading the model takes."""

import json
import subprocess
import sys
import time
from importlib.resources import files

import pytest

from kg.extract import extract
from kg.values import Document

pytestmark = pytest.mark.benchmark

ARTICLES = 40
WORDS_PER_SECOND = 1200
LOAD = """
import resource
import time
began = time.process_time()
from kg.extract.component import load
load("el")("Η Ρωσία και το Ιράν υπέγραψαν συνθήκη.")
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def test_articles_are_read_at_so_many_words_a_second_of_one_core() -> None:
    lines = (files("kg") / "train" / "texts" / "el-articles-1.jsonl").read_text(encoding="utf8").splitlines()[:ARTICLES]
    documents = [Document(record["id"], record["text"], "el") for record in map(json.loads, lines)]
    extract(documents[0])
    words, began = sum(len(document.text.split()) for document in documents), time.process_time()
    for document in documents:
        extract(document)
    rate = words / (time.process_time() - began)
    print(f"\n{words} words, {rate:.0f} a second of processor time")
    assert rate >= WORDS_PER_SECOND


def test_the_model_is_loaded_in_two_seconds_and_six_hundred_megabytes() -> None:
    run = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split())
    print(f"\nloaded, and one sentence read, in {seconds:.1f} s of processor time and {megabytes:.0f} MB")
    assert seconds <= 2
    assert megabytes <= 600
