import pytest

from kg.errors import InputError
from kg.extract.trace import Step
from kg.values import Document
from kg.why_not import why_not

TEXT = "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη ότι παρέδωσε πυραύλους στη Ρωσία. Η Γαλλία φοβάται τη βροχή."
DOCUMENT = Document("a", TEXT, "el")


@pytest.mark.parametrize(("subject", "object_"), [("ΗΠΑ", "Τεχεράνη"), ("USA", "IRN"), ("united states", "τεχερανη")])
def test_what_was_read_is_said_to_have_passed_every_step_of_the_model(subject, object_):
    first = next(why_not(DOCUMENT, subject, object_))
    assert (first.trace.predicate, first.trace.step) == ("accuses", Step.LATER)
    assert TEXT[slice(*first.trace.cue)] == "κατηγόρησαν"
    assert first.sentence.startswith("Οι ΗΠΑ")


def test_what_was_not_read_is_traced_to_the_step_that_ended_it():
    ends = {near.trace.predicate: near.trace for near in why_not(DOCUMENT, "Γαλλία", "πυραύλους")}
    supplies = ends["supplies"]
    assert supplies.step is Step.SUBJECT
    assert [step for step, _, _ in supplies.steps] == [each for each in Step if each is not Step.LATER]
    assert all(0 <= reached <= 1 for _, reached, _ in supplies.steps)


def test_an_article_that_does_not_name_an_end_is_told_so():
    with pytest.raises(InputError, match="names no Κίνα"):
        list(why_not(DOCUMENT, "Κίνα", "IRN"))
