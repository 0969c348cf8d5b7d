"""What several tests share: a small article, and the graph of what it says, made by hand."""

import sys
from collections.abc import Callable, Generator
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, settings

from kg.cli import main
from kg.graph import KnowledgeGraph
from kg.merge import merge
from kg.ontology import predicates
from kg.values import Attribution, Claim, Document, Entity, Mention, Modality, Polarity, ResolvedClaim

settings.register_profile(
    "kg", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kg")

TREATY = "Η συνθήκη την οποία σκοπεύουν να υπογράψουν σύντομα η Ρωσία και το Ιράν, δήλωσε ο Σεργκέι Λαβρόφ."
SIGNED = "Ο πρόεδρος Βλαντίμιρ Πούτιν και η Βόρεια Κορέα υπέγραψαν συνθήκη τον Ιούνιο."
ACCUSED = "Οι Ηνωμένες Πολιτείες κατηγόρησαν την Τεχεράνη τον Σεπτέμβριο ότι παρέδωσε βαλλιστικούς πυραύλους στη Ρωσία."
DENIED = "Η Τεχεράνη αρνείται ότι προμηθεύει στη Μόσχα πυραύλους."

PUBLISHED = date(2024, 10, 31)

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity("RUS", "State", "RUS", frozenset({("en", "Russia"), ("el", "Ρωσία")}), frozenset({("el", "Ρωσική Ομοσπονδία")}), frozenset({("wikidata", "Q159"), ("iso3", "RUS")})),
        Entity("IRN", "State", "IRN", frozenset({("en", "Iran"), ("el", "Ιράν")}), identifiers=frozenset({("wikidata", "Q794")})),
        Entity("USA", "State", "USA", frozenset({("en", "United States"), ("el", "Ηνωμένες Πολιτείες")})),
        Entity("PRK", "State", "PRK", frozenset({("en", "North Korea"), ("el", "Βόρεια Κορέα")})),
        Entity("putin", "Person", "Putin", frozenset({("en", "Vladimir Putin"), ("el", "Βλαντίμιρ Πούτιν")}), acts_for="RUS"),
        Entity("lavrov", "Person", "Lavrov", frozenset({("en", "Sergei Lavrov"), ("el", "Σεργκέι Λαβρόφ")}), acts_for="RUS"),
        Entity("missiles", "Weapon", "missiles", frozenset({("en", "missiles"), ("el", "πύραυλοι")})),
        Entity("ballistic-missiles", "Weapon", "ballistic missiles", frozenset({("en", "ballistic missiles"), ("el", "βαλλιστικοί πύραυλοι")}), broader="missiles"),
    )
}  # fmt: skip


class Article:
    """An article under construction: its sentences, and claims whose mentions are found by their words."""

    def __init__(self, name: str, *sentences: str, lang: str = "el", published: date | None = PUBLISHED) -> None:
        self.document = Document(name, "\n\n".join(sentences), lang, published, title=sentences[0][:40])
        self.claims: list[ResolvedClaim] = []

    def mention(self, sentence: str, words: str) -> Mention:
        start = self.document.text.index(sentence) + sentence.index(words)
        return Mention(start, start + len(words), words)

    def claim(self, sentence: str, subject: str, predicate: str, object_: str, **said: object) -> "Article":
        """Add a claim; ``subject`` and the other roles are written "words=entity id"."""
        (subject_words, subject_id), (object_words, object_id) = subject.split("="), object_.split("=")
        roles = {role: str(said.pop(role)).split("=") for role in ("recipient", "place", "theme", "of") if role in said}
        sources = [str(source).split("=") for source in said.pop("sources", ())]  # type: ignore[attr-defined]
        start = self.document.text.index(sentence)
        claim = Claim(
            self.mention(sentence, subject_words),
            predicate,
            self.mention(sentence, object_words),
            self.mention(sentence, str(said.pop("cue"))),
            (start, start + len(sentence)),
            **{role: self.mention(sentence, words) for role, (words, _) in roles.items()},
            sources=tuple(self.mention(sentence, words) for words, _ in sources),
            attribution=Attribution.NAMED if sources else Attribution.NARRATOR,
            extractor="by-hand",
            **said,  # type: ignore[arg-type]
        )
        resolved = {role: ENTITIES[name] for role, (_, name) in roles.items()}
        speakers = tuple(ENTITIES[name] for _, name in sources)
        self.claims.append(
            ResolvedClaim(claim, ENTITIES[subject_id], ENTITIES[object_id], sources=speakers, **resolved)
        )
        return self


