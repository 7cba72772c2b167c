"""Reports to compare: invented ones of several paragraphs, the same each time."""

from __future__ import annotations

import random
from typing import Any

from marsad.model import Document
from marsad.syndication.likeness import Likeness, Words, compare

__all__ = ["REPORT", "document", "like", "report"]

REPORT = (
    "قال مصدر طبي إن أربعة مدنيين قتلوا وأصيب تسعة آخرون بجروح، مساء الثلاثاء، في قصف مدفعي استهدف الحي الشرقي من بلدة تل الزيتون.\n\n"
    "وأضاف المصدر أن سيارات الإسعاف نقلت المصابين إلى نقطة طبية قريبة، وأن حالة ثلاثة منهم حرجة بسبب الشظايا التي أصابت الرأس.\n\n"
    "وذكر شاهد من سكان البلدة أن القذائف سقطت قرب فرن كان الناس ينتظرون أمامه دورهم، وأن جدران بيتين مجاورين انهارت على من فيهما.\n\n"
    "ولم يصدر تعليق من أي طرف حتى ساعة إعداد هذا التقرير، فيما توقفت المدارس عن استقبال التلاميذ يوما واحدا خشية تجدد القصف."
)

_SUBJECTS = [
    "الفلاحون",
    "المعلمات",
    "التجار",
    "الصيادون",
    "العمال",
    "المهندسون",
    "الممرضات",
    "الرعاة",
    "النجارون",
    "الطلاب",
    "السائقون",
    "الحراس",
]
_VERBS = ["انتظروا", "حملوا", "أصلحوا", "تركوا", "باعوا", "جمعوا", "وجدوا", "نظفوا", "رسموا", "أغلقوا", "فتحوا", "نقلوا"]
_OBJECTS = [
    "صناديق الخشب",
    "أكياس الطحين",
    "دفاتر الحساب",
    "شباك الصيد",
    "أبواب المخزن",
    "خرائط الطريق",
    "أنابيب الماء",
    "سلال التين",
    "ألواح الزجاج",
    "حبال السفن",
]
_PLACES = [
    "قرب الجسر القديم",
    "عند باب السوق",
    "خلف المدرسة",
    "على ضفة النهر",
    "تحت سقف المحطة",
    "بين بيوت الطين",
    "أمام دار البلدية",
    "في ساحة الزيتون",
]
_ENDS = [
    "قبل غروب الشمس",
    "بعد توقف المطر",
    "لأن الريح اشتدت",
    "حين عاد التيار",
    "كما اتفق الجيران",
    "رغم برد الليل",
    "منذ أول الربيع",
    "بلا استراحة",
]


def document(
    name: str, text: str, publisher: str | None = None, published: str | None = "2024-05-08", **changes: Any
) -> Document:
    """A report in Arabic; the publisher is one of its own unless told."""
    told: dict[str, Any] = {"language": "ar"} | changes
    return Document(name, text, "", published, publisher=publisher or f"موقع الخبر {name}", **told)


def like(one: str, other: str, **changes: Any) -> Likeness:
    """How much two texts have in common; the same whichever comes first."""
    first, second = document("a", one, **changes), document("b", other, **changes)
    found, back = compare(Words(first), Words(second)), compare(Words(second), Words(first))
    assert (found.kind, found.equal) == (back.kind, back.equal)
    return found


def report(number: int, sentences: int = 16) -> str:
    """An invented report of its own for a number, in paragraphs."""
    rng = random.Random(number)
    made = [" ".join(rng.choice(words) for words in (_SUBJECTS, _VERBS, _OBJECTS, _PLACES, _ENDS)) for _ in range(sentences)]
    return "".join(f"{sentence}." + ("\n\n" if n % 4 == 3 else " ") for n, sentence in enumerate(made)).strip()
