"""The words of speech: verbs of saying, the nouns of speakers and what stands around them.

All words are data of the language pack: ``lexicon/speech_verbs.tsv``, ``speakers.tsv``, ``outlets.tsv`` and
``speech_markers.tsv``. This module turns them into look-ups by token; who speaks is decided in ``speakers``, how far
the speech reaches in ``attribution``.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.inflect import forms
from marsad.lexicon.phrases import Phrasebook, PhraseMatch
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["MARK", "MARKED", "NOUN", "OPENS", "SPOKEN", "Noun", "SpeechWords", "Talk", "Verb", "speech_words"]


_OPEN = "?"
_LETTERED = frozenset(("object", "responsibility", "according", "some"))
SPOKEN, MARKED, NOUN, MARK, OPENS = 1, 2, 4, 8, 16


@record(frozen=True, slots=True)
class Verb:
    """A form of a verb of saying.

    Attributes:
        lemma: the entry's first cell.
        stance: what is done by saying it ("says", "denies" ...).
        frame: what must stand around it to be speech; see ``speech_verbs.tsv``.
        feature: the form ("perf.3fs", "participle").
    """

    lemma: str
    stance: str
    frame: str
    feature: str

    @property
    def feminine(self) -> bool:
        """Whether the form agrees with a feminine subject (or with a plural of things)."""
        return "3f" in self.feature or self.feature == "participle.f"


@record(frozen=True, slots=True)
class Noun:
    """A noun of a speaker.

    Attributes:
        type: "role", "org", "sure", "body", "sign", "rank", "country", "media", "platform"; see ``speakers.tsv``; "outlet".
        kind: source kind, or empty.
        lemma: the entry.
        definite: whether the form carries the article.
        plural: whether the entry is a plural of its own.
        person: whether a person's name may stand behind it.
        war: source kind of what it tells of battles and strikes, if another one; "own" for who commands a state's forces; or empty.
    """

    type: str
    kind: str
    lemma: str
    definite: bool
    plural: bool = False
    person: bool = False
    war: str = ""

    @property
    def statement(self) -> bool:
        """Whether it is a statement, a page or a spokesman: of no kind until told whose."""
        return self.type == "role" and self.kind in ("", "other")


class SpeechWords:
    """The look-ups of one language.

    Args:
        verbs, nouns, marks: phrases with what they are; the value of a mark is its type in ``speech_markers.tsv``.
        conjunctions: letters written before a word that join it to what stands before.
        recipients: letters written before a word that make it the one spoken to.
        charges: letters written before a word that make it what someone is accused of.
        article: the article, as letters written before a word.
        questions: letters written before a word that ask; no speaker is named behind them.
        language: code of the language pack.

    Attributes:
        flags: what a folded form may begin: the sum of ``SPOKEN``, ``MARKED`` (with a speaker), ``NOUN``, ``MARK`` and
            ``OPENS`` (what is said); starts: those of them with which speech can begin.
        plain: type of the mark that a form is whatever follows it, or ``_OPEN`` where the words behind it decide.
    """

    def __init__(
        self,
        verbs: Phrasebook[Verb],
        nouns: Phrasebook[Noun],
        marks: Phrasebook[str],
        conjunctions: frozenset[str],
        recipients: frozenset[str],
        charges: tuple[str, ...],
        article: str,
        questions: frozenset[str],
        language: str,
        deeds: frozenset[str] = frozenset(),
    ) -> None:
        self.deeds = deeds
        self.verbs, self.nouns, self.marks = verbs, nouns, marks
        self.conjunctions, self.recipients, self.charges = conjunctions, recipients, charges
        self.article, self.questions, self.language = article, questions, language
        spoken = {*verbs.heads, *marks.heads}
        self.flags: Shared[int] = Shared(self._flags, {*spoken, *nouns.heads}, 0, language)
        self.plain: Shared[str] = Shared(self._plain, marks.heads, "", language)
        self.starts: Shared[int] = Shared(lambda form: self.flags[form] & (SPOKEN | MARKED), spoken, 0, language)

    def _plain(self, form: str) -> str:
        candidates = self.marks.candidates(form)
        if any(rest or value in ("setting", "prep") for _, _, entries in candidates for rest, value in entries):
            return _OPEN
        for _, proclitic, entries in candidates:
            value = entries[0][1]
            if not proclitic or proclitic in self.conjunctions or value in _LETTERED:
                return value
            return ""
        return ""

    def _flags(self, form: str) -> int:
        marks = self.marks.candidates(form)
        types = {value for _, _, entries in marks for _, value in entries}
        known = SPOKEN * any(not pro or pro in self.conjunctions for _, pro, _ in self.verbs.candidates(form))
        known += MARKED * (not types.isdisjoint(("according", "as"))) + OPENS * (not types.isdisjoint(("that", "words")))
        return known + NOUN * bool(self.nouns.candidates(form)) + MARK * bool(marks)


class Talk:
    """The words of speech at the tokens of one text; each token is looked up once.

    Args:
        text: the text.
        words: the words of speech of its language.
    """

    def __init__(self, text: Text, words: SpeechWords) -> None:
        self.text, self.tokens, self.forms, self.words = text, text.tokens, text.forms, words
        self._nouns: dict[int, PhraseMatch[Noun] | None] = {}
        self._marks: dict[int, PhraseMatch[str] | None] = {}
        # Kept by the module that reads phrases: those found at tokens.
        self.phrases: dict[int, object] = {}

    def flags(self, index: int) -> int:
        """What may begin at a token by its form; see ``SpeechWords``."""
        return self.words.flags[self.forms[index]]

    def verb(self, index: int) -> PhraseMatch[Verb] | None:
        """The verb of saying at a token."""
        return self.words.verbs.at(self.text, index)

    def noun(self, index: int) -> PhraseMatch[Noun] | None:
        """The noun of a speaker that begins at a token."""
        if index not in self._nouns:
            match = self.words.nouns.at(self.text, index) if self.flags(index) & NOUN else None
            self._nouns[index] = None if match is not None and match.proclitic in self.words.questions else match
        return self._nouns[index]

    def mark_at(self, index: int) -> PhraseMatch[str] | None:
        """The mark that begins at a token; letters before it only where they join ("and") or the mark is an object."""
        if index not in self._marks:
            self._marks[index] = self._mark_at(index) if self.flags(index) & MARK else None
        return self._marks[index]

    def _mark_at(self, index: int) -> PhraseMatch[str] | None:
        words = self.words
        match = words.marks.at(self.text, index)
        if match is not None and match.value == "setting" and match.proclitic:
            joined = match.proclitic in words.conjunctions or match.proclitic in words.recipients
            return None if joined else match.valued("stop")  # "by its statement"
        if match is None or (match.proclitic and match.proclitic not in words.conjunctions and match.value not in _LETTERED):
            return None
        if match.value == "setting":
            return None
        if match.value == "prep" and match.last + 1 < len(self.tokens):
            setting = words.marks.at(self.text, match.last + 1)
            if setting is not None and setting.value == "setting" and not setting.proclitic:
                return PhraseMatch(match.first, setting.last, match.start, setting.end, match.proclitic, "stop")
        return match

    def mark(self, index: int) -> str:
        """Type of the mark that begins at a token, or the empty string."""
        known = self.words.plain[self.forms[index]]
        if not known or self.tokens[index].kind != "w":
            return ""
        if known != _OPEN:
            return known
        match = self.mark_at(index)
        return match.value if match is not None else ""


_LONG = "\u0649"
_PERSONS = frozenset(("role", "sure", "rank", "sign"))
_GROUPS = frozenset(("monitor", "ngo", "un", "rescuers"))
_VERBS, _PAST = frozenset({"verb"}), frozenset({"perf.3fs", "perf.3mp"})
_UNDER_WAY, _DISTINCT = frozenset({"goes_on", "happened"}), 5  # ways of verbs beside an event; letters of a form that is no name
_PARTICIPLES = {"acc": "participle", "pl": "participle.p", "sgf": "participle.f"}
_PARADIGMS = {
    "noun": ("noun",),
    "nounf": ("nounf",),
    "plural": ("plural",),
    "soundm": ("soundm",),
    "title": ("noun",),
    "adj": ("soundm", "soundf"),
}


@lru_cache(maxsize=4)
def speech_words(language: str = "ar") -> SpeechWords:
    """The words of speech of a language pack.

    Raises:
        PackError: a table of the pack is malformed.
    """
    clitics = read_table(f"{language}/clitics.tsv")
    article = next((row["restore"] for row in clitics if row["restore"]), "")
    verbs: list[tuple[str, Verb]] = []
    for row in read_table(f"{language}/lexicon/speech_verbs.tsv"):
        lemma, stance, frame = row["perfect"], row["stance"], row["frame"]
        stems = (row["perfect"], row["second"], row["imperfect"])
        for form, feature in forms("verb", stems, language).items():
            # The paradigm is that of sound verbs; forms of verbs in a long vowel stand in "also".
            weak = lemma[-1] == _LONG and feature in ("perf.3fs", "perf.3mp")
            if "1" not in feature and "dual" not in feature and not weak:
                verbs.append((form, Verb(lemma, stance, frame, feature)))
        for form in row.list("also"):
            verbs.append((form, Verb(lemma, stance, frame, "also")))
        for form in row.list("masdar"):
            verbs.append((form, Verb(lemma, stance, frame, "masdar")))
        if row["participle"]:
            for form, feature in forms("soundm", (row["participle"],), language).items():
                kind = _PARTICIPLES.get(feature)
                if kind is not None and not (feature == "pl" and stance == "accuses"):  # also "the accused"
                    verbs.append((form, Verb(lemma, stance, frame, kind)))
    nouns: list[tuple[str, Noun]] = []
    for row in read_table(f"{language}/lexicon/speakers.tsv"):
        phrase, paradigm = row["phrase"], row["paradigm"]
        group = row["names"] == "none" or paradigm == "plural" or row["kind"] in _GROUPS
        person = row["names"] == "person" or (row["type"] in _PERSONS and not group)
        if paradigm == "phrase":
            definite = phrase.startswith(article)
            lemma = phrase[len(article) :] if definite and " " not in phrase else phrase
            nouns.append((phrase, Noun(row["type"], row["kind"], lemma, definite, person=person, war=row["war"])))
            if row["type"] == "body" and not definite and " " not in phrase:
                nouns.append((article + phrase, Noun(row["type"], row["kind"], lemma, True)))
            continue
        if paradigm not in _PARADIGMS:
            raise row.fail(f"no paradigm {paradigm!r}")
        for name in _PARADIGMS[paradigm]:
            for form, feature in forms(name, (phrase,), language).items():
                if row["type"] == "rank" and feature == "dual.cons":
                    continue  # "presenting", not "the two majors of"
                nouns.append((form, Noun(row["type"], row["kind"], phrase, False, name == "plural", person)))
                nouns.append((article + form, Noun(row["type"], row["kind"], phrase, True, name == "plural", person)))
    for row in read_table(f"{language}/lexicon/outlets.tsv"):
        for alias in row.list("aliases"):
            nouns.append((alias, Noun("outlet", "news", row["name"], True)))
    listed = {phrase for phrase, _ in nouns}
    for row in read_table(f"{language}/lexicon/countries.tsv"):
        for name in (*row.list("names"), *row.list("capital")):
            if name not in listed:
                nouns.append((name, Noun("country", "government", name, name.startswith(article))))
    rows = read_table(f"{language}/lexicon/speech_markers.tsv")
    marks = [(row["phrase"], row["type"]) for row in rows if not row["type"].endswith(".letter")]
    letters = {name: frozenset(r["phrase"] for r in rows if r["type"] == f"{name}.letter") for name in ("and", "by", "to")}
    return SpeechWords(
        Phrasebook(verbs, language, shared=True),
        Phrasebook(nouns, language, shared=True),
        Phrasebook(marks, language, shared=True),
        letters["and"],
        letters["to"],
        tuple(sorted(letters["by"])),
        article,
        frozenset(row["form"] for row in clitics if row["note"] == "question"),
        language,
        _deeds(language) - {fold(form) for form, _ in verbs},
    )


def _deeds(language: str) -> frozenset[str]:
    """Forms of verbs of events and their tolls that no name looks like: what a feminine or a plural subject did."""
    found: set[str] = set()
    for table in ("events", "harm"):
        for row in read_table(f"{language}/lexicon/{table}.tsv"):
            if row["paradigm"] in _VERBS:
                found.update(f for f, feature in forms(row["paradigm"], row.list("stems"), language).items() if feature in _PAST)
    found.update(fold(row["word"]) for row in read_table(f"{language}/lexicon/ways.tsv") if row["way"] in _UNDER_WAY)
    return frozenset(form for form in found if len(form) >= _DISTINCT)
