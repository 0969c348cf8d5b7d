from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.decide import Decider
from kg.decisions import Decisions, Drop, Misreading, read_decisions, write_entry
from kg.errors import DataError, InputError
from kg.names import Names, load_names
from kg.values import Attribution, Claim, Document, Entity, Mention, ResolvedClaim, Step

WHY = '\nreason = "one man, two spellings"\ndate = 2024-11-03\n'

SAME = f'[[same]]\nentities = ["sergei-lavrov", "lavroff"]{WHY}'
DIFFERENT = f'[[different]]\nentities = ["lavroff", "sergei-lavrov"]{WHY}'
DROP = f'[[drop]]\nentity = "lavroff"{WHY}'
RENAME = f'[[rename]]\nentity = "lavroff"\nlabels = {{ en = "Sergey Lavroff" }}{WHY}'


def decisions(folder: Path, *entries: str) -> Decisions:
    (folder / "decisions.toml").write_text("\n".join(entries), encoding="utf8")
    return read_decisions(folder / "decisions.toml")


def test_each_kind_of_decision_is_read(tmp_path: Path) -> None:
    read = decisions(
        tmp_path,
        f'[[same]]\nentities = ["a", "b"]{WHY}',
        f'[[same]]\nentities = ["b", "c"]{WHY}',
        f'[[different]]\nentities = ["a", "d"]{WHY}',
        f'[[different]]\nentity = "COD"\nis = "COG"\nnames = ["Κονγκό"]\ndocument = "x"{WHY}',
        f'[[drop]]\nentity = "e"\nquote = "δήλωσε"{WHY}',
        f'[[drop]]\nsubject = "a"\npredicate = "meets"\nobject = "d"{WHY}',
        f'[[rename]]\nentity = "c"\nlabels = {{ el = "Γ" }}{WHY}',
    )
    assert read.keepers == {"b": "a", "c": "a"}
    assert read.apart == {frozenset("ad")}
    assert read.misreadings == (Misreading("COD", "COG", ("Κονγκό",), "x"),)
    assert set(read.drops) == {Drop("e", quote="δήλωσε"), Drop("", "a", "meets", "d")}
    assert read.labels == {"a": {"el": "Γ"}}
    assert read.entities["b"].endswith(":1")
    assert read.documents["x"].endswith(":16")


@pytest.mark.parametrize(
    ("entries", "line", "says"),
    [
        ((SAME, "[[same"), 6, "not TOML"),
        ((SAME, f'[[equal]]\nentities = ["a", "b"]{WHY}'), 6, r"an entry begins with \[\[same\]\]"),
        ((SAME, '[[same]]\nentities = ["a", "b"]\ndate = 2024-11-03'), 6, "reason is missing"),
        (('[[same]]\nentities = ["a", "b"]\nreason = "x"\ndate = "2024-11-03"',), 1, "without quotes"),
        ((f'[[same]]\nentities = ["a"]{WHY}',), 1, "two or more"),
        ((f'[[same]]\nentities = ["a", "b c"]{WHY}',), 1, "'b c' is no id"),
        ((f'[[same]]\nentities = "a"{WHY}',), 1, "must be a list"),
        ((f'[[same]]\nentitys = ["a", "b"]{WHY}',), 1, "entitys is no key of it"),
        ((f'[[drop]]\nsubject = "a"\nobject = "b"{WHY}',), 1, "subject, predicate and object"),
        ((f'[[drop]]\nsubject = "a"\npredicate = "likes"\nobject = "b"{WHY}',), 1, "likes is no predicate"),
        ((f'[[different]]\nentity = "a"\nis = "b"{WHY}',), 1, "names"),
        ((f'[[rename]]\nentity = "a"\nlabels = "b"{WHY}',), 1, "labels by language"),
        ((SAME, DIFFERENT), 6, "the same"),
        ((DIFFERENT, SAME), 1, "the same"),
        ((SAME, f'[[same]]\nentities = ["other", "lavroff"]{WHY}'), 6, "is sergei-lavrov in another entry"),
        ((SAME, f'[[same]]\nentities = ["lavroff", "sergei-lavrov"]{WHY}'), 6, "name first the one that stays"),
        ((SAME, DROP), 6, "joins or renames lavroff"),
        ((DROP, RENAME), 1, "joins or renames lavroff"),
        ((RENAME, RENAME.replace("Sergey", "Serge")), 7, "another entry names it 'Sergey Lavroff'"),
        ((SAME, f'[[different]]\nentity = "lavroff"\nis = "sergei-lavrov"\nnames = ["L"]{WHY}'), 6, "the same"),
    ],
)  # fmt: skip
def test_a_wrong_or_contradicting_entry_is_told_with_its_line(
    tmp_path: Path, entries: tuple[str, ...], line: int, says: str
) -> None:
    with pytest.raises(DataError, match=rf"decisions\.toml:{line}: .*{says}"):
        decisions(tmp_path, *entries)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be read"):
        read_decisions(tmp_path / "none.toml")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    day = date(2024, 11, 3)
    entry = write_entry("different", {"entity": "a", "is": "b", "names": ('Ο "Χ"\n\\',)}, "they are two", day)
    assert decisions(tmp_path, entry).misreadings == (Misreading("a", "b", ('Ο "Χ"\n\\',)),)


