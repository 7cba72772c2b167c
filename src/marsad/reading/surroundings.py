"""What stands around a verb of saying: its speaker, its content and the clause that it stands in."""

from __future__ import annotations

from marsad.lexicon.clitics import splits
from marsad.reading.quotes import CLOSING, OPENING, PLAIN
from marsad.reading.speakers import HEADS, Phrase, addressed, is_name, phrase_at
from marsad.reading.speech import OPENS, SPOKEN, Talk
from marsad.record import replace

__all__ = ["COMMAS", "Surroundings"]

COMMAS = frozenset("،,;؛")
_INTRODUCING = OPENING | PLAIN | {":"}
_NAMING = OPENING | PLAIN | CLOSING  # some write »name«
_NAME = 7  # tokens within which a quoted name closes
_QUOTES = frozenset('«»"()“”#')
_SPOKEN = 30
_CLAUSE = 16
_LATE = 10
_HEADING = 16  # tokens of a sentence within which a colon ends the name of who speaks
_UNTOLD = frozenset(("", "other", "unnamed", "local"))
_NAMED_BEFORE = frozenset({"org", "role"})
_UNISSUED = frozenset({"", "other", "unnamed"})  # kinds of a statement or a toll of which nothing yet tells whose it is
_PASSING = frozenset(("", "news", "correspondent"))
_ACTING = HEADS - {"rank", "org"}


