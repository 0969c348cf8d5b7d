import random

import pytest

from kg.stories import find_stories
from kg.values import Document

WIRE = (
    "Η Αθήνα και το Κάιρο υπέγραψαν την Τρίτη συμφωνία για την οριοθέτηση της αποκλειστικής οικονομικής ζώνης, "
    "ανακοίνωσε το υπουργείο Εξωτερικών. Η Άγκυρα κατήγγειλε τη συμφωνία και απείλησε με μέτρα."
)
OTHER = (
    "Το υπουργείο Εξωτερικών ανακοίνωσε ότι Ελλάδα και Αίγυπτος συμφώνησαν για τις θαλάσσιες ζώνες τους. "
    "Τουρκικές πηγές λένε ότι η Άγκυρα θα αντιδράσει, χωρίς να δίνουν λεπτομέρειες για το πότε και το πώς."
)


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{number}", text, "el") for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.upper(),
        "ΑΘΗΝΑ (Πρακτορείο) — " + WIRE.replace("την Τρίτη", "χθες"),
        WIRE.split(". ", maxsplit=1)[0],
        f"{OTHER} {WIRE} Διαβάστε ακόμη τις υπόλοιπες ειδήσεις της ημέρας στη σελίδα μας.",
    ],
    ids=["same", "capitals", "edited", "cut", "inside another"],
)
def test_a_story_in_the_same_words_is_one_story(copy: str) -> None:
    assert len(set(find_stories(documents(WIRE, copy)).values())) == 1


@pytest.mark.parametrize("text", [OTHER, "", "Η Αθήνα και το Κάιρο μιλούν", f"{OTHER} Το υπουργείο δεν σχολίασε."])
def test_the_same_news_in_other_words_is_another_story(text: str) -> None:
    assert find_stories(documents(WIRE, text)) == {"d0": "d0", "d1": "d1"}


def test_a_story_has_the_name_of_its_longest_text_in_whatever_order() -> None:
    found = find_stories(documents(WIRE, OTHER, f"{WIRE} Ακολουθούν αντιδράσεις."))
    assert found == {"d0": "d2", "d1": "d1", "d2": "d2"}
    assert find_stories(reversed(documents(WIRE, OTHER, f"{WIRE} Ακολουθούν αντιδράσεις."))) == found


def test_a_standing_phrase_does_not_make_a_story_of_many_articles() -> None:
    draw = random.Random(1)
    words = [f"λέξη{number}" for number in range(900)]
    phrase = "Με πληροφορίες από το εθνικό πρακτορείο ειδήσεων. "
    texts = [phrase + " ".join(draw.choices(words, k=60)) for _ in range(80)]
    assert len(set(find_stories(documents(*texts)).values())) == 80
    assert find_stories(documents(*texts, texts[70]))["d80"] == "d70"
