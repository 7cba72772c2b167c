"""Fit: the signs by which a telling of an event is weighed beside the event told before."""

from __future__ import annotations

import pytest

from marsad.model import Document
from marsad.reading.attachment import anchors_of
from marsad.reading.facts import facts_of
from marsad.reading.fit import fit_signs
from marsad.reading.report import report_of


def signs(text: str) -> set[str]:
    """The signs of the last anchor of a text beside its first."""
    report = report_of(Document(id="d", text=text, published="2018-07-20"))
    assert report is not None
    facts = facts_of(report, anchors_of(report))
    return set(fit_signs(report, facts[:1], facts[-1], True))


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("answer", "شنت إسرائيل غارات على رفح ردا على هجوم قرب الحدود."),
        ("reply", "أصاب هجوم دورية قرب رفح. وردت إسرائيل بغارات على القطاع."),
        ("other_means", "طال قصف مدفعي أطراف البلدة. ثم نفذت طائرات روسية غارات جوية عليها."),
        ("recalled", "استهدفت غارة بلدة نوى الثلاثاء. وكانت غارة قد أصابت البلدة من قبل."),
        ("definite_elsewhere", "شن التحالف غارة على مدينة الرقة الثلاثاء. وقال السكان إن الغارة على مدينة الموصل كانت أعنف."),
        ("damage_of", "اندلعت اشتباكات في مدينة درنة الثلاثاء. وأحرق متشددون منازل في المدينة."),
        ("immense", "استهدفت غارة بلدة نوى الثلاثاء. وقتل أكثر من 350 ألف شخص في سوريا منذ عام 2011."),
        ("outcome", "شنت مقاتلات التحالف غارات على تجمعات في باقم، ما أسفر عن تدمير أربع عربات."),
        ("known_toll", "قتل تسعة جنود في قصف على نجران الثلاثاء.\nوأضاف أن تسعة جنود قتلوا."),
        ("told_again", "استهدفت الميليشيا مخيما للنازحين في الخوخة. وقال مسعف إن هذا الاستهداف أدى إلى إصابة طفلين."),
        ("one_of_many", "شن مسلحون هجمات على الشرطة. وقال مصدر إن هجوما في مدينة نصيبين أدى إلى مقتل شرطي."),
        ("of_its_own", "شنت طائرات التحالف غارات في صرواح أمس. واستمرت اشتباكات عنيفة في مدينة نهم بين الجيش والحوثيين."),
        ("of_its_own", "دارت اشتباكات بين الجيش والحوثيين في نهم أمس، وشنت طائرات التحالف غارات على المنطقة."),
        ("of_its_own", "دارت اشتباكات بين الجيش والحوثيين في نهم أمس. واعترضت الدفاعات السعودية صاروخا."),
    ],
)
def test_a_sign_is_seen(sign: str, text: str) -> None:
    assert sign in signs(text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("answer", "ردا على هجوم قرب الحدود قال الوزير إن إسرائيل شنت غارات على رفح."),
        ("reply", "أصاب هجوم دورية قرب رفح. ونفذ الجيش غارات على القطاع."),
        ("other_means", "طال قصف مدفعي أطراف البلدة. ثم تجدد القصف المدفعي عليها."),
        ("damage_of", "اقتحمت القوات بلدة بيتا الثلاثاء وهدمت منزلا."),
        ("immense", "استهدفت غارة بلدة نوى الثلاثاء. وقتل 35 شخصا في البلدة."),
        ("other_toll", "قتل عشرات المسلحين في غارات على حرض الثلاثاء. وقتل 31 مسلحا في الغارات."),
        ("outcome", "شنت مقاتلات التحالف غارات على باقم ودمرت أربع عربات."),
        ("known_toll", "قتل تسعة جنود في قصف على نجران الثلاثاء. واستنكر السفير القصف.\nوقتل تسعة جنود في مدينة جازان."),
        ("told_again", "استهدفت الميليشيا مخيما للنازحين في الخوخة. وقال مسعف إن الاستهداف أدى إلى إصابة طفلين."),
        ("one_of_many", "شن مسلحون هجوما على الشرطة. وقال مصدر إن هجوما في مدينة نصيبين أدى إلى مقتل شرطي."),
        ("of_its_own", "شنت طائرات التحالف غارات في صرواح أمس خلال اشتباكات في مدينة نهم بين الجيش والحوثيين."),
        ("of_its_own", "هاجم الحوثيون بلدة نهم أمس. ودارت اشتباكات في البلدة مع الجيش."),
    ],
)
def test_a_sign_is_absent(sign: str, text: str) -> None:
    assert sign not in signs(text)
