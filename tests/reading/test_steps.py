"""Reports that are read side by side, step by step, give what each gives alone."""

from __future__ import annotations

from marsad import Document, read
from marsad.batch import read_all
from marsad.reading.reader import read_steps
from marsad.reading.steps import Steps, finished

TEXTS = (
    "قصفت طائرات حربية بلدة دوما يوم 3 أبريل 2018 وقتلت خمسة مدنيين، بحسب الدفاع المدني.",
    "افتتح الوزير المعرض.",
    "انفجرت سيارة مفخخة في سوق مدينة الباب فأصيب تسعة أشخاص.\nوقالت الشرطة إن ثلاثة منهم أطفال.",
)


def test_steps_are_taken_to_their_end() -> None:
    def steps() -> Steps[int]:
        yield
        yield
        return 7

    assert finished(steps()) == 7


def test_reports_read_side_by_side_give_what_each_gives_alone() -> None:
    documents = [Document(f"d{n}", TEXTS[n % 3], published="2018-04-04") for n in range(40)]
    alone = [tuple(read(document)) for document in documents]
    assert sum(map(len, alone)) > 20
    assert [reading.claims for reading in read_all(documents, jobs=1)] == alone
    assert all(reading.error is None for reading in read_all(documents, jobs=1))


def test_a_reading_pauses_between_its_parts() -> None:
    assert sum(1 for _ in read_steps(Document("d", TEXTS[0], published="2018-04-04"))) > 10
