"""A process that adds captures and says after each step what is stored by then: to be killed, starved or run beside others.

python -m tests.register.adding PLACE FIRST LAST STEP [WHO]
"""

from __future__ import annotations

import sys

from marsad.errors import MarsadError
from marsad.register.store import Register
from tests.register.making import capture, read, report

# Seconds: ten writers on a slow disk may take turns for longer than a person would wait.
_PATIENCE = 600.0


def main(place: str, first: int, last: int, step: int, who: str = "test") -> int:
    """Add the reports of some numbers, some at once; print how far it came."""
    with Register.open(place, patience=_PATIENCE) as register:
        print("open", flush=True)
        for start in range(first, last, step):
            captures = [capture(n, report(n)) for n in range(start, min(start + step, last))]
            try:
                register.add_all([(c, read(c)) for c in captures], who=who)
            except MarsadError as error:
                print(f"error: {error}", flush=True)
                return 1
            print(start + len(captures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5]), *sys.argv[5:]))
