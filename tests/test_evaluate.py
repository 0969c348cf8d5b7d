import json

import pytest

from kg.errors import DataError
from kg.evaluate import LEVELS, evaluate, read_statements


def said(subject, predicate, object_, **details):
    def named(words):
        text, _, key = words.partition("|")
        return {"text": text, "key": key or None}

    statement = {
        "subject": named(subject),
        "predicate": predicate,
        "object": named(object_),
        "polarity": "positive",
        "modality": "actual",
    }
    for role in ("recipient", "of"):
        if role in details:
            statement[role] = named(details.pop(role))
    return {**statement, "sources": [named(s) for s in details.pop("sources", ())], **details}


SUPPLIES = said(
    "Τεχεράνη|IRN", "supplies", "πυραύλους|missiles", recipient="Ρωσία|RUS", sources=["ΗΠΑ|USA"], time="2024-09"
)


@pytest.mark.parametrize(
    ("found", "reached"),
    [
        (SUPPLIES, "dyad event triple claim full"),
        ({**SUPPLIES, "time": "2024"}, "dyad event triple claim"),
        ({**SUPPLIES, "sources": []}, "dyad event triple"),
        ({**SUPPLIES, "polarity": "negative"}, "dyad event triple"),
        ({**SUPPLIES, "predicate": "aids"}, "dyad event"),
        (said("Ιράν|IRN", "aids", "Ρωσία|RUS"), "dyad event"),
        (said("Ρωσία|RUS", "attacks", "Ιράν|IRN"), ""),
        (said("Ιράν|IRN", "attacks", "πυραύλων|missiles"), "dyad"),
        (said("Ισραήλ|ISR", "supplies", "πυραύλους|missiles"), ""),
    ],
)
def test_each_level_is_stricter_than_the_one_before(found, reached):
    result = evaluate({"a": [SUPPLIES]}, {"a": [found]})
    assert [level for level in LEVELS if result.figure(level).matched] == reached.split()


def test_direction_counts_unless_the_predicate_is_symmetric():
    signs, accuses = (said("Ρωσία|RUS", predicate, "Ιράν|IRN") for predicate in ("signs_treaty", "accuses"))
    for gold, matched in ((signs, 1), (accuses, 0)):
        turned = {**gold, "subject": gold["object"], "object": gold["subject"]}
        assert evaluate({"a": [gold]}, {"a": [turned]}).figure("triple").matched == matched


def test_an_alternative_predicate_counts():
    gold = {**said("Α|RUS", "attacks", "Β|UKR"), "alt": ["coerces"]}
    assert evaluate({"a": [gold]}, {"a": [said("Α|RUS", "coerces", "Β|UKR")]}).figure("triple").f1 == 1


def test_optional_statements_are_neither_required_nor_wrong():
    optional = {**said("Α|RUS", "attacks", "Β|UKR"), "optional": True}
    for found in ([], [said("Α|RUS", "attacks", "Β|UKR")]):
        figure = evaluate({"a": [SUPPLIES, optional]}, {"a": [SUPPLIES, *found]}).figure("triple")
        assert (figure.matched, figure.gold, figure.found) == (1, 1, 1)


def test_a_repeated_statement_counts_once():
    figure = evaluate({"a": [SUPPLIES, SUPPLIES]}, {"a": [SUPPLIES]}).figure("claim")
    assert (figure.matched, figure.gold, figure.found) == (1, 1, 1)


def test_leak_is_the_share_of_qualified_statements_that_came_out_as_plain_fact():
    denied = {**said("Κίνα|CHN", "attacks", "Ινδία|IND"), "polarity": "negative"}
    gold = {"a": [SUPPLIES, denied, said("Α|GRC", "meets", "Β|TUR")]}
    found = {"a": [{**SUPPLIES, "sources": []}, denied, said("Α|GRC", "meets", "Β|TUR")]}
    result = evaluate(gold, found)
    assert (result.leak, result.qualified) == (0.5, 2)


def test_people_of_one_state_are_one_actor_only_by_name():
    lavrov = {"text": "Σεργκέι Λαβρόφ", "key": "Lavrov", "state": "RUS"}
    putin = {"text": "Πούτιν", "key": "Putin", "state": "RUS"}
    russia = {"text": "Ρωσία", "key": "RUS"}
    gold = {**SUPPLIES, "subject": lavrov}
    for subject, matched in ((putin, 0), (russia, 1), ({**lavrov, "text": "Λαβρόφ"}, 1)):
        assert evaluate({"a": [gold]}, {"a": [{**SUPPLIES, "subject": subject}]}).figure("triple").matched == matched


def test_the_interval_holds_the_figure_and_is_the_same_each_time():
    gold = {str(n): [SUPPLIES] for n in range(20)}
    found = {str(n): [SUPPLIES] for n in range(0, 20, 2)}
    first, second = evaluate(gold, found), evaluate(gold, found)
    low, high = first.interval("triple")
    assert low < first.figure("triple").f1 < high
    assert (low, high) == second.interval("triple")


def test_a_bad_line_is_named_with_file_and_number(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "statements": []}) + "\n{\n", encoding="utf8")
    with pytest.raises(DataError, match=r"gold\.jsonl:2:"):
        read_statements(path)