def test_reason_date_and_order_do_not_change_the_hash(tmp_path: Path) -> None:
    one = decisions(tmp_path, RENAME, DIFFERENT)
    other = decisions(tmp_path, DIFFERENT.replace("2024", "2025"), RENAME.replace("one man", "a man"))
    assert one.hash == other.hash != decisions(tmp_path, RENAME).hash
    assert Decisions().hash == ""


TEXT = "Ο Λαβρώφ συνάντησε τον Μακρόν στο Κονγκό, είπε ο Λαβρώφ."


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names(("el", "en"))


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words)


def claim(names: Names, subject: Entity | None = None) -> ResolvedClaim:
    subject = subject or Entity("lavroff", "Person", "Lavroff", frozenset({("el", "Λαβρώφ")}), acts_for="RUS")
    said = Claim(
        mention("Λαβρώφ"),
        "meets",
        mention("τον Μακρόν"),
        mention("συνάντησε"),
        (0, len(TEXT)),
        place=mention("Κονγκό"),
        sources=(mention("Λαβρώφ"),),
        attribution=Attribution.NAMED,
    )
    known = names.entities
    return ResolvedClaim(said, subject, known["emmanuel-macron"], place=known["COD"], sources=(subject,))


def decide(names: Names, folder: Path, *entries: str, resolved: ResolvedClaim | None = None) -> list[ResolvedClaim]:
    decider = Decider(decisions(folder, *entries), names)
    return list(decider.decide(Document("d", TEXT, "el", date(2024, 10, 31)), [resolved or claim(names)]))


def test_the_same_stand_under_the_first_with_the_names_of_all(names: Names, tmp_path: Path) -> None:
    (one,) = decide(names, tmp_path, SAME)
    assert (one.subject.id, one.sources[0].id, one.subject.acts_for) == ("sergei-lavrov", "sergei-lavrov", "RUS")
    assert ("el", "Λαβρώφ") in one.subject.aliases
    assert ("en", "Sergei Lavrov") in one.subject.labels


def test_what_is_said_of_two_that_are_one_goes(names: Names, tmp_path: Path) -> None:
    assert decide(names, tmp_path, f'[[same]]\nentities = ["emmanuel-macron", "lavroff"]{WHY}') == []


def test_what_no_longer_fits_its_predicate_goes(names: Names, tmp_path: Path) -> None:
    assert decide(names, tmp_path, f'[[same]]\nentities = ["moscow", "lavroff"]{WHY}') == []


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ('names = ["κονγκο"]', "COG"),
        ('document = "d"', "COG"),
        ('document = "other"', "COD"),
        ('names = ["Κον"]', "COD"),
    ],
)
def test_a_misreading_is_put_right_where_it_is_written_so(names: Names, tmp_path: Path, where: str, place: str) -> None:
    (one,) = decide(names, tmp_path, f'[[different]]\nentity = "COD"\nis = "COG"\n{where}{WHY}')
    assert one.place
    assert one.place.id == place


def test_a_misreading_may_be_of_somebody_new(names: Names, tmp_path: Path) -> None:
    entry = f'[[different]]\nentity = "emmanuel-macron"\nis = "jean-macron"\nnames = ["Μακρόν"]{WHY}'
    rename = f'[[rename]]\nentity = "jean-macron"\nlabels = {{ en = "Jean Macron" }}{WHY}'
    (one,) = decide(names, tmp_path, entry, rename)
    assert (one.object.id, one.object.kind, one.object.labels) == (
        "jean-macron",
        "Person",
        {("el", "Μακρόν"), ("en", "Jean Macron")},
    )


