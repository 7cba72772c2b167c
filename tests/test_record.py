"""Records are compared, hashed, shown, copied and sent to other processes as frozen dataclasses are."""

import pickle
from dataclasses import dataclass, replace

from marsad.record import record


@record(frozen=True, slots=True)
class Pair:
    one: int
    other: str = "x"


@dataclass(frozen=True, slots=True)
class Frozen:
    one: int
    other: str = "x"


def test_a_record_behaves_as_a_frozen_dataclass() -> None:
    made, same, another = Pair(1), Pair(1, "x"), Pair(2)
    assert made == same != another
    assert hash(made) == hash(same) == hash(Frozen(1))
    assert repr(made) == repr(Frozen(1)).replace("Frozen", "Pair")
    assert replace(made, one=2) == another
    assert pickle.loads(pickle.dumps(made)) == made
    assert not hasattr(made, "__dict__")
