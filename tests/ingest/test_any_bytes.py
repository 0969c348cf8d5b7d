import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from kg.errors import InputError
from kg.ingest import read, suffixes
from kg.ingest.draft import clean
from kg.ingest.markdown import plain_text
from kg.values import Document

TEXT = st.text(st.sampled_from('{}[]"\\,;:-#*_>\n\r\t |αβγάabc0123.«»\u00a0\u200b\u0301\ufeff\ud83d\udc4d')).map(
    lambda text: text.encode("utf8", "replace")
)
HEADS = st.sampled_from(
    [b"", b"date 2024-10-31 ", b"---\ntitle: a\n---\n", b"text,id\n", b'{"text": "', b"<html><p>", b"\xff\xfe"]
)


@pytest.mark.parametrize("suffix", suffixes())
@given(content=st.builds(lambda head, body: head + body, HEADS, TEXT | st.binary()))
@settings(max_examples=60, deadline=None)
def test_whatever_a_file_holds_it_is_read_or_told_in_one_line(suffix: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        for found in read(path, lang="el"):
            if isinstance(found, InputError):
                assert "\n" not in str(found)
            else:
                assert isinstance(found, Document)
                assert found.text.strip()
                assert clean(found.text) == found.text
                found.text.encode()


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.sampled_from("*_#>-\n ab")))
def test_marks_of_markdown_are_taken_out_without_touching_words(text: str) -> None:
    assert re.findall("[ab]", plain_text(text)) == re.findall("[ab]", text)
