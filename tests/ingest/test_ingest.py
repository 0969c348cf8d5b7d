import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError, LeftOut
from kg.ingest import read, read_all
from kg.values import Document

GREEK = "Η Ρωσία και το Ιράν υπέγραψαν χθες στη Μόσχα συνθήκη για μια συνολική στρατηγική σύμπραξη."
ENGLISH = "Russia and Iran signed a treaty on a comprehensive strategic partnership in Moscow yesterday."
FRENCH = "La Russie et l'Iran ont signé hier à Moscou un traité de partenariat stratégique, a déclaré le ministre."

HTML = f"""<!DOCTYPE html>
<!-- saved from url=(0041)https://news.example/2024/10/31/treaty.html -->
<html lang="el-GR"><head><meta charset="utf-8"><meta property="og:title" content="Νέα συνθήκη">
<meta property="og:site_name" content="Τα Νέα του Κόσμου">
<meta property="article:published_time" content="2024-10-31T12:00:00+02:00"></head>
<body><nav>Μενού</nav><article><h1>Νέα συνθήκη</h1><p>{GREEK} {GREEK}</p>
<p>Το Κρεμλίνο ανακοίνωσε ότι θα ακολουθήσει δεύτερη συνάντηση στην Τεχεράνη.</p></article></body></html>"""


def only(source: Path, **options: str) -> Document:
    (found,) = read(source, **options)
    assert isinstance(found, Document), found
    return found


def complaint(source: Path) -> str:
    (found,) = read(source)
    assert isinstance(found, InputError), found
    assert "\n" not in str(found)
    return str(found)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "header", ["date 2024-10-31 ", " date 2024-10-31 ", "state date 2024-10-31\n", "date: 2024-10-31\n\n"]
)
def test_a_text_file_may_begin_with_its_date(tmp_path: Path, header: str) -> None:
    document = only(write(tmp_path / "a.txt", header + GREEK + "\n"))
    assert (document.published, document.text, document.lang) == (date(2024, 10, 31), GREEK, "el")


def test_a_text_without_id_or_address_is_named_by_its_hash(tmp_path: Path) -> None:
    document = only(write(tmp_path / "a.txt", ENGLISH))
    assert document.id == document.sha256
    assert document.lang == "en"


def test_a_short_first_line_is_the_title(tmp_path: Path) -> None:
    assert (
        only(write(tmp_path / "a.txt", f"Νέα συνθήκη Ρωσίας και Ιράν\n\n{GREEK}")).title
        == "Νέα συνθήκη Ρωσίας και Ιράν"
    )
    assert only(write(tmp_path / "b.txt", f"{GREEK}\n\n{GREEK}")).title == ""


def test_markdown_gives_its_front_matter_and_loses_its_marks(tmp_path: Path) -> None:
    source = (
        "---\ntitle: 'Νέα συνθήκη: τι προβλέπει'\ndate: 2024-10-31\nurl: https://news.example/a\npublisher: Κόσμος\nlang: el\n---\n"
        "# Νέα συνθήκη: τι προβλέπει\n\nΗ **Ρωσία** και το [Ιράν](https://x.example) υπέγραψαν\n_χθες_ συνθήκη.\n\n> Δεύτερη παράγραφος.\n"
    )
    document = only(write(tmp_path / "a.md", source))
    assert (
        document.text
        == "Νέα συνθήκη: τι προβλέπει\n\nΗ Ρωσία και το Ιράν υπέγραψαν χθες συνθήκη.\n\nΔεύτερη παράγραφος."
    )
    assert (document.id, document.published, document.publisher) == (
        "https://news.example/a",
        date(2024, 10, 31),
        "Κόσμος",
    )
    assert document.title == "Νέα συνθήκη: τι προβλέπει"


def test_jsonl_gives_each_record_with_its_text_untouched(tmp_path: Path) -> None:
    record = {
        "id": "a1",
        "lang": "el",
        "date": "2024-10-31T10:00:00Z",
        "text": f"  {GREEK}\n",
        "publisher": None,
        "statements": [],
    }
    document = only(write(tmp_path / "a.jsonl", json.dumps(record) + "\n\n"))
    assert document == Document("a1", f"  {GREEK}\n", "el", date(2024, 10, 31))


def test_a_title_apart_from_the_text_becomes_its_first_paragraph(tmp_path: Path) -> None:
    document = only(write(tmp_path / "a.jsonl", json.dumps({"id": 7, "title": "Συνθήκη", "text": GREEK})))
    assert (document.id, document.text) == ("7", f"Συνθήκη\n\n{GREEK}")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_whatever_separates_its_cells(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "lang", "date", "text"], ["a1", "el", "2024-10-31", f'"{GREEK}{delimiter} ""ναι""\nτέλος"']]
    document = only(write(tmp_path / "a.csv", "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"))
    assert document == Document("a1", f'{GREEK}{delimiter} "ναι"\nτέλος', "el", date(2024, 10, 31))


def test_a_saved_page_gives_article_date_address_and_publisher(tmp_path: Path) -> None:
    document = only(write(tmp_path / "a.html", HTML))
    assert document.text.startswith(f"Νέα συνθήκη\n\n{GREEK}")
    assert "Μενού" not in document.text
    assert (document.published, document.lang, document.publisher) == (date(2024, 10, 31), "el", "Τα Νέα του Κόσμου")
    assert document.id == document.url == "https://news.example/2024/10/31/treaty.html"


