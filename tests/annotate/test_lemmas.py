import pytest

from kg.annotate.components import load
from kg.annotate.model import shipped_lemmas


@pytest.mark.parametrize(
    ("lang", "form", "tag", "lemma"),
    [
        ("el", "υπέγραψαν", "VERB", "υπογράφω"),
        ("el", "πυραύλους", "NOUN", "πύραυλος"),
        ("el", "στη", "ADP", "σε"),
        ("el", "ΚΥΣΕΑ", "NOUN", "ΚΥΣΕΑ"),
        ("el", "Χάρκιβ", "X", "Χάρκιβ"),
        ("en", "signed", "VERB", "sign"),
        ("en", "missiles", "NOUN", "missile"),
        ("en", "frobnicated", "VERB", "frobnicate"),
    ],
)
def test_a_form_has_its_lemma(lang, form, tag, lemma):
    assert shipped_lemmas()[lang].of(form, tag, lang) == lemma


def test_a_doc_has_lemmas_where_its_language_has_a_treebank():
    doc = load("el")("Οι ΗΠΑ κατηγόρησαν την Τεχεράνη.")
    assert [token.lemma_ for token in doc][1:3] == ["ΗΠΑ", "κατηγορώ"]
    assert not any(token.lemma_ for token in load("es")("Rusia firmó un tratado."))
