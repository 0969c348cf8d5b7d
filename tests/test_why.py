import pytest

from kg.graph import KnowledgeGraph
from kg.why import why


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "said"),
    [
        ("IRN", "supplies", "missiles", ["claimed by United States", "denied by Iran"]),
        ("ιράν", "supplies", "_", ["claimed by United States", "denied by Iran"]),
        ("Russia", "signs_treaty", "Iran", ["announced by Sergei Lavrov"]),
        ("Iran", "signs_treaty", "Russia", ["announced by Sergei Lavrov"]),
        ("Russia", "_", "North Korea", ["asserted"]),
        ("Iran", "accuses", "_", []),
        ("missiles", "supplies", "Iran", []),
        ("Atlantis", "_", "_", []),
    ],
)
def test_every_reason_is_found_by_the_names_a_person_gives(
    example: KnowledgeGraph, subject: str, predicate: str, object_: str, said: list[str]
) -> None:
    assert sorted(reason.told for reason in why(example, subject, predicate, object_)) == said


def test_a_reason_shows_its_sentence_with_the_words_that_carry_it(example: KnowledgeGraph) -> None:
    (reason,) = why(example, "USA", "accuses", "IRN")
    assert "[κατηγόρησαν] την Τεχεράνη" in reason.sentence
    assert reason.said == "United States accuses Iran"
