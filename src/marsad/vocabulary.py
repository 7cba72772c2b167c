"""Vocabularies: the closed lists of values that a claim may hold, in the order in which the documentation lists them.

``docs/claims.md`` says what each value means and ``docs/claim.schema.json`` repeats them for other programs; tests hold
the three together.
"""

from __future__ import annotations

__all__ = [
    "DATE_PRECISIONS",
    "EVENT_TYPES",
    "HARM_KINDS",
    "HARM_STATUSES",
    "INCLUDING",
    "PLACE_CLASSES",
    "PLACE_PRECISIONS",
    "SCOPES",
    "SITE_KINDS",
    "SOURCE_KINDS",
    "SOURCE_ROLES",
    "STATUSES",
    "VOCABULARIES",
    "WEAPON_KINDS",
]

SCOPES = ("event", "aggregate")
STATUSES = ("asserted", "denied", "uncertain", "planned")
EVENT_TYPES = (
    "air_drone_strike", "shelling_artillery_missile", "remote_explosive_ied", "suicide_bomb", "grenade", "chemical_weapon",
    "armed_clash", "attack", "abduction_forced_disappearance", "sexual_violence",
    "government_regains_territory", "non_state_actor_overtakes_territory", "non_violent_transfer_of_territory",
    "arrests", "looting_property_destruction", "disrupted_weapons_use", "agreement", "headquarters_established",
    "peaceful_protest", "protest_with_intervention", "excessive_force_against_protesters", "violent_demonstration",
    "mob_violence",
)  # fmt: skip
DATE_PRECISIONS = ("day", "days", "week", "month", "season", "year", "unknown")
PLACE_CLASSES = (
    "neighbourhood", "village", "town", "city", "subdistrict", "district", "governorate", "country", "area", "site",
)  # fmt: skip
PLACE_PRECISIONS = ("site", "settlement", "area", "admin", "country")
SITE_KINDS = (
    "religious", "medical", "educational", "cultural", "residential", "market", "displacement_site", "food_water", "energy",
    "transport", "media", "humanitarian", "detention", "public_building", "civilian_vehicle", "military", "other_civilian",
)  # fmt: skip
WEAPON_KINDS = (
    "aerial_bomb_or_missile", "drone", "helicopter_munition", "barrel_bomb", "cluster_munition", "artillery", "mortar",
    "rocket", "ballistic_missile", "vehicle_bomb", "planted_device", "landmine", "unexploded_ordnance", "suicide_vest",
    "small_arms", "grenade", "chemical", "blade", "other",
)  # fmt: skip
HARM_KINDS = ("killed", "injured", "missing", "abducted", "captured", "arrested", "displaced")
HARM_STATUSES = ("civilian", "combatant", "mixed", "unknown")
INCLUDING = ("children", "women", "elderly", "medics", "journalists", "aid_workers", "family")
SOURCE_KINDS = (
    "belligerent", "government", "security", "medical", "rescuers", "monitor", "un", "ngo", "news", "correspondent",
    "local", "witness", "relative", "unnamed", "other",
)  # fmt: skip
SOURCE_ROLES = ("origin", "carrier")

# By the name of the definition in the schema.
VOCABULARIES = {
    "scope": SCOPES,
    "status": STATUSES,
    "type": EVENT_TYPES,
    "datePrecision": DATE_PRECISIONS,
    "placeClass": PLACE_CLASSES,
    "placePrecision": PLACE_PRECISIONS,
    "siteKind": SITE_KINDS,
    "weaponKind": WEAPON_KINDS,
    "harmKind": HARM_KINDS,
    "harmStatus": HARM_STATUSES,
    "including": INCLUDING,
    "sourceKind": SOURCE_KINDS,
    "sourceRole": SOURCE_ROLES,
}