class Surroundings:
    """Looks around a token of a text; all ends of token ranges are excluded."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.text, self.words = talk, talk.text, talk.words
        self.mark = talk.mark

    def negated(self, at: int, first: int) -> bool:
        return (at > first and self.mark(at - 1) == "not") or (at - 1 > first and self.mark(at - 2) == "not")

    def content(self, at: int, end: int) -> int:
        """Index of what opens the content: "that", a colon, a quotation; -1 where none stands near."""
        forms, flags = self.text.forms, self.words.flags
        i, last = at, min(end, at + _SPOKEN, len(forms))
        while i < last:
            form = forms[i]
            if flags[form] & OPENS:
                if self.mark(i) in ("that", "words"):
                    return i
            elif form in _INTRODUCING and not (form in PLAIN and self._ending(i + 1)):
                close = -1 if form == ":" else self._short(i, end)
                if close < 0:
                    return i
                i = close
            i += 1
        return -1

    def footage(self, at: int, end: int) -> int:
        """Index of the recording that a verb of showing has as its object, or -1 where none stands near."""
        near = (i for i in range(at, min(end, at + _CLAUSE)) if self.mark(i) == "footage")
        return next(near, -1)

    def speaks_on(self, at: int) -> bool:
        """Whether a quotation ends or a verb of saying stands at a token."""
        form = self.text.forms[at]
        return form in CLOSING or (bool(self.words.flags[form] & SPOKEN) and self.talk.verb(at) is not None)

    def _ending(self, at: int) -> bool:
        """Whether no word stands at a token: the plain mark before it closes a quotation."""
        return at >= len(self.text.tokens) or self.text.tokens[at].form in ".،,؛;!؟?" or self.text.tokens[at].kind == "b"

    def _short(self, at: int, end: int) -> int:
        """Index of the mark that closes a quotation of a few words opened at a token, or -1 where it is longer."""
        forms = self.text.forms
        return next((i for i in range(at + 1, min(end, at + 6, len(forms))) if forms[i] in CLOSING or forms[i] in PLAIN), -1)

    def subject_after(self, at: int, end: int) -> Phrase | None:
        """The speaker that stands behind the verb; times and settings may come between."""
        tokens, words = self.text.tokens, self.words
        i = at + 1
        while i < end and i < at + 9:
            token = tokens[i]
            if token.kind == "w":
                if token.form in words.recipients:
                    addressee = phrase_at(self.talk, i + 1) if i + 1 < end else None
                    i = addressee.last + 1 if addressee is not None else i + 1
                    i += i < end and (tokens[i].form in CLOSING or tokens[i].form in PLAIN)
                    continue
                mark = self.talk.mark_at(i)
                if mark is not None and mark.value in ("time", "cut", "some"):
                    i = mark.last + 1
                    continue
                verb = self.talk.verb(i) if words.flags[token.form] & SPOKEN else None
                if verb is not None and verb.value.feature.startswith("participle") and not self._spokesman(i):
                    return None
                if mark is not None and mark.value in ("that", "words", "from", "object", "relative", "not", "being"):
                    match = self.talk.noun(i)
                    if match is None:
                        return None
                if mark is not None and mark.value == "prep":
                    return None
                if mark is not None and mark.value == "stop" and not is_name(self.text, i):
                    if mark.last == mark.first:
                        return None
                    i = self.after_setting(mark.last + 1, end)
                    continue
                match = self.talk.noun(i)
                if match is None and self._to(token.form):
                    i += 1
                    continue
                if (
                    match is not None
                    and (match.value.type in ("media", "outlet") or match.start > token.start)
                    and addressed(self.talk, match)
                ):
                    # A person spoken to may stand right before who speaks ("told the journalists the spokesman of").
                    skipped = phrase_at(self.talk, i) if not match.value.person else None
                    i = skipped.last + 1 if skipped is not None else match.last + 1
                    continue
                phrase = self.described(phrase_at(self.talk, i))
                if phrase is None or (not phrase.kind and (i > at + 1 and tokens[i - 1].kind == "p" or self._beside(token.form))):
                    return None
                return phrase
            if token.form in COMMAS or token.form in ("-", "#"):
                i += 1
                continue
            if token.form in '«"(“':
                return phrase_at(self.talk, i)
            return None
        return None

    def _to(self, form: str) -> bool:
        """Whether a word with the article is written with "to": somebody is spoken to ("told the council that")."""
        cuts = splits(form, self.words.language, enclitics=False) if form[:1] in self.words.recipients else ()
        return any(len(c.proclitic) > 1 and c.proclitic[:1] in self.words.recipients for c in cuts)

    def _beside(self, form: str) -> bool:
        """Whether a word joined by "and" with the article tells how somebody spoke ("tears in his eyes"), and is no name."""
        return form[:1] in self.words.conjunctions and form[1:].startswith(self.words.article)

    def pronoun(self, at: int) -> bool:
        """Whether a word that opens a clause bears a pronoun, the subject of what follows ("that he", "but they")."""
        opens = self.text.tokens[at].kind == "w" and self.mark(at) in ("that", "open")
        return opens and any(cut.enclitic for cut in splits(self.text.forms[at], self.words.language))

    def _spokesman(self, at: int) -> bool:
        """Whether a participle is the noun of one who speaks for another ("a spokeswoman")."""
        match = self.talk.noun(at)
        return match is not None and match.value.statement and match.value.person

    def described(self, phrase: Phrase | None) -> Phrase | None:
        """A bare name with the kind of the description behind it ("X, the mayor of Y,"), a toll with that of who issued it."""
        if phrase is None or phrase.last + 2 >= len(self.text.tokens):
            return phrase
        if phrase.type == "role" and phrase.own in ("", "other") and self.mark(phrase.last + 1) in ("carried", "made"):
            behind = phrase.last + 2
            issuer = phrase_at(self.talk, behind + (self.text.tokens[behind].form == "#" and behind + 1 < len(self.text.tokens)))
            if phrase.kind not in _UNISSUED:
                return phrase  # "a statement of the group that accounts spread"
            counts = phrase.own == "other" and self.mark(phrase.last + 1) == "made"  # "a toll that the agency drew up"
            if issuer is None or (issuer.kind in _PASSING and not (counts and issuer.kind == "news")):
                return phrase
            if issuer.bare and issuer.type in _NAMED_BEFORE:
                return issuer  # "a statement that the ministry issued": the one named before
            return replace(phrase, last=issuer.last, end=issuer.end, kind=issuer.kind, bare=False)
        if phrase.kind and phrase.type != "rank":
            return phrase
        if self.text.tokens[phrase.last + 1].form in COMMAS or self.mark(phrase.last + 1) == "being":
            behind = phrase.last + 2 + (self.mark(phrase.last + 2) == "being" and phrase.last + 3 < len(self.text.tokens))
            words = phrase_at(self.talk, behind)
            if words is not None and words.type in ("role", "sure", "rank", "org") and words.first == behind:
                if phrase.kind:  # "General X, the director of Y": an officer speaks for what he directs
                    return replace(phrase, kind=words.kind) if words.kind not in _UNTOLD else phrase
                return replace(phrase, kind=words.kind, type="name")
        return phrase

    def after_setting(self, at: int, end: int) -> int:
        """First token behind a setting ("in a statement to the agency today")."""
        tokens, toward = self.text.tokens, False
        while at < end and tokens[at].kind == "w":
            match = self.talk.noun(at)
            outlet = match is not None and match.value.type in ("media", "outlet")
            if match is not None and (addressed(self.talk, match) or (toward and outlet)):
                phrase = phrase_at(self.talk, at)
                at = phrase.last + 1 if phrase is not None else at + 1
            elif tokens[at].form in self.words.recipients and at + 1 < end and tokens[at + 1].form in _NAMING:
                close = next((i for i in range(at + 2, min(end, at + _NAME)) if tokens[i].form in _NAMING), at + 1)
                at = close + 1
            elif (match is not None and match.value.type != "sign") or self.mark(at) in ("that", "words", "from"):
                break
            else:
                toward = self.mark(at) == "stop"
                at += 1
        return at

    def subject_before(self, at: int, first: int, floor: int) -> Phrase | None:
        """The speaker that stands before its verb in the same clause."""
        tokens = self.text.tokens
        floor = max(first, at - _CLAUSE, floor)
        i = at - 1
        relative = i >= floor and self.mark(i) == "relative"
        begin = floor
        commas = 0
        while i >= floor:
            token = tokens[i]
            if token.kind == "p" and token.form not in _QUOTES:
                commas += 1
                if token.form not in COMMAS or commas > 2:
                    begin = i + 1
                    break
            if token.kind == "w" and self.mark(i) in ("open", "that"):
                if i == at - 2 and i > floor and self.mark(at - 1) == "stop" and self.mark(i) == "open" and not self._joined(i):
                    i -= 1  # "X had announced"
                    continue
                begin = i + 1
                break
            i -= 1
        found: Phrase | None = None
        for j in range(begin, at):
            if tokens[j].kind != "w":
                continue
            match = self.talk.noun(j)
            if match is not None and match.value.type != "sign":
                phrase = phrase_at(self.talk, j)
                if phrase is not None and phrase.kind and phrase.last < at:
                    if not relative:
                        return phrase
                    inner = match.value.type == "country" and j > begin and tokens[j - 1].kind == "w"
                    if phrase.last >= at - 3 and not inner:
                        found = phrase
            if not relative:
                inside = self.mark(j) in ("prep", "stop")  # "in the district X"
                named = phrase_at(self.talk, j) if match is None and not inside else None
                if named is not None and named.kind and at - 2 <= named.last < at:
                    found = named
                break
        return found

    def heading(self, first: int, end: int) -> tuple[Phrase, int] | None:
        """The speaker whose name with a colon opens a sentence ("The hospital: three wounded"), and the colon; or None."""
        forms, tokens = self.text.forms, self.text.tokens
        until = min(end, first + _HEADING)
        if ":" not in forms[first:until]:
            return None
        colon = forms.index(":", first, until)
        bar = next((i for i in range(colon - 1, first, -1) if forms[i] == "|"), first - 1)  # "Urgent | The hospital: ..."
        at = next((i for i in range(bar + 1, colon) if tokens[i].kind == "w"), -1)
        if at < 0 or colon + 1 >= end or at > bar + 3:
            return None
        match = self.talk.noun(at)
        if match is None or match.proclitic or match.value.type in ("country", "sign", "rank"):
            return None
        phrase = phrase_at(self.talk, at)
        if phrase is None or not phrase.kind or phrase.last >= colon or (phrase.kind == "news" and "-" in forms[first:colon]):
            return None
        told = all(tokens[i].kind != "w" or self._told(i, phrase.last + 1) for i in range(phrase.last + 1, colon))
        return (phrase, colon) if told else None

    def _told(self, at: int, first: int) -> bool:
        """Whether a token belongs to the outlet spoken to that stands between a speaker and a colon ("a source to the agency:")."""
        if self.text.forms[at] in self.words.recipients:
            return True
        outlet = next((m for i in range(first, at + 1) if (m := self.talk.noun(i)) is not None and m.value.kind == "news"), None)
        return outlet is not None and (
            outlet.last >= at or self.text.tokens[outlet.first - 1].kind != "w" or bool(outlet.proclitic)
        )

    def _joined(self, at: int) -> bool:
        """Whether a word that opens a clause is joined to what stands before ("and had")."""
        match = self.talk.mark_at(at)
        return match is not None and bool(match.proclitic)

    def first_speaker(self, first: int, at: int) -> Phrase | None:
        """The first noun phrase of a speaker in a stretch: the subject of a main verb that is not one of saying."""
        for i in range(first, min(at, first + 6)):
            match = self.talk.noun(i) if self.text.tokens[i].kind == "w" else None
            if match is not None and match.value.type in _ACTING and not match.proclitic:
                phrase = phrase_at(self.talk, i)
                if phrase is not None and phrase.kind:
                    return phrase
        return None

    def late_subject(self, at: int, end: int) -> Phrase | None:
        """The speaker behind the object: "claimed the attack the group X"."""
        for i in range(at + 1, min(end, at + _LATE)):
            if self.text.tokens[i].kind != "w":
                continue
            match = self.talk.noun(i)
            if match is not None and match.value.type != "sign" and not match.proclitic:
                phrase = phrase_at(self.talk, i)
                if phrase is not None and phrase.kind:
                    return phrase
        return None

    def joined(self, phrase: Phrase) -> list[Phrase]:
        parts = [phrase]
        while parts[-1].joined >= 0 and len(parts) < 4:
            following = phrase_at(self.talk, parts[-1].joined)
            if following is None or not following.kind or (following.type == "outlet" and phrase.kind != "news"):
                break  # "the British authorities and the German" names no agency
            parts.append(following)
        return parts

    def clause_start(self, at: int, first: int, floor: int) -> int:
        """Where the clause of a verb begins: behind the punctuation or opening word before it."""
        tokens = self.text.tokens
        floor = max(first, at - _CLAUSE, floor)
        for i in range(at - 1, floor - 1, -1):
            if tokens[i].form in COMMAS or tokens[i].form in ".:":
                return i + 1
            if tokens[i].kind == "w" and self.mark(i) == "open":
                return i
        return floor

    def responsible(self, first: int, end: int) -> bool:
        return any(self.mark(i) == "responsibility" for i in range(first, end))

    def blamed(self, first: int, end: int) -> bool:
        """Whether blame or responsibility is laid on someone in a stretch."""
        return any(self.mark(i) in ("responsibility", "blame") for i in range(first, end))

    def ends_soon(self, at: int, end: int) -> bool:
        return not any(self.text.tokens[i].kind in "wn" for i in range(at + 3, end))

    def issued(self, at: int) -> bool:
        """Whether a verb tells what stands in a statement right before it ("issued a statement in which it denied")."""
        noun = self.talk.noun(at - 1) if at else None
        return noun is not None and noun.value.statement and not noun.value.person and not noun.value.definite

    def takes_up(self, at: int, first: int, conjoined: bool) -> bool:
        """Whether a verb without a subject can go on with the speech before: it opens its clause."""
        if conjoined:
            return True
        before = self.text.tokens[at - 1]
        if at == first or before.kind == "p" or self.mark(at - 1) in ("open", "cut"):
            return True
        if self.issued(at):
            return True
        if at - 2 < first:
            return False
        opened = self.talk.mark_at(at - 2) if self.mark(at - 2) == "open" else None
        if opened is not None and opened.last == at - 1:
            return True  # "but it warned"
        return self.mark(first) in ("stop", "cut", "time") or self.mark(at - 2) == "cut"
