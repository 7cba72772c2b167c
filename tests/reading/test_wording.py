"""Wording and pairing: names, days and numbers count as what they are; the signs that are learned are those that are weighed."""

from __future__ import annotations

import pytest

from marsad.errors import PackError
from marsad.lexicon.table import Row
from marsad.model import Document
from marsad.reading import wordweights
from marsad.reading.attachment import anchors_of
from marsad.reading.facts import facts_of
from marsad.reading.joining import events_of
from marsad.reading.pairing import Pairing, pair_signs
from marsad.reading.report import Report, report_of
from marsad.reading.wording import word_score, word_signs
from marsad.reading.wordweights import SIGN, word_weights

TEXT = (
    "قتل سبعة مدنيين في غارة للتحالف على مدينة حيس أمس. وقال مصدر طبي إن الغارة أصابت سوقا. "
    "وفي تعز انفجرت عبوة ناسفة صباح السبت وجرح جنديان. وجاء الهجوم بعد يوم من اشتباكات."
)


def report(text: str = TEXT) -> Report:
    found = report_of(Document(id="d", text=text, published="2018-06-01"))
    assert found is not None
    return found


def test_names_days_and_numbers_are_no_words() -> None:
    read = report()
    words = read.bare_words(0, len(read.text.tokens))
    assert len(words) == len(read.text.tokens)
    assert {"#place", "#party", "#day", "#number"} <= set(words)
    for place in read.places:
        assert set(words[place.mention.first : place.mention.last + 1]) == {"#place"}


def test_the_words_that_are_learned_are_those_that_are_weighed() -> None:
    read = report()
    weights = word_weights("ar")
    for event in events_of(read, facts_of(read, anchors_of(read))):
        signs = word_signs(read, event)
        wanted = sum(weights.at("keep", at).get(word, 0.0) for at, word in (name.split(SIGN, 1) for name in signs))
        assert signs and word_score(read, "keep", event) == pytest.approx(wanted)


def test_the_signs_of_pairs_that_are_learned_are_those_that_are_weighed() -> None:
    read = report()
    facts = facts_of(read, anchors_of(read))
    words, own = word_weights("ar"), read.weights.part("join")
    pairing = Pairing(read, len(facts))
    for before, item in enumerate(facts[1:], 1):
        for told in (facts[:1], facts[:before]):
            signs = pair_signs(told, item, before, len(facts))
            wanted = sum(words.at("join", n.split(SIGN)[0]).get(n.split(SIGN)[1], 0.0) if SIGN in n else own[n] for n in signs)
            assert pairing.score(told, item, before) == pytest.approx(wanted)


def test_a_part_that_nobody_learned_weighs_nothing() -> None:
    read = report()
    (event, *_) = events_of(read, facts_of(read, anchors_of(read)))
    assert word_score(read, "unheard of", event) == 0.0


def test_a_weight_that_is_no_number_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("ar/word_weights.tsv", 7, {"part": "keep", "at": "event", "word": "x", "weight": "much"})
    monkeypatch.setattr(wordweights, "read_table", lambda _: (row,))
    with pytest.raises(PackError, match="word_weights.tsv:7: 'much' is no number"):
        word_weights.__wrapped__("ar")


def test_two_raids_that_took_other_numbers_on_other_days_stay_apart() -> None:
    read = report("قتل مدني في غارة على سيارة في مدينة جنين. وفجر السبت قتل ثلاثة في غارة على مخيم جنين.")
    tolls = [{m.min for f in event.facts for m in f.anchor.harm} for event in events_of(read, facts_of(read, anchors_of(read)))]
    assert {1} in tolls and {3} in tolls and {1, 3} not in tolls