def test_texts_in_utf16_with_a_mark_are_read(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.txt", GREEK.encode("utf-16"))).text == GREEK


def test_decomposed_letters_and_invisible_characters_are_mended(tmp_path: Path) -> None:
    document = only(
        write(
            tmp_path / "a.txt",
            "Το Ιρ\u0061\u0301ν\u00ad και\u00a0η Ρωσι\u0301α\x00".replace("\x00", "") + " υπέγραψαν.",
        )
    )
    assert document.text == "Το Ιρáν και η Ρωσία υπέγραψαν."


def test_the_language_option_serves_texts_that_declare_none(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.txt", "ok"), lang="el").lang == "el"
    declared = write(tmp_path / "a.jsonl", json.dumps({"text": ENGLISH, "lang": "en-GB"}))
    assert only(declared, lang="el").lang == "en"


BAD = [
    ("a.txt", "", "empty"),
    ("a.txt", " \n\n", "empty"),
    ("a.txt", "date 2024-10-31 \n", "empty"),
    ("a.txt", "12345 — 67", "no words"),
    ("a.txt", b"\x7fELF\x00\x00\x01", "binary"),
    ("a.txt", GREEK.encode("cp1253"), "not valid UTF-8 (byte 0)"),
    ("a.txt", f"date 2024-02-30 {GREEK}", "date '2024-02-30' is none"),
    ("a.txt", f"date χθες {GREEK}", "date 'χθες' is none"),
    ("a.txt", FRENCH, "looks like 'fr'"),
    ("a.pdf", "%PDF", "no reader for .pdf"),
    ("a.md", f"---\ndate: 2024-13-01\n---\n{GREEK}", "date '2024-13-01' is none"),
    ("a.md", f"---\ntitle: [\n---\n{GREEK}", "not YAML"),
    ("a.md", f"---\n- a\n---\n{GREEK}", "not a table of fields"),
    ("a.jsonl", "", "no records"),
    ("a.jsonl", "{", ":1: not JSON"),
    ("a.jsonl", "[" * 100_000, ":1: not JSON"),
    ("a.jsonl", "[1]", "not a record"),
    ("a.jsonl", '{"id": "a"}', "no text"),
    ("a.jsonl", '{"text": 5}', "text is not text"),
    ("a.jsonl", '{"text": "\\ud800 κείμενο"}', "half a character"),
    ("a.jsonl", b'{"text": "\xff"}', ":1: not valid UTF-8"),
    ("a.jsonl", json.dumps({"text": GREEK, "lang": "xx"}), "language 'xx' is not supported"),
    ("a.jsonl", json.dumps({"text": GREEK, "date": "31/10/2024"}), "date '31/10/2024' is none"),
    ("a.csv", "", "no records"),
    ("a.csv", "id,body\n1,x\n", "no column 'text' (found: id, body)"),
    ("a.csv", "id,text\n1,κείμενο,πολύ\n", ":2: the row has another number of cells"),
    ("a.csv", "id,text\n1\n", ":2: the row has another number of cells"),
    ("a.csv", 'id,text\n1,"κεί"μενο"\n', "not CSV"),
    ("a.html", "", "empty"),
    ("a.html", "<html><body></body></html>", "no article"),
    ("a.html", b"\x00\x01\x02\x03", "no article"),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD, ids=[f"{name}-{says}" for name, _, says in BAD])
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, content: str | bytes, says: str) -> None:
    line = complaint(write(tmp_path / name, content))
    assert says in line
    assert line.startswith(str(tmp_path / name))


def test_a_missing_path_and_an_empty_folder_say_so(tmp_path: Path) -> None:
    assert "no such file or folder" in complaint(tmp_path / "nowhere")
    assert "no articles in the folder" in complaint(tmp_path)


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "text": GREEK}) for n in range(3)]
    found = list(read(write(tmp_path / "a.jsonl", "\n".join([lines[0], "nonsense", lines[1], lines[1], lines[2]]))))
    assert [isinstance(each, Document) for each in found] == [True, False, True, False, True]
    assert str(found[3]).endswith(f"a.jsonl:4: same id as {tmp_path}/a.jsonl:3 (1)")


def test_the_same_article_in_two_sources_is_read_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, GREEK) for name in ("a.txt", "b.txt")]
    first, second = read_all(paths)
    assert isinstance(first, Document)
    assert "same id as" in str(second)


def test_a_folder_is_read_in_order_and_counts_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".cache").mkdir()
    write(tmp_path / ".cache" / "x.txt", ENGLISH)
    write(tmp_path / "sub" / "c.txt", f"{GREEK} Τρίτο.")
    write(tmp_path / "b.txt", f"{GREEK} Δεύτερο.")
    write(tmp_path / "a.md", f"{GREEK} Πρώτο.")
    *documents, note = read(tmp_path)
    assert [document.text.split()[-1] for document in documents if isinstance(document, Document)] == [
        "Πρώτο.",
        "Δεύτερο.",
        "Τρίτο.",
    ]
    assert isinstance(note, LeftOut)
    write(tmp_path / "photo.jpg", b"\xff\xd8")
    write(tmp_path / "LICENSE", "text")
    *_, note = read(tmp_path)
    assert not isinstance(note, LeftOut)
    assert str(note) == f"{tmp_path}: files left out, no articles: 3 (1 .jpg, 1 hidden, 1 without suffix)"
