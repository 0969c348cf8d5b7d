import re
from datetime import date
from pathlib import Path

import pytest

from kg.edtf import parse
from kg.errors import DataError
from kg.extract.time import find_times, resolve_time
from kg.extract.time_rules import load_time_words
from kg.tables import Row, read_table

PUBLISHED = date(2024, 10, 31)
CASES = [
    pytest.param(path.parent.name, row, id=f"{path.parent.name}:{row.line}")
    for path in sorted((Path(__file__).parents[1] / "languages").glob("*/times.psv"))
    for row in read_table(path, ("text", "edtf"))
]


@pytest.mark.parametrize(("lang", "row"), CASES)
def test_times_are_found_and_mean_what_a_reader_takes_them_for(lang: str, row: Row) -> None:
    text = re.sub(r"[\[\]]", "", row["text"])
    expected = list(zip(re.findall(r"\[(.*?)\]", row["text"]), row["edtf"].split(), strict=True))
    hits = find_times(text, PUBLISHED, lang)
    assert [hit.edtf for hit in hits] == [edtf for _, edtf in expected]
    for hit, (written, _) in zip(hits, expected, strict=True):
        found = text[hit.start : hit.end]
        assert written in found or found in written


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 150


def test_without_a_day_of_publication_only_dates_that_stand_alone_are_known() -> None:
    found = find_times("Χθες, τον Ιούνιο, την Τρίτη, στις 3 Μαΐου, το 2014 και στις 3 Μαΐου 2014.", None, "el")
    assert [hit.edtf for hit in found] == ["2014", "2014-05-03"]


@pytest.mark.parametrize(
    ("lang", "text", "cue", "edtf"),
    [
        ("el", "Ο Πούτιν και ο Κιμ υπέγραψαν συνθήκη τον Ιούνιο, και οι ΗΠΑ λένε πως η Πιονγκγιάνγκ έχει στείλει στρατιώτες.", "υπέγραψαν", "2024-06"),
        ("el", "Ο Πούτιν και ο Κιμ υπέγραψαν συνθήκη τον Ιούνιο, και οι ΗΠΑ λένε πως η Πιονγκγιάνγκ έχει στείλει στρατιώτες.", "έχει στείλει", ""),
        ("el", "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη τον Σεπτέμβριο ότι παρέδωσε πυραύλους.", "κατηγόρησαν", "2024-09"),
        ("el", "Αναγνώρισε το 2008 το Κόσοβο και προσχώρησε το 2017 στο ΝΑΤΟ.", "Αναγνώρισε", "2008"),
        ("el", "Αναγνώρισε το 2008 το Κόσοβο και προσχώρησε το 2017 στο ΝΑΤΟ.", "προσχώρησε", "2017"),
        ("en", "Russia, which annexed Crimea in 2014, attacked Kyiv on Tuesday.", "annexed", "2014"),
        ("en", "Russia, which annexed Crimea in 2014, attacked Kyiv on Tuesday.", "attacked", "2024-10-29"),
        ("en", "Israel struck Lebanon.", "struck", ""),
    ],
)  # fmt: skip
def test_a_time_belongs_to_the_cue_of_its_clause(lang: str, text: str, cue: str, edtf: str) -> None:
    start = text.index(cue)
    assert resolve_time(text, (0, len(text)), (start, start + len(cue)), PUBLISHED, lang) == edtf


def test_a_time_across_a_boundary_goes_to_the_nearest_cue() -> None:
    text = "Στο Κίεβο, όπου μίλησε την Τρίτη, κατηγόρησε τη Μόσχα."
    spoke, accused = ((text.index(word), text.index(word) + len(word)) for word in ("μίλησε", "κατηγόρησε"))
    sentence = (0, len(text))
    assert resolve_time(text, sentence, spoke, PUBLISHED, "el", rivals=[accused]) == "2024-10-29"
    assert resolve_time(text, sentence, accused, PUBLISHED, "el", rivals=[spoke]) == ""


def test_times_of_other_sentences_are_not_taken() -> None:
    text = "Συναντήθηκαν χθες. Υπέγραψαν συνθήκη."
    assert resolve_time(text, (19, len(text)), (19, 28), PUBLISHED, "el") == ""


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-10-31", date(2024, 10, 31), date(2024, 10, 31)),
        ("1990/1999", date(1990, 1, 1), date(1999, 12, 31)),
        ("2024-06-28/2024-07-03", date(2024, 6, 28), date(2024, 7, 3)),
        ("2023-12/2024-02", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_edtf_is_read_as_it_was_written(edtf: str, start: date, end: date) -> None:
    period = parse(edtf)
    assert (period.start, period.end, period.edtf) == (start, end, edtf)


@pytest.mark.parametrize("edtf", ["", "χθες", "2024-13", "2024-1-1-1", "20XX"])
def test_what_is_no_time_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(edtf)


CLAUSE = '[clause]\nbreak = ","\nfuture = "θα"\npast = "είχε"\nfuture_after = "θα"\n'


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("[clause", ":1:"),
        ("", r"\[clause\] needs"),
        (CLAUSE + '[[rule]]\nas = "month"\npattern = "{month}"', ":6: pattern: 'month'"),
        (CLAUSE + '\n[[rule]]\nas = "moon"\npattern = "x"', ":7: as = 'moon' is none of"),
        (CLAUSE + '[[rule]]\nas = "year"\npattern = "("', ":6: pattern"),
        (CLAUSE + '[[rule]]\nas = "year"\npattern = "x"\nset = 3', ":6: set is a table"),
    ],
)
def test_a_wrong_rule_is_named_by_file_and_line(tmp_path: Path, source: str, says: str) -> None:
    path = tmp_path / "times.toml"
    path.write_text(source, encoding="utf8")
    with pytest.raises(DataError, match=says):
        load_time_words(path)


def test_the_date_that_heads_a_paragraph_dates_all_of_it() -> None:
    text = (
        "1964: Η Άγκυρα καταγγέλλει το σύμφωνο του 1930, την ίδια ώρα που απελαύνει χιλιάδες Έλληνες.\nΗ Αθήνα αντιδρά."
    )
    for cue, edtf in (("απελαύνει", "1964"), ("αντιδρά", "")):
        start = text.index(cue)
        sentence = (0, text.index("\n")) if edtf else (text.index("\n") + 1, len(text))
        assert resolve_time(text, sentence, (start, start + len(cue)), PUBLISHED, "el") == edtf


def test_the_day_of_saying_so_is_not_the_day_of_what_is_said() -> None:
    text = "Η συνθήκη θα περιλαμβάνει στενότερη αμυντική συνεργασία, δήλωσε σήμερα ο Σεργκέι Λαβρόφ."
    start = text.index("συνεργασία")
    assert resolve_time(text, (0, len(text)), (start, start + 10), PUBLISHED, "el") == ""
