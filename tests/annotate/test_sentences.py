import pytest
from hypothesis import given, strategies

from kg.annotate.sentences import split_sentences


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("el", "Η Ρωσία απάντησε. Το Ιράν σώπασε.", ["Η Ρωσία απάντησε.", "Το Ιράν σώπασε."]),
        ("el", "Ο κ. Λαβρόφ μίλησε. Ο Σ. Λαβρόφ έφυγε.", ["Ο κ. Λαβρόφ μίλησε.", "Ο Σ. Λαβρόφ έφυγε."]),
        ("el", "«Θα έρθει;» ρώτησε. «Ναι.» Έφυγε.", ["«Θα έρθει;» ρώτησε.", "«Ναι.»", "Έφυγε."]),
        ("el", "Τίτλος χωρίς τελεία\n\nΗ πρώτη φράση.", ["Τίτλος χωρίς τελεία", "Η πρώτη φράση."]),
        ("el", "Κόστισε 3.5 δισ. ευρώ φέτος.", ["Κόστισε 3.5 δισ. ευρώ φέτος."]),
        (
            "en",
            "Mr. Blinken met Mr. Fidan in Ankara. They talked.",
            ["Mr. Blinken met Mr. Fidan in Ankara.", "They talked."],
        ),
        ("en", 'The U.S. Navy said so. "Yes," he said.', ["The U.S. Navy said so.", '"Yes," he said.']),
        ("el", "", []),
        ("el", " \n ", []),
    ],
)
def test_text_is_cut_where_sentences_end(lang, text, expected):
    assert [text[a:b] for a, b in split_sentences(text, lang)] == expected


@given(strategies.text(alphabet='Αβγ .!;»«"\n1aB', max_size=60))
def test_sentences_are_in_order_apart_and_leave_out_nothing_but_space(text):
    spans = list(split_sentences(text, "el"))
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
