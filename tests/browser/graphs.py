"""Graphs to look at: the seed article's statements by hand, hostile texts, and made-up ones of any size."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

from kg.graph import KnowledgeGraph, Part, pool
from kg.values import Attribution, Document, Entity, Evidence, Modality, Polarity, Statement

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"


def entity(name: str, kind: str, english: str, greek: str, **more: object) -> Entity:
    return Entity(name, kind, name, frozenset({("en", english), ("el", greek)}), **more)  # type: ignore[arg-type]


ENTITIES = {
    one.id: one
    for one in (
        entity("RUS", "State", "Russia", "Ρωσία", aliases=frozenset({("", "Россия")}), identifiers=frozenset({("wikidata", "Q159")})),
        entity("IRN", "State", "Iran", "Ιράν"),
        entity("PRK", "State", "North Korea", "Βόρεια Κορέα"),
        entity("UKR", "State", "Ukraine", "Ουκρανία"),
        entity("ISR", "State", "Israel", "Ισραήλ"),
        entity("USA", "State", "United States", "Ηνωμένες Πολιτείες", aliases=frozenset({("el", "ΗΠΑ"), ("en", "US")})),
        entity("GRC", "State", "Greece", "Ελλάδα", aliases=frozenset({("en", "GRC")})),
        entity("West", "Bloc", "the West", "Δύση"),
        entity("NATO", "InternationalOrganization", "NATO", "ΝΑΤΟ"),
        entity("Lavrov", "Person", "Sergei Lavrov", "Σεργκέι Λαβρόφ", acts_for="RUS"),
        entity("Putin", "Person", "Vladimir Putin", "Βλαντίμιρ Πούτιν", acts_for="RUS", aliases=frozenset({("", "Путин")})),
        entity("Pezeshkian", "Person", "Masoud Pezeshkian", "Μασούντ Πεζεσκιάν", acts_for="IRN"),
        entity("foreign-minister", "Role", "foreign minister", "υπουργός Εξωτερικών"),
        entity("president", "Role", "president", "πρόεδρος"),
        entity("missiles", "Weapon", "missiles", "πύραυλοι"),
        entity("drones", "Weapon", "drones", "drones"),
        entity("weapons", "Weapon", "weapons", "όπλα"),
        entity("troops", "Forces", "troops", "στρατιώτες"),
        entity("ships", "Vehicle", "ships", "πλοία", anonymous=True),
        entity("companies", "Company", "companies", "εταιρίες", anonymous=True),
        entity("infrastructure", "Facility", "infrastructure", "πολιτικές υποδομές", anonymous=True),
        entity("power-grid", "Facility", "Ukraine’s power grid", "ηλεκτρικό δίκτυο της Ουκρανίας", anonymous=True),
        entity("Middle-East", "Region", "Middle East", "Μέση Ανατολή"),
    )
}  # fmt: skip


def graph_of(document: Document, statements: list[Statement], entities: dict[str, Entity]) -> KnowledgeGraph:
    part = Part(document, frozenset(entities.values()), frozenset(pool(statements)))
    return KnowledgeGraph({document.id: part})


def seed_graph() -> KnowledgeGraph:
    """The statements of the seed article as people read it (claims.txt)."""
    header, _, text = next(SEEDS.glob("*.txt")).read_text(encoding="utf8").strip().partition(" Η συνθήκη")
    text = "Η συνθήκη" + text
    published = date.fromisoformat(header.split()[-1])
    document = Document(
        "seed",
        text,
        "el",
        published,
        title="Η συνθήκη Ρωσίας και Ιράν",
        url="https://example.org/1",
        publisher="Εφημερίδα",
    )
    names, *rows = [line.split("|") for line in (HERE / "claims.txt").read_text(encoding="utf8").splitlines()]
    statements = [statement(document, dict(zip(names, row, strict=True))) for row in rows]
    return graph_of(document, statements, ENTITIES)


def statement(document: Document, row: dict[str, str]) -> Statement:
    at = document.text.index(row["quote"])
    cue = at + row["quote"].index(row["cue"])
    start = max(match.end() for match in re.finditer(r"\A|[.]\s+|\n\n", document.text) if match.end() <= at)
    end = re.compile(r"[.](?=\s|$)|\Z|\n\n").search(document.text, max(cue, at + len(row["quote"])))
    assert end
    sources = tuple(filter(None, row["sources"].split(";")))

    def place(text: str) -> tuple[int, int]:
        found = document.text.find(text, start)
        return (found, found + len(text)) if found >= 0 else (0, len(text))

    evidence = Evidence(
        document=document.id,
        sentence=(start, end.end()),
        subject_at=place(row["subject_text"]),
        object_at=place(row["object_text"]),
        cue=(cue, cue + len(row["cue"])),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        attribution=Attribution.NAMED if sources else Attribution.NARRATOR,
        sources=sources,
        theme=row["theme"],
        place=row["place"],
        time=row["time"],
        extractor="model",
        band=9,
        published=document.published,
    )
    return Statement(
        row["subject"], row["predicate"], row["object"], row["recipient"], row["of"], frozenset({evidence})
    )


AGENCY = "Η Ελλάδα και το Ισραήλ υπέγραψαν την Τρίτη συμφωνία για κοινές ασκήσεις στο Αιγαίο, ανακοίνωσε το υπουργείο Άμυνας."
OWN_WORDS = (
    "Κοινές ασκήσεις θα κάνουν Ελλάδα και Ισραήλ: οι δύο υπουργοί υπέγραψαν χθες το σχετικό κείμενο στην Αθήνα.",
    "Στο πλαίσιο όσων υπέγραψαν, η Ελλάδα και το Ισραήλ θα ανταλλάσσουν πιλότους μέσα στον επόμενο χρόνο.",
)


def agency_graph() -> KnowledgeGraph:
    """One treaty in five articles: an agency's text in three outlets, one of which wrote another, and a fourth outlet's."""
    papers = [
        ("a", "Πρακτορείο", AGENCY),
        ("b", "Πρωινή", AGENCY.replace("την Τρίτη", "χθες")),
        ("c", "Βραδινή", AGENCY),
        ("d", "Βραδινή", OWN_WORDS[0]),
        ("e", "Εβδομαδιαία", OWN_WORDS[1]),
    ]
    graph = KnowledgeGraph()
    for name, outlet, text in papers:
        document = Document(name, text, "el", date(2024, 11, 5), title=f"Άρθρο {name}", publisher=outlet)
        at = text.index("υπέγραψαν")
        evidence = Evidence(name, (0, len(text)), (0, 1), (1, 2), (at, at + 9), Polarity.POSITIVE, Modality.ACTUAL, Attribution.NARRATOR, (), published=document.published)  # fmt: skip
        treaty = Statement("GRC", "signs_treaty", "ISR", "", "", frozenset({evidence}))
        graph |= graph_of(document, [treaty], {end: ENTITIES[end] for end in ("GRC", "ISR")})
    return graph


HOSTILE = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(2)</script>",
    "javascript:alert(3)",
    "\u202egnorw si siht\u202c \u2066isolated",
    "Ω" * 10_000,
)


def hostile_graph() -> KnowledgeGraph:
    """An article whose every text tries to be something else than text."""
    text = " ".join(HOSTILE) + " attacks href=javascript:alert(4) "
    document = Document(
        HOSTILE[0], text, "en", date(2024, 1, 1), title=HOSTILE[1], url="javascript:alert(5)", publisher=HOSTILE[0]
    )
    entities = {
        f"n{n}": Entity(f"n{n}", "State", name, frozenset({("en", name)}), frozenset({("el", name)}))
        for n, name in enumerate(HOSTILE)
    }
    cue = text.index("attacks")
    evidence = Evidence(document.id, (0, len(text)), (0, 5), (8, 12), (cue, cue + 7), Polarity.POSITIVE, Modality.ACTUAL, Attribution.NAMED, ("n1",), time=HOSTILE[0], extractor=HOSTILE[1], place="<b>x</b>", published=document.published)  # fmt: skip
    pairs = [(a, b) for a in entities for b in entities if a < b]
    return graph_of(document, [Statement(a, "attacks", b, "", "", frozenset({evidence})) for a, b in pairs], entities)


def made_up_graph(relations: int, *, seed: int = 1) -> KnowledgeGraph:
    """A graph with so many statements about a fifth as many actors, few of whom have most."""
    draw = random.Random(seed)
    count = max(5, relations // 5)
    entities = {
        f"a{n}": entity(
            f"a{n}", draw.choice(("State", "State", "Organization", "ArmedGroup")), f"Actor {n}", f"Δρων {n}"
        )
        for n in range(count)
    }
    verbs = ("meets", "accuses", "attacks", "supports", "sanctions", "trades_with", "threatens", "cooperates_with")
    graph = KnowledgeGraph()
    statements: dict[str, list[Statement]] = {}
    documents: dict[str, Document] = {}
    seen: set[tuple[str, str, str]] = set()
    while len(seen) < relations:
        a, b = (f"a{int(count * draw.random() ** 2)}" for _ in "ab")
        verb = draw.choice(verbs)
        if a == b or (a, verb, b) in seen:
            continue
        seen.add((a, verb, b))
        name = f"d{len(seen) // 4}"
        day = date(2020, 1, 1) + timedelta(days=draw.randrange(1800))
        sentence = (
            f"Ο {a} είπε στις {day} ότι {verb} με τον {b} για το ζήτημα των συνόρων και της άμυνας στην περιοχή. "
        )
        before = documents[name].text if name in documents else ""
        documents[name] = Document(
            name, before + sentence, "el", day, publisher=f"Εφημερίδα {len(seen) % 9}", title=f"Άρθρο {name}"
        )
        at = len(before) + sentence.index(verb)
        evidence = Evidence(name, (len(before), len(before) + len(sentence)), (len(before), len(before) + 3), (at, at + 3), (at, at + len(verb)), draw.choice((Polarity.POSITIVE, Polarity.POSITIVE, Polarity.NEGATIVE)), Modality.ACTUAL, Attribution.NARRATOR, (), time=day.isoformat() if draw.random() < 0.7 else "", published=day)  # fmt: skip
        statements.setdefault(name, []).append(Statement(a, verb, b, "", "", frozenset({evidence})))
    for name, document in documents.items():
        used = {end for one in statements[name] for end in (one.subject, one.object)}
        graph |= graph_of(document, statements[name], {end: entities[end] for end in used})
    return graph
