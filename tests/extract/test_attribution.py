from kg.extract.attribution import attribute
from kg.extract.decode import decode

ROLES = {"subject": {"Ρωσία": 0.9}, "object": {"Ιράν": 0.9}}


def said_by(doc, thresholds, weights):
    (claim,) = attribute(doc, decode(doc, thresholds, weights))
    return claim.attribution, [source.text for source in claim.sources]


def test_the_article_itself_says_what_nobody_is_said_to_say(make_doc, thresholds, weights):
    doc = make_doc("Η Ρωσία στηρίζει το Ιράν", frames=[("στηρίζει", "supports", ROLES)])
    assert said_by(doc, thresholds, weights) == ("narrator", [])


def test_a_claim_with_sources_is_theirs(make_doc, thresholds, weights):
    roles = {**ROLES, "sources": {"ΗΠΑ": 0.8}}
    doc = make_doc("Η Ρωσία στηρίζει το Ιράν , είπαν οι ΗΠΑ", frames=[("στηρίζει", "supports", roles)])
    assert said_by(doc, thresholds, weights) == ("named", ["ΗΠΑ"])


def test_what_hangs_on_a_verb_of_saying_without_a_subject_is_unnamed(make_doc, thresholds, weights):
    doc = make_doc(
        "Είπε ότι η Ρωσία στηρίζει το Ιράν",
        heads=[0, 4, 3, 4, 0, 6, 4],
        deps=["ROOT", "mark", "det", "nsubj", "ccomp", "det", "obj"],
        pos=["VERB", "SCONJ", "DET", "PROPN", "VERB", "DET", "PROPN"],
        frames=[("στηρίζει", "supports", ROLES)],
    )
    assert said_by(doc, thresholds, weights) == ("unnamed", [])


def test_the_subject_of_the_verb_of_saying_is_the_source(make_doc, thresholds, weights):
    doc = make_doc(
        "Ο Λαβρόφ είπε ότι η Ρωσία στηρίζει το Ιράν",
        heads=[1, 2, 2, 6, 5, 6, 2, 8, 6],
        deps=["det", "nsubj", "ROOT", "mark", "det", "nsubj", "ccomp", "det", "obj"],
        pos=["DET", "PROPN", "VERB", "SCONJ", "DET", "PROPN", "VERB", "DET", "PROPN"],
        names={"Λαβρόφ": "PERSON"},
        frames=[("στηρίζει", "supports", ROLES)],
    )
    assert said_by(doc, thresholds, weights) == ("named", ["Λαβρόφ"])


def test_a_quotation_is_its_speakers(make_doc, thresholds, weights):
    doc = make_doc(
        "« Η Ρωσία στηρίζει το Ιράν » δήλωσε ο Λαβρόφ",
        heads=[3, 2, 3, 7, 5, 3, 3, 7, 9, 7],
        deps=["punct", "det", "nsubj", "ccomp", "det", "obj", "punct", "ROOT", "det", "nsubj"],
        pos=["PUNCT", "DET", "PROPN", "VERB", "DET", "PROPN", "PUNCT", "VERB", "DET", "PROPN"],
        names={"Λαβρόφ": "PERSON"},
        frames=[("στηρίζει", "supports", ROLES)],
    )
    assert said_by(doc, thresholds, weights) == ("named", ["Λαβρόφ"])


def test_a_quotation_without_a_speaker_is_unnamed(make_doc, thresholds, weights):
    doc = make_doc("« Η Ρωσία στηρίζει το Ιράν »", frames=[("στηρίζει", "supports", ROLES)])
    assert said_by(doc, thresholds, weights) == ("unnamed", [])


def test_a_few_words_in_quotation_marks_are_no_quotation(make_doc, thresholds, weights):
    doc = make_doc("Η Ρωσία « στηρίζει » το Ιράν", frames=[("στηρίζει", "supports", ROLES)])
    assert said_by(doc, thresholds, weights) == ("narrator", [])


def test_an_office_is_the_articles_own_even_inside_a_quotation(make_doc, thresholds, weights):
    doc = make_doc(
        "« Ο υπουργός Σεργκέι Λαβρόφ έρχεται »",
        names={"Σεργκέι Λαβρόφ": "PERSON"},
        frames=[("υπουργός", "holds_office", {"subject": {"Σεργκέι": 0.9}, "sources": {"Λαβρόφ": 0.9}})],
    )
    assert said_by(doc, thresholds, weights) == ("narrator", [])


def test_what_hangs_on_a_verb_of_denying_is_denied_by_its_subject(make_doc, thresholds, weights):
    words = "Η Γαλλία αρνείται ότι η Ρωσία στηρίζει το Ιράν"
    tree = {
        "heads": [1, 2, 2, 6, 5, 6, 2, 8, 6],
        "deps": ["det", "nsubj", "ROOT", "mark", "det", "nsubj", "ccomp", "det", "obj"],
        "pos": ["DET", "PROPN", "VERB", "SCONJ", "DET", "PROPN", "VERB", "DET", "PROPN"],
        "names": {"Γαλλία": "GPE", "Ιράν": "GPE"},
    }
    roles = {**ROLES, "sources": {"Ιράν": 0.9}}
    (claim,) = attribute(
        *_decoded(make_doc(words, frames=[("στηρίζει", "supports", roles)], **tree), thresholds, weights)
    )
    assert (claim.polarity, [source.text for source in claim.sources]) == ("negative", ["Γαλλία"])
    negated = make_doc(
        f"Δεν {words}",
        frames=[("στηρίζει", "supports", ROLES)],
        **{
            **tree,
            "heads": [3, *(h + 1 for h in tree["heads"])],
            "deps": ["advmod", *tree["deps"]],
            "pos": ["PART", *tree["pos"]],
        },
    )
    (claim,) = attribute(*_decoded(negated, thresholds, weights))
    assert claim.polarity == "positive"


def _decoded(doc, thresholds, weights):
    return doc, decode(doc, thresholds, weights)


def test_a_remark_on_who_says_it_gives_the_source(make_doc, thresholds, weights):
    doc = make_doc(
        "Η Ρωσία στηρίζει το Ιράν , όπως αποκάλυψε ο Λαβρόφ",
        heads=[1, 2, 2, 4, 2, 7, 7, 2, 9, 7],
        deps=["det", "nsubj", "ROOT", "det", "obj", "punct", "mark", "advcl", "det", "nsubj"],
        pos=["DET", "PROPN", "VERB", "DET", "PROPN", "PUNCT", "SCONJ", "VERB", "DET", "PROPN"],
        names={"Λαβρόφ": "PERSON"},
        frames=[("στηρίζει", "supports", ROLES)],
    )
    assert said_by(doc, thresholds, weights) == ("named", ["Λαβρόφ"])


def test_what_somebody_refuses_to_confirm_is_not_said(make_doc, thresholds, weights):
    doc = make_doc(
        "Η Γαλλία αρνήθηκε να επιβεβαιώσει ότι η Ρωσία στηρίζει το Ιράν",
        heads=[1, 2, 2, 4, 2, 8, 7, 8, 4, 10, 8],
        deps=["det", "nsubj", "ROOT", "aux", "ccomp", "mark", "det", "nsubj", "ccomp", "det", "obj"],
        pos=["DET", "PROPN", "VERB", "AUX", "VERB", "SCONJ", "DET", "PROPN", "VERB", "DET", "PROPN"],
        frames=[("στηρίζει", "supports", ROLES)],
    )
    assert not list(attribute(doc, decode(doc, thresholds, weights)))
