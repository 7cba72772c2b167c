"""Method: what the method page says of the settings in force, in words of one language."""

from __future__ import annotations

import re
from importlib.resources import files

from marsad.exports.places import Coarse
from marsad.exports.profiles import Profile
from marsad.lexicon.reasons import listed, name, reason
from marsad.publishing.words import text, value

__all__ = ["measures", "rules", "uncommented"]

# A text of TOML, which may hold the sign of a comment, or a comment.
_COMMENT = re.compile(r'("""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')|[ \t]*#[^\n]*', re.DOTALL)


def rules(profile: Profile, language: str) -> list[str]:
    """The rules of a profile as sentences."""
    told = [
        text(language, "rule.embargo", days=profile.embargo) if profile.embargo else text(language, "rule.embargo.none"),
        text(language, "rule.statuses", names=listed("status", profile.statuses, language)),
        text(language, "rule.sources", names=listed("sourceKind", profile.sources, language)),
        text(language, "rule.addresses", how=name("addresses", profile.addresses, language)),
        text(language, "rule.words" if "evidence" in profile.claim_fields else "rule.words.none"),
    ]
    if not (profile.unlisted_parties or profile.site_names):
        told.append(text(language, "rule.unlisted"))
    if profile.decisions:
        told.append(text(language, "rule.decisions"))
    return told + [text(language, "rule.place", what=_what(rule, language), how=_how(rule, language)) for rule in profile.places]


def _what(rule: Coarse, language: str) -> str:
    if rule.sites:
        return text(language, "rule.place.sites", names=listed("siteKind", rule.sites, language))
    return text(language, f"rule.place.{'own' if rule.own else 'precise' if rule.precise else 'all'}")


def _how(rule: Coarse, language: str) -> str:
    if rule.unit == "exact":
        return text(language, "rule.place.exact")
    if rule.unit == "grid":
        return reason("exports:stated.cell", degrees=f"{rule.degrees:g}").text(language)
    return reason("exports:stated.unit", unit=rule.unit).text(language)


def uncommented(text: str) -> str:
    """A file of rules without its comments, in which its author may have written to colleagues."""
    plain = _COMMENT.sub(lambda found: found[1] or "", text)
    return re.sub(r"\n{3,}", "\n\n", plain).strip() + "\n"


def measures(language: str) -> list[tuple[str, str, str]]:
    """How well the program reads: the name of each slot, and F1 on unseen reports and on samples."""
    lines = files("marsad.publishing").joinpath("measures.tsv").read_text("utf-8").splitlines()[1:]
    return [(_slot(slot, language), held, samples) for slot, held, samples in (line.split("\t") for line in lines)]


def _slot(slot: str, language: str) -> str:
    if slot == "status":
        return text(language, "status")
    try:
        return text(language, f"measure.{slot}")
    except KeyError:
        return value(language, "slot", slot)
