"""Own addresses: whether the address that a page gives itself (its canonical address) can be its own.

Sites err: all their pages name the front page, a section, or another site, and would be one document. So the address is believed
only if it is of the same family of hosts and not less than the page's own address: an address whose last part names a report (a
number, a long name) may stand for a deeper one (``/news/123456`` for ``/news/123456/print``), a section may not (``/news`` for
``/news/2024/05/04/1``). What looks right and is wrong all the same shows only beside other pages: see ``register.identity``.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

__all__ = ["plausible"]

_FRONT = re.compile(r"(?:index|default|home|main)(?:\.\w{2,5})?", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A number of a report has more digits than a day or a page; short ones are told from years.
_LONG_NUMBER = re.compile(r"\d{5}")
_NUMBER = re.compile(r"\d{3,4}")
_WORDS = re.compile(r"[^\W_]+")
_LEAST_WORDS, _LEAST_LETTERS = 4, 25
# Of a query what says how one came, not what is shown.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|igshid|mc_\w+|ref\w*|share\w*|amp|outputtype|output|source|src|via|lang|cid|nocache|v",
    re.IGNORECASE,
)
# Before the name of the country: "com.sy", "co.uk".
_GENERIC = frozenset(["ac", "co", "com", "edu", "go", "gov", "info", "mil", "net", "or", "org"])


def plausible(canonical: str, address: str) -> bool:
    """Whether an address that a page gives itself can be its own.

    Args:
        canonical: what the page says, absolute.
        address: where the page was; empty if unknown, as of a saved page.
    """
    try:
        own = urlsplit(canonical)
        if own.scheme not in ("http", "https") or not own.hostname or not (_parts(own) or own.query):
            return False
        at = urlsplit(address)
        if not at.hostname:
            return True
        if _family(own.hostname) != _family(at.hostname):
            return False
    except ValueError:
        return False
    deeper = len(_parts(own)) - len(_parts(at))
    if deeper > 0 or (deeper == 0 and not _shown(at) - _shown(own)):
        return True
    return bool(_shown(own)) or _names_report(_parts(own))


def _parts(address: SplitResult) -> list[str]:
    """The parts of a path, without those that stand for a whole folder."""
    return [part for p in address.path.split("/") if (part := unquote(p).strip()) and not _FRONT.fullmatch(part)]


def _shown(address: SplitResult) -> set[tuple[str, str]]:
    """What a query says of the page that is shown: numbers and names of reports."""
    return {
        (key, value)
        for key, value in parse_qsl(address.query)
        if not _TRACKING.fullmatch(key) and (any(c.isdigit() for c in value) or len(value) >= _LEAST_LETTERS)
    }


def _names_report(parts: list[str]) -> bool:
    last = _ENDING.sub("", parts[-1]) if parts else ""
    if _LONG_NUMBER.search(last) or (_NUMBER.fullmatch(last) and not _YEAR.fullmatch(last)):
        return True
    return len(_WORDS.findall(last)) >= _LEAST_WORDS or (len(last) >= _LEAST_LETTERS and not last.isdigit())


def _family(host: str) -> str:
    """The name that the hosts of one owner share; for a number the number."""
    labels = host.lower().rstrip(".").split(".")
    if labels[-1].isdigit() or ":" in host:
        return host.lower()
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _GENERIC
    return ".".join(labels[-3 if country else -2 :])