@pytest.mark.parametrize(
    ("drop", "stays"),
    [
        ('entity = "lavroff"', False),
        ('entity = "lavroff"\ndocument = "other"', True),
        ('entity = "lavroff"\nquote = "συνάντησε  τον"', False),
        ('entity = "lavroff"\nquote = "αρνήθηκε"', True),
        ('subject = "lavroff"\npredicate = "meets"\nobject = "emmanuel-macron"', False),
        ('subject = "emmanuel-macron"\npredicate = "meets"\nobject = "lavroff"', False),
        ('subject = "lavroff"\npredicate = "accuses"\nobject = "emmanuel-macron"', True),
    ],
)
def test_what_is_dropped_goes_where_it_is_named(names: Names, tmp_path: Path, drop: str, stays: bool) -> None:  # noqa: FBT001
    assert bool(decide(names, tmp_path, f"[[drop]]\n{drop}{WHY}")) == stays


def test_a_dropped_place_or_source_leaves_the_claim(names: Names, tmp_path: Path) -> None:
    other = Entity("somebody", "Person", "Somebody")
    resolved = claim(names)
    resolved = ResolvedClaim(resolved.claim, other, resolved.object, place=resolved.place, sources=resolved.sources)
    (one,) = decide(names, tmp_path, DROP, f'[[drop]]\nentity = "COD"{WHY}', resolved=resolved)
    assert (one.place, one.claim.place, one.sources, one.claim.sources) == (None, None, (), ())
    assert one.claim.attribution == Attribution.UNNAMED


def test_a_statement_is_dropped_with_the_kinds_of_its_object(names: Names, tmp_path: Path) -> None:
    missiles = names.entities["ballistic-missiles"]
    said = Claim(mention("Λαβρώφ"), "supplies", mention("Κονγκό"), mention("είπε"), (0, len(TEXT)))
    resolved = ResolvedClaim(said, names.entities["RUS"], missiles)
    drop = '[[drop]]\nsubject = "RUS"\npredicate = "supplies"\nobject = "{}"' + WHY
    assert decide(names, tmp_path, drop.format("missiles"), resolved=resolved) == []
    assert decide(names, tmp_path, drop.format("drones"), resolved=resolved) == [resolved]


def test_a_new_name_is_the_label_and_the_old_one_an_alias(names: Names, tmp_path: Path) -> None:
    rename = f'[[rename]]\nentity = "lavroff"\nlabels = {{ el = "Λαβρόφ", en = "Lavrov" }}{WHY}'
    (one,) = decide(names, tmp_path, rename)
    assert one.subject.labels == {("el", "Λαβρόφ"), ("en", "Lavrov")}
    assert one.subject.aliases == {("el", "Λαβρώφ")}


def test_what_an_entity_refers_to_is_decided_on_too(names: Names, tmp_path: Path) -> None:
    entries = f'[[same]]\nentities = ["BLR", "RUS"]{WHY}', f'[[rename]]\nentity = "BLR"\nlabels = {{ en = "B" }}{WHY}'
    (one,) = decide(names, tmp_path, *entries)
    assert one.subject.acts_for == "BLR"
    known = Decider(read_decisions(tmp_path / "decisions.toml"), names).entity("RUS")
    assert known
    assert dict(known.labels)["en"] == "B"


def test_a_name_that_a_decision_led_elsewhere_says_so(names: Names, tmp_path: Path) -> None:
    steps = (("subject", Step.PERSON), ("object", Step.FORM), ("place", Step.FORM), ("source", Step.SURNAME))
    (one,) = decide(names, tmp_path, SAME, resolved=replace(claim(names), steps=steps))
    assert one.steps == (
        ("subject", Step.DECISION), ("object", Step.FORM), ("place", Step.FORM), ("source", Step.DECISION),
    )  # fmt: skip


def test_how_a_dropped_name_was_found_is_dropped_with_it(names: Names, tmp_path: Path) -> None:
    other = replace(claim(names), subject=names.entities["sergei-lavrov"])
    steps = (("subject", Step.FORM), ("object", Step.FORM), ("place", Step.FORM), ("source", Step.PERSON))
    (one,) = decide(names, tmp_path, DROP, resolved=replace(other, steps=steps))
    assert (one.sources, one.steps) == ((), steps[:3])


def test_decisions_on_what_is_not_there_are_told_with_their_lines(names: Names, tmp_path: Path) -> None:
    entries = SAME, f'[[same]]\nentities = ["RUS", "rusia"]{WHY}', f'[[drop]]\nentity = "FRA"\ndocument = "x"{WHY}'
    decider = Decider(decisions(tmp_path, *entries), names)
    decider.decide(Document("d", TEXT, "el"), [claim(names)])
    told = [str(error).removeprefix(str(tmp_path)) for error in decider.lapsed()]
    assert told == [
        "/decisions.toml:6: there is no rusia, neither in the articles nor among the names known",
        "/decisions.toml:11: there is no article x",
    ]