def example_article() -> Article:
    article = Article("example", TREATY, SIGNED, ACCUSED, DENIED)
    article.claim(
        TREATY,
        "Ρωσία=RUS",
        "signs_treaty",
        "Ιράν=IRN",
        cue="υπογράψουν",
        modality=Modality.PLANNED,
        sources=["Λαβρόφ=lavrov"],
    )
    article.claim(SIGNED, "Πούτιν=putin", "signs_treaty", "Βόρεια Κορέα=PRK", cue="υπέγραψαν", time="2024-06")
    article.claim(ACCUSED, "Ηνωμένες Πολιτείες=USA", "accuses", "Τεχεράνη=IRN", cue="κατηγόρησαν", time="2024-09")
    article.claim(
        ACCUSED, "Τεχεράνη=IRN", "supplies", "βαλλιστικούς πυραύλους=ballistic-missiles", cue="παρέδωσε",
        recipient="Ρωσία=RUS", sources=["Ηνωμένες Πολιτείες=USA"],
    )  # fmt: skip
    article.claim(
        DENIED, "Τεχεράνη=IRN", "supplies", "πυραύλους=missiles", cue="προμηθεύει", recipient="Μόσχα=RUS",
        sources=["Τεχεράνη=IRN"], polarity=Polarity.NEGATIVE,
    )  # fmt: skip
    return article


def generate(statements: int) -> KnowledgeGraph:
    """Return a graph of so many statements or a few less: every predicate, status, kind and time, the same every time."""
    random = Random(statements)
    states = [
        Entity(f"S{n}", "State", f"S{n}", frozenset({("en", f"State {n}"), ("el", f"Κράτος {n}")})) for n in range(200)
    ]
    people = [
        Entity(f"p{n}", "Person", f"P{n}", frozenset({("el", f"Πρόσωπο {n}")}), acts_for=f"S{n % 200}")
        for n in range(400)
    ]
    others = {
        kind: [Entity(f"{kind}-{n}", kind, f"{kind} {n}", frozenset({("en", f"{kind} {n}")})) for n in range(50)]
        for kind in ("Weapon", "Organization", "Role", "City")
    }
    pools = {"Actor": states, "Person": people, "Thing": others["Weapon"], "Place": others["City"]} | others
    text = "Το ένα κράτος έκανε κάτι στο άλλο κράτος, είπε κάποιος χθες. " * 10
    parts = []
    for number in range(max(1, statements // 10)):
        document = Document(
            f"article-{number}", text, "el", date(2024, 1, 1) + timedelta(days=number % 700), f"Άρθρο {number}"
        )
        claims = [_generate_claim(random, pools) for _ in range(10)]
        parts.append((document, claims))
    return merge(parts, model="m", known={entity.id: entity for entity in states}.get)


def _generate_claim(random: Random, pools: dict[str, list[Entity]]) -> ResolvedClaim:
    predicate = random.choice(list(predicates().values()))
    subject = random.choice(pools[random.choice(predicate.subject_kinds)])
    object_ = random.choice([entity for entity in pools[random.choice(predicate.object_kinds)] if entity != subject])
    sources = tuple(random.sample(pools["Person"], random.choice((0, 0, 1, 2))))
    start = 62 * random.randrange(10)
    mentions = [Mention(start + at, start + at + 4, "") for at in (3, 14, 22)]
    time = random.choice(
        ("", f"20{random.randrange(10, 25)}", f"2024-{random.randrange(1, 13):02}", "2024-06-01/2024-06-03")
    )
    claim = Claim(
        mentions[0], predicate.name, mentions[1], mentions[2], (start, start + 61),
        polarity=random.choice((Polarity.POSITIVE, Polarity.POSITIVE, Polarity.NEGATIVE)), modality=random.choice(list(Modality)),
        attribution=Attribution.NAMED if sources else random.choice((Attribution.NARRATOR, Attribution.UNNAMED)),
        sources=(mentions[0],) * len(sources), time=time, extractor="generated", confidence=random.random(),
    )  # fmt: skip
    return ResolvedClaim(claim, subject, object_, sources=sources)


@pytest.fixture(scope="session")
def generated() -> Callable[[int], KnowledgeGraph]:
    """Return a function that makes a graph of so many statements."""
    return generate


@pytest.fixture
def article() -> Article:
    """Return the example article with its claims."""
    return example_article()


@pytest.fixture(scope="session")
def example() -> KnowledgeGraph:
    """Return the graph of the example: a planned treaty, a signed one, an accusation, what it claims and its denial."""
    article = example_article()
    return merge(
        [(article.document, article.claims)], model="0123456789abcdef", data="fedcba9876543210", known=ENTITIES.get
    )


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command line and returns exit code, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        return int(end.value.code or 0), out, err

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails: nothing may be missing here")
    parser.addoption("--benchmarks", action="store_true", help="run the benchmarks, too, and print their figures")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("benchmarks"):
        benchmarks = [item for item in items if item.get_closest_marker("benchmark")]
        config.hook.pytest_deselected(items=benchmarks)
        items[:] = [item for item in items if item not in benchmarks]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("no_skips") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("no_skips") and report.skipped:
        report.outcome = "failed"
    return report
