"""Twenty people at one desk at once: everyone is answered, and what they do is all kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from marsad.desk.settings import Settings
from marsad.register import queries
from marsad.register.store import Register
from tests.desk.running import serving, token_of

PEOPLE = 20


def test_twenty_people_read_and_decide_at_once(place: Path) -> None:
    with Register.open(str(place)) as register, register.snapshot() as connection:
        claims = [claim.id for claim in queries.claims(connection, limit=PEOPLE)]

    def work(number: int) -> list[int]:
        claim = claims[number]
        document = claim.partition(".")[0]
        found = []
        with httpx.Client(base_url=address, timeout=60, headers={"accept": "text/html"}) as person:
            for page in ("/log?action=link", f"/reading/{document}"):
                answer = person.get(page)
                found.append(answer.status_code)
            fields = {"csrf": token_of(answer.text), "to": ("ar", "en")[number % 2]}
            found.append(person.post("/preferences/language", data=fields).status_code)
            with Register.open(str(place)) as own:
                own.decide(claim, "accept", None, f"person {number}", "seen")
            found.append(person.get(f"/reading/{document}").status_code)
        return found

    with serving(Settings(register=str(place), who="Rana")) as address, ThreadPoolExecutor(PEOPLE) as people:
        answers = [status for found in people.map(work, range(PEOPLE)) for status in found]
    assert set(answers) <= {200, 303}
    with Register.open(str(place)) as register:
        assert {entry.who for entry in register.log(action="decision")} == {f"person {n}" for n in range(PEOPLE)}
        assert register.verify().clean
