from kg.extract.decode import decode

TREATY = "Η Ρωσία και το Ιράν υπέγραψαν συνθήκη"


def triples(claims):
    return [(c.subject.text, c.predicate, c.object.text) for c in claims]


def test_a_symmetric_predicate_gives_one_claim_a_pair(make_doc, thresholds, weights):
    both = {"Ρωσία": 0.9, "Ιράν": 0.8}
    doc = make_doc(TREATY, frames=[("υπέγραψαν", "signs_treaty", {"subject": both, "object": both})])
    assert triples(decode(doc, thresholds, weights)) == [("Ρωσία", "signs_treaty", "Ιράν")]


def test_coordinated_arguments_give_a_claim_each(make_doc, thresholds, weights):
    doc = make_doc(
        "Οι ΗΠΑ και η Βρετανία κατηγόρησαν το Ιράν",
        frames=[("κατηγόρησαν", "accuses", {"subject": {"ΗΠΑ": 0.9, "Βρετανία": 0.9}, "object": {"Ιράν": 0.9}})],
    )
    assert triples(decode(doc, thresholds, weights)) == [("ΗΠΑ", "accuses", "Ιράν"), ("Βρετανία", "accuses", "Ιράν")]


def test_a_cue_below_its_threshold_says_nothing(make_doc, thresholds, weights):
    frame = ("υπέγραψαν", "signs_treaty", {"subject": {"Ρωσία": 0.9}, "object": {"Ιράν": 0.9}}, 0, 0, 0.6)
    doc = make_doc(TREATY, frames=[frame])
    assert decode(doc, thresholds, weights)
    assert not decode(doc, {**thresholds, "cue": 0.7}, weights)
    assert not decode(doc, {**thresholds, "cue signs_treaty": 0.7}, weights)


def test_the_likelier_of_two_predicates_on_one_cue_is_kept(make_doc, thresholds, weights):
    roles = {"subject": {"Ρωσία": 0.9}, "object": {"Ιράν": 0.9}}
    frames = [("υπέγραψαν", "signs_treaty", roles, 0, 0, 0.9), ("υπέγραψαν", "agrees_with", roles, 0, 0, 0.6)]
    assert triples(decode(make_doc(TREATY, frames=frames), thresholds, weights)) == [("Ρωσία", "signs_treaty", "Ιράν")]
    assert len(decode(make_doc(TREATY, frames=frames), {**thresholds, "rival": 0.5}, weights)) == 2


def test_a_missing_subject_is_the_likeliest_word_if_it_is_likely_enough(make_doc, thresholds, weights):
    roles = {"subject": {"Ρωσία": 0.3}, "object": {"Ιράν": 0.9}}
    doc = make_doc(TREATY, frames=[("υπέγραψαν", "signs_treaty", roles)])
    assert triples(decode(doc, thresholds, weights)) == [("Ρωσία", "signs_treaty", "Ιράν")]
    assert not decode(doc, {**thresholds, "needed_role": 0.4}, weights)


def test_a_claim_that_is_not_likely_enough_as_a_whole_is_not_made(make_doc, thresholds, weights):
    doc = make_doc(TREATY, frames=[("υπέγραψαν", "signs_treaty", {"subject": {"Ρωσία": 0.6}, "object": {"Ιράν": 0.6}})])
    (claim,) = decode(doc, thresholds, weights)
    assert decode(doc, {**thresholds, "claim": claim.confidence}, weights)
    assert not decode(doc, {**thresholds, "claim": claim.confidence + 0.01}, weights)


def test_a_filler_far_behind_the_likeliest_is_left_out(make_doc, thresholds, weights):
    roles = {"subject": {"ΗΠΑ": 0.9, "Βρετανία": 0.6}, "object": {"Ιράν": 0.9}}
    doc = make_doc("Οι ΗΠΑ και η Βρετανία κατηγόρησαν το Ιράν", frames=[("κατηγόρησαν", "accuses", roles)])
    assert len(decode(doc, thresholds, weights)) == 2
    assert triples(decode(doc, {**thresholds, "beside": 0.7}, weights)) == [("ΗΠΑ", "accuses", "Ιράν")]


def test_the_office_is_the_cue_itself(make_doc, thresholds, weights):
    doc = make_doc(
        "Ο υπουργός Σεργκέι Λαβρόφ",
        names={"Σεργκέι Λαβρόφ": "PERSON"},
        frames=[("υπουργός", "holds_office", {"subject": {"Λαβρόφ": 0.9}})],
    )
    (claim,) = decode(doc, thresholds, weights)
    assert (claim.subject.text, claim.subject.kind, claim.object.text) == ("Σεργκέι Λαβρόφ", "Person", "υπουργός")


def test_an_actor_named_by_a_common_noun_is_named_by_its_genitive_too(make_doc, thresholds, weights):
    doc = make_doc(
        "Ο ηγέτης της Συρίας στηρίζει το Ιράν",
        heads=[1, 4, 3, 1, 4, 6, 4],
        deps=["det", "nsubj", "det", "nmod", "ROOT", "det", "obj"],
        pos=["DET", "NOUN", "DET", "PROPN", "VERB", "DET", "PROPN"],
        names={"Συρίας": "GPE"},
        frames=[("στηρίζει", "supports", {"subject": {"ηγέτης": 0.9}, "object": {"Ιράν": 0.9}})],
    )
    doc[3].set_morph("Case=Gen")
    assert triples(decode(doc, thresholds, weights)) == [("ηγέτης της Συρίας", "supports", "Ιράν")]


def test_a_claim_is_the_less_sure_the_less_is_known_for_it(make_doc, thresholds, weights):
    def sure(subject, object_, *, words="Στηρίζει η Ρωσία το Ιράν", heads=(0, 2, 0, 4, 0), cue=0.9):
        tree = {"heads": list(heads), "deps": ["ROOT" if head == n else "dep" for n, head in enumerate(heads)]}
        roles = {"subject": {"Ρωσία": subject}, "object": {"Ιράν": object_}}
        doc = make_doc(words, frames=[("Στηρίζει", "supports", roles, 0, 0, cue)], **tree)
        (claim,) = decode(doc, thresholds, weights)
        return claim.confidence

    best = sure(0.9, 0.9)
    assert best > sure(0.6, 0.9)
    assert best > sure(0.9, 0.6)
    assert best > sure(0.9, 0.9, cue=0.6)
    assert best > sure(0.9, 0.9, heads=(0, 4, 1, 2, 0))  # further away in the tree
    assert best > sure(
        0.9, 0.9, words="Μίλησε η Ρωσία . Στηρίζει το Ιράν", heads=(0, 2, 0, 0, 4, 6, 4)
    )  # another sentence


def test_nobody_does_anything_to_himself(make_doc, thresholds, weights):
    doc = make_doc(TREATY, frames=[("υπέγραψαν", "accuses", {"subject": {"Ιράν": 0.9}, "object": {"Ιράν": 0.9}})])
    assert not decode(doc, thresholds, weights)


def test_mentions_and_cues_stand_in_the_text_where_their_offsets_say(make_doc, thresholds, weights):
    doc = make_doc(
        TREATY, frames=[("υπέγραψαν", "signs_treaty", {"subject": {"Ρωσία": 0.9}, "object": {"Ιράν": 0.9}}, 1, 1)]
    )
    (claim,) = decode(doc, thresholds, weights)
    for mention in (claim.subject, claim.object, claim.cue):
        assert doc.text[mention.start : mention.end] == mention.text
    assert (claim.polarity, claim.modality) == ("negative", "planned")
    assert doc.text[slice(*claim.sentence)] == doc.text.strip()
