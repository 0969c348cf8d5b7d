"""Which stage loses what, on a gold text made for it, through the shipped model."""

import pytest

from kg.diagnose import INVENTED, MISREAD, MISSED, diagnose

TEXT = "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη ότι παρέδωσε πυραύλους στη Ρωσία. Η Γαλλία φοβάται τη βροχή."


def named(words, key=""):
    at = TEXT.index(words)
    return {"text": words, "key": key or words, "start": at, "end": at + len(words)}


def said(subject, predicate, object_, cue, **details):
    return {
        "subject": named(subject), "predicate": predicate, "object": named(object_), "cue": named(cue), "polarity": "positive",
        "modality": "actual", "sources": [], **details,
    }  # fmt: skip


ACCUSES = said("ΗΠΑ", "accuses", "Τεχεράνη", "κατηγόρησαν")
SUPPLIES = said("Τεχεράνη", "supplies", "πυραύλους", "παρέδωσε", sources=[named("ΗΠΑ")])


def faults(gold, found):
    record = {"id": "a", "lang": "el", "date": "2024-10-31", "text": TEXT, "statements": gold}
    return [(fault.kind, fault.stage) for fault in diagnose([record], {"a": found}).faults]


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([ACCUSES], [ACCUSES], []),
        ([ACCUSES], [], [(MISSED, "entity")]),  # the model makes it: who is meant must have been lost
        ([said("Γαλλία", "sanctions", "βροχή", "φοβάται")], [], [(MISSED, "cue")]),
        ([ACCUSES], [{**ACCUSES, "predicate": "threatens"}], [(MISSED, "predicate"), (INVENTED, "predicate")]),
        ([SUPPLIES], [{**SUPPLIES, "sources": []}], [(MISREAD, "source")]),
        ([SUPPLIES], [{**SUPPLIES, "modality": "planned"}], [(MISREAD, "modality")]),
        ([SUPPLIES], [SUPPLIES, said("Γαλλία", "supplies", "πυραύλους", "παρέδωσε")], [(INVENTED, "subject")]),
        ([SUPPLIES], [SUPPLIES, said("Γαλλία", "visits", "Ρωσία", "φοβάται")], [(INVENTED, "no statement there")]),
        ([], [ACCUSES], [(INVENTED, "text states nothing")]),
    ],
)
def test_a_fault_is_laid_at_the_stage_that_made_it(gold, found, expected):
    assert faults(gold, found) == expected


def test_the_gold_is_counted_by_how_it_is_said():
    record = {"id": "a", "lang": "el", "date": "2024-10-31", "text": TEXT, "statements": [ACCUSES, SUPPLIES]}
    diagnosis = diagnose([record], {"a": [ACCUSES, SUPPLIES]})
    assert diagnosis.traits == {"clause": 2, "plain": 1, "attributed": 1}
