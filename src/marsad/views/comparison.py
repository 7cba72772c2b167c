"""A page that lays predicted claims beside gold claims: figures, and each document's text with the triggers marked.

One file without scripts or outside requests. All text of reports is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from marsad.evaluation.score import NAMES, DocumentScore, Pair, Score, in_words
from marsad.evaluation.slots import SLOTS, Record, slots, spans

__all__ = ["comparison"]

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --bad: #c0392b; --gold: #b8860b; --guess: #2471a3; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0; }
td, th { border-bottom: 1px solid var(--line); padding: .15rem .6rem; text-align: start; vertical-align: top; }
td.n, th.n { text-align: end; } td.n { font-variant-numeric: tabular-nums; }
section { border-top: 2px solid var(--line); margin-top: 2rem; }
.text { white-space: pre-wrap; max-width: 60rem; line-height: 1.9; }
mark { background: none; color: inherit; border-bottom: 3px solid; }
mark a { color: inherit; text-decoration: none; }
mark.gold { border-color: var(--gold); border-bottom-style: solid; }
mark.guess { border-color: var(--guess); border-bottom-style: dashed; }
mark.both { border-color: var(--gold); border-bottom-style: double; }
tr.wrong td { color: var(--bad); font-weight: 600; }
article { border-inline-start: 4px solid var(--line); padding-inline-start: .8rem; margin: 1rem 0; }
article.missed { border-color: var(--gold); } article.invented { border-color: var(--guess); }
article:target { background: #8882; }
h3 { margin: .3rem 0; font-size: 1rem; }
@media print { section { break-inside: avoid; } }
"""
_LEGEND = """<p>Triggers are underlined: gold <mark class=gold>solid</mark>, predicted <mark class=guess>dashed</mark>,
both <mark class=both>double</mark>. A slot in red differs.</p>"""


def comparison(score: Score, title: str) -> str:
    """The page.

    Args:
        score: what to show.
        title: name of the gold documents.

    Returns:
        The text of an HTML file.
    """
    parts = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}: gold and predicted</title>',
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>',
        f"<h1>{escape(title)}: gold and predicted claims</h1>",
        _LEGEND,
        *_figures(score),
        *_index(score),
    ]
    for number, document in enumerate(score.documents, 1):
        parts += _document(number, document)
    return "\n".join([*parts, "</body></html>\n"])


def _figures(score: Score) -> Iterator[str]:
    yield (
        "<table><tr><th></th>"
        + "".join(f"<th class=n>{n}</th>" for n in ("precision", "recall", "F1", "gold", "predicted"))
        + "</tr>"
    )
    for name in NAMES:
        f = score.figures[name]
        cells = (f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", str(f.gold), str(f.predicted))
        yield f"<tr><th>{name}</th>{''.join(f'<td class=n>{cell}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _index(score: Score) -> Iterator[str]:
    yield "<details open><summary>Documents, the worst first</summary><table>"
    yield "<tr><th>slots F1</th><th>found</th><th>missed</th><th>invented</th><th>document</th></tr>"
    numbered = sorted(enumerate(score.documents, 1), key=lambda item: (item[1].figures["slots"].f1, item[0]))
    for number, document in numbered:
        states = [_state(pair) for pair in document.pairs]
        counts = "".join(f"<td class=n>{states.count(state)}</td>" for state in ("found", "missed", "invented"))
        name = escape(document.document["id"])
        figure = document.figures["slots"].f1
        yield f'<tr><td class=n>{figure:.3f}</td>{counts}<td><a href="#d{number}">{name}</a></td></tr>'
    yield "</table></details>"


def _state(pair: Pair) -> str:
    if pair.predicted is None:
        return "missed"
    return "invented" if pair.gold is None else "found"


def _document(number: int, scored: DocumentScore) -> Iterator[str]:
    document = scored.document
    about = " · ".join(f"<bdi>{escape(str(document[k]))}</bdi>" for k in ("publisher", "published") if document.get(k))
    yield f'<section id="d{number}"><h2>{escape(document["id"])} <small>{about}</small></h2>'
    if document.get("title"):
        yield f"<p dir=auto><b>{escape(str(document['title']))}</b></p>"
    yield f'<div class=text dir=auto lang="{escape(str(document.get("language") or "ar"))}">{_marked(number, scored)}</div>'
    for index, pair in enumerate(scored.pairs, 1):
        yield from _pair(f"d{number}c{index}", pair)
    yield "</section>"


def _marked(number: int, scored: DocumentScore) -> str:
    """The text with triggers underlined; where several overlap, each stretch shows who marks it."""
    text = scored.document["text"]
    marks: list[tuple[int, int, str, int]] = []
    for index, pair in enumerate(scored.pairs, 1):
        for side, claim in (("gold", pair.gold), ("guess", pair.predicted)):
            for span in spans(claim.get("trigger")) if claim is not None else ():
                if 0 <= span["start"] < span["end"] <= len(text):
                    marks.append((span["start"], span["end"], side, index))
    # Sorted by start, a mark is open from its start to its end; the cuts are where any begins or ends.
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    marks.sort()
    parts, waiting, open_marks = [], 0, list[tuple[int, int, str, int]]()
    for start, end in pairwise(cuts):
        while waiting < len(marks) and marks[waiting][0] <= start:
            open_marks.append(marks[waiting])
            waiting += 1
        open_marks = [m for m in open_marks if m[1] > start]
        words = escape(text[start:end])
        if open_marks:
            sides = {m[2] for m in open_marks}
            look = "both" if len(sides) == 2 else next(iter(sides))
            words = f'<mark class={look}><a href="#d{number}c{open_marks[0][3]}">{words}</a></mark>'
        parts.append(words)
    return "".join(parts)


def _pair(anchor: str, pair: Pair) -> Iterator[str]:
    state = _state(pair)
    shown = pair.gold if pair.gold is not None else pair.predicted
    if shown is None:
        return
    heading = f"found ({pair.similarity:.2f})" if state == "found" else state
    names = " / ".join(escape(str(c.get("id") or "")) for c in (pair.gold, pair.predicted) if c is not None)
    yield f'<article id="{anchor}" class={state}><h3>{heading}: {names}</h3>'
    yield "<table><tr><th>slot</th><th>gold</th><th>predicted</th></tr>"
    yield _row("trigger", _trigger(pair.gold), _trigger(pair.predicted), wrong=False)
    gold = slots(pair.gold) if pair.gold is not None else {}
    predicted = slots(pair.predicted) if pair.predicted is not None else {}
    for slot in SLOTS:
        mine, theirs = gold.get(slot, frozenset()), predicted.get(slot, frozenset())
        if mine or theirs:
            yield _row(slot, in_words(mine), in_words(theirs), wrong=state == "found" and mine != theirs)
    yield "</table></article>"


def _trigger(claim: Record | None) -> tuple[str, ...]:
    return tuple(str(span.get("text") or "") for span in spans(claim.get("trigger"))) if claim is not None else ()


def _row(name: str, gold: tuple[str, ...], predicted: tuple[str, ...], *, wrong: bool) -> str:
    cells = "".join(f"<td>{'<br>'.join(f'<bdi>{escape(v)}</bdi>' for v in values) or '-'}</td>" for values in (gold, predicted))
    return f"<tr{' class=wrong' if wrong else ''}><th>{name}</th>{cells}</tr>"
