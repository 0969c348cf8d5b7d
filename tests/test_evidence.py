"""Whatever form an article comes in, every name, cue and sentence of what is read in it stands where it says."""

import csv
import html
import io
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as some

from kg.extract import extract
from kg.ingest import read, suffixes
from kg.interchange import read_line, write_line
from kg.names import load_names
from kg.resolve import Resolver
from kg.values import Document, Mention, ResolvedClaim

PASSAGES = (
    "Η Ρωσία και το Ιράν υπέγραψαν συνθήκη τον Ιούνιο.",
    "Ο Σεργκέι Λαβρόφ δήλωσε ότι η Μόσχα θα υπογράψει συμφωνία με την Τεχεράνη. Ο ίδιος αρνήθηκε ότι αγόρασε όπλα.",
    "Οι Ηνωμένες Πολιτείες κατηγόρησαν την Τεχεράνη ότι παρέδωσε «βαλλιστικούς πυραύλους» στη Ρωσία· εκείνη το διαψεύδει.",
    "Ο Εμανουέλ Μακρόν επισκέφθηκε το Κίεβο, όπου συνάντησε τον Ζελένσκι. Ο Γάλλος πρόεδρος επέκρινε τη Μόσχα.",
    "Η ΤΟΥΡΚΙΑ ΕΠΕΒΑΛΕ ΚΥΡΩΣΕΙΣ ΣΤΟ ΙΣΡΑΗΛ",
    "Russia & Iran signed a treaty, Sergei Lavrov said; he denied that Tehran <b>supplies</b> missiles.",
)
BETWEEN = (
    " ",
    "\n\n",
    "\n",
    "\r\n",
    "\u00a0",
    " 👍🏽 ",
    "\u200b ",
    "\ufeff",
    " e\u0301 ",
    " &amp; ",
    " * ",
    "\t",
    " — ",
)


def article(passages: list[str], between: list[str]) -> str:
    pairs = zip(passages, [*between, ""], strict=False)
    return "".join(passage + gap for passage, gap in pairs)


ARTICLES = some.builds(
    article,
    some.lists(some.sampled_from(PASSAGES), min_size=1, max_size=4),
    some.lists(some.sampled_from(BETWEEN), min_size=4, max_size=4),
)


def as_text(text: str) -> str:
    return f"date 2024-10-31\n{text}"


def as_markdown(text: str) -> str:
    return f"---\ntitle: Ρωσία και Ιράν\ndate: 2024-10-31\n---\n# Είδηση\n\n{text}\n"


def as_html(text: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(each)} <a href='#'>&nbsp;&hellip;</a></p>" for each in text.split("\n\n"))
    return (
        "<!doctype html><html lang='el'><head><meta charset='utf-8'><title>Ρωσία &amp; Ιράν</title></head><body>"
        f"<nav><a href='/'>Αρχική</a></nav><article><h1>Ρωσία &amp; Ιράν</h1>{paragraphs}</article></body></html>"
    )


def as_jsonl(text: str) -> str:
    return json.dumps({"id": "a", "lang": "el", "date": "2024-10-31", "title": "Ρωσία και Ιράν", "text": text}) + "\n"


def as_table(text: str, delimiter: str) -> str:
    rows = io.StringIO()
    csv.writer(rows, delimiter=delimiter).writerows([["id", "lang", "text"], ["a", "el", text]])
    return rows.getvalue()


def as_csv(text: str) -> str:
    return as_table(text, ",")


def as_tsv(text: str) -> str:
    return as_table(text, "\t")


FORMS: dict[str, Callable[[str], str]] = {
    ".csv": as_csv, ".htm": as_html, ".html": as_html, ".jsonl": as_jsonl, ".markdown": as_markdown,
    ".md": as_markdown, ".ndjson": as_jsonl, ".tsv": as_tsv, ".txt": as_text, ".xhtml": as_html,
}  # fmt: skip


def documents(suffix: str, text: str) -> list[Document]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(FORMS[suffix](text).encode("utf8"))
        return [found for found in read(path, lang="el") if isinstance(found, Document)]


def mentions(resolved: ResolvedClaim) -> list[Mention]:
    claim = resolved.claim
    roles = (claim.subject, claim.object, claim.cue, claim.recipient, claim.theme, claim.of, claim.place)
    return [each for each in (*roles, *claim.sources) if each is not None]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load_names(("el", "en")))


@pytest.mark.parametrize("suffix", suffixes())
def test_every_form_of_an_article_says_something(suffix: str, resolver: Resolver) -> None:
    (document,) = documents(suffix, "\n\n".join(PASSAGES))
    assert len(resolver.resolve(extract(document))) > 2


@pytest.mark.parametrize("suffix", suffixes())
@given(text=ARTICLES)
@settings(max_examples=12)
def test_all_that_is_read_stands_where_it_says(suffix: str, resolver: Resolver, text: str) -> None:
    for document in documents(suffix, text):
        reading = extract(document)
        for name in reading.names:
            assert document.text[name.start : name.end] == name.text
        claims = resolver.resolve(reading)
        for claim in claims:
            start, end = claim.claim.sentence
            assert all(document.text[each.start : each.end] == each.text != "" for each in mentions(claim))
            assert start <= claim.claim.cue.start < claim.claim.cue.end <= end
        assert read_line(write_line(document, claims)) == (document, claims)
