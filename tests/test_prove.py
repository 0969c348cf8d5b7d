from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import DataError, InputError
from kg.ontology import predicates
from kg.packs import languages, pack_folders, trial_languages
from kg.prove import MOST_KNOWN, Case, Expected, Outcome, Proof, find_lacks, prove, read_cases, read_known
from kg.values import Modality, Polarity

HEADER = "sentence|date|subject|predicate|object|polarity|modality|source"
SUPPLIES = Expected("IRN", "supplies", "missiles", Polarity.NEGATIVE, Modality.ACTUAL, frozenset({"IRN"}))
PROVED = tuple(code for code in languages() if code not in trial_languages())


@pytest.fixture(scope="module", params=PROVED)
def proof(request: pytest.FixtureRequest) -> Proof:
    return prove(request.param)


def test_the_pack_is_complete(proof: Proof) -> None:
    assert proof.lacks == ()


def test_enough_case_sentences_pass(proof: Proof) -> None:
    failed = [outcome.case.sentence for outcome in proof.counted if not outcome.is_passed]
    assert proof.share >= proof.floor, failed
    assert proof.is_green


def test_few_sentences_are_known_to_fail_and_each_is_a_case(proof: Proof) -> None:
    assert proof.known_share <= MOST_KNOWN
    assert proof.known.keys() <= {outcome.case.sentence for outcome in proof.outcomes}
    assert all(proof.known.values()), "a reason each"


@pytest.mark.parametrize("lang", PROVED)
def test_there_is_a_sentence_for_every_predicate_and_one_that_says_nothing(lang: str) -> None:
    cases = read_cases(pack_folders()[lang])
    assert {expected.predicate for case in cases for expected in case.expected} == predicates().keys()
    assert any(not case.expected for case in cases)


def test_spanish_has_sixty_sentences() -> None:
    assert len(read_cases(pack_folders()["es"])) >= 60


def write_cases(folder: Path, *lines: str) -> Path:
    (folder / "cases.psv").write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf8")
    return folder


def test_a_sentence_on_several_lines_is_one_case(tmp_path: Path) -> None:
    sentence = "Teherán niega que suministre misiles."
    lines = (f"{sentence}|2024-10-31|IRN|supplies|missiles|negative||IRN", f"{sentence}|2024-10-31|USA|accuses|IRN|||")
    (case,) = read_cases(write_cases(tmp_path, *lines))
    assert case.expected[0] == SUPPLIES
    assert [expected.predicate for expected in case.expected] == ["supplies", "accuses"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("A.|31 October|IRN|supplies|oil|||", "the date 31 October is none"),
        ("A.||IRN|delivers|oil|||", "there is no predicate delivers"),
        ("A.||IRN|supplies||||", "needs a subject and an object"),
        ("A.||IRN|supplies|oil||certain|", "'certain' is not a valid Modality"),
    ],
)
def test_a_wrong_case_is_told_with_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(DataError, match=rf"cases\.psv:2: .*{says}"):
        read_cases(write_cases(tmp_path, line))


def test_a_sentence_that_must_say_nothing_fails_when_something_is_found() -> None:
    case = Case("The museum opens.", None, ())
    assert Outcome(case, (), ()).is_passed
    assert not Outcome(case, (), ("FRA visits GRC",)).is_passed


def test_a_proof_is_green_at_its_floor_and_with_few_known_failures() -> None:
    passed, failed = Case("Passes.", None, (SUPPLIES,)), Case("Fails.", None, (SUPPLIES,))
    outcomes = (*(Outcome(passed, (), ()),) * 9, Outcome(failed, (SUPPLIES,), ()))
    assert Proof("xx", (), outcomes, {}, 0.9).is_green
    assert not Proof("xx", (), outcomes, {}, 0.95).is_green
    assert Proof("xx", (), outcomes, {"Fails.": "a reason"}, 1.0).is_green
    assert not Proof("xx", (), outcomes[5:], {"Fails.": "a reason"}, 1.0).is_green, "more than 15 % are known"
    assert not Proof("xx", ("times.toml: not there",), outcomes, {}, 0.5).is_green


def test_what_a_pack_of_names_lacks_is_said() -> None:
    lacks = list(find_lacks("fr", ()))
    assert {"times.toml: not there", "cases.psv: not there", "roles.psv: not there"} <= set(lacks)
    assert any(lack.startswith("places.psv: no name for the capital") for lack in lacks)
    assert any(lack.startswith("states.psv: no adjective for") for lack in lacks)


def test_predicates_without_a_case_are_named() -> None:
    cases = [Case("Teherán niega que suministre misiles.", None, (SUPPLIES,))]
    lacks = list(find_lacks("es", cases))
    assert any("no sentence for the predicate accuses" in lack for lack in lacks)
    assert "cases.psv: no sentence that must give nothing" in lacks


def test_a_language_without_a_pack_is_told_which_there_are() -> None:
    with pytest.raises(InputError, match="no pack for 'tlh'"):
        prove("tlh")


def test_the_command_leaves_with_1_for_a_pack_that_is_not_green() -> None:
    result = CliRunner().invoke(app, ["language", "check", "fr"])
    assert result.exit_code == 1
    assert "lacks  times.toml: not there" in result.stdout
    assert "fr: not green" in result.stdout


def test_known_failures_have_reasons(tmp_path: Path) -> None:
    (tmp_path / "cases-known.psv").write_text("sentence|reason\nA.|because\n", encoding="utf8")
    assert read_known(tmp_path) == {"A.": "because"}
    assert read_known(tmp_path / "elsewhere") == {}
