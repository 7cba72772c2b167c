"""A whole day's work at the desk, in both languages: take in, check, correct, link, merge, split, undo, sign, count, export."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("splink", reason="needs the extra link")

FIRST = (
    "قُتل ثلاثة مدنيين وأصيب خمسة آخرون بقصف مدفعي لقوات النظام على بلدة هجين في محافظة دير الزور السبت 4 أيار، وفق الدفاع المدني."
)
SECOND = "انفجرت عبوة ناسفة بسيارة في مدينة الباب شرقي حلب الأحد 5 أيار، ما أدى إلى مقتل مدني وإصابة اثنين، بحسب مصدر محلي."


def _take_in(page: Any, base: str, text: str) -> str:
    page.goto(f"{base}/add")
    page.locator("textarea[name=text]").fill(text)
    page.locator("#preview .ev").first.wait_for()
    page.locator("[data-store]").click()
    page.locator("input[name=published]:focus").wait_for()
    page.locator("input[name=published]").fill("2024-05-06")
    page.locator("[data-store]").click()
    page.locator("#results .badge.good").wait_for()
    return str(page.locator("#results a").first.get_attribute("href"))


def _decide(page: Any, action: str, why: str, **fields: str) -> None:
    form = page.locator(f'form[action$="/{action}"]').first
    for name, value in fields.items():
        form.locator(f'[name="{name}"]').first.fill(value)
    form.locator('[name="why"]').fill(why)
    form.locator("button").last.click()
    page.locator(".said.done").wait_for()


def test_from_a_pasted_text_to_a_file_for_others(open_page: Any, language: str, address: str) -> None:
    page = open_page("/add", language=language)
    report, _ = _take_in(page, address, FIRST), _take_in(page, address, SECOND)

    # Check: the claim is accepted by a key.
    page.goto(address + report)
    page.locator("details.claim").first.wait_for()
    page.keyboard.press("a")
    page.locator(".claim.accept").first.wait_for()

    # Link, and find both events.
    page.goto(f"{address}/incidents")
    page.locator('form[action="/incidents/link"] button').click()
    page.locator(".said.done").wait_for()
    codes = []
    for words in ("هجين", "الباب"):
        page.goto(f"{address}/incidents?since=2024-05-01&until=2024-05-31&words={words}")
        codes.append(page.locator("#incidents tbody small").first.inner_text().strip())
    one, other = codes
    assert one != other

    # Merge by mistake, take it back; split nothing that belongs together.
    page.goto(f"{address}/incidents/{one}")
    alone = page.locator("#claims tbody tr").count()
    _decide(page, "merge", "by mistake", others=other)
    assert page.locator("#claims tbody tr").count() > alone
    _decide(page, "retract", "two towns")
    page.goto(f"{address}/incidents/{one}")
    assert page.locator("#claims tbody tr").count() == alone

    # Count by another policy, and sign the grade.
    page.locator('select[name="by"]').select_option("ucdp-best-low-high")
    page.locator("#counts", has_text="ucdp-best-low-high").wait_for()
    _decide(page, "grade", "one origin, looked at")
    assert page.locator("#grade ~ .entry").count() == 1

    # Export what may be published.
    page.goto(f"{address}/exports")
    page.locator("select[name=to]").select_option("csv")
    page.locator("form button").filter(has_text=re.compile("يخرج|leaves")).first.click()
    with page.expect_download() as started:
        page.locator("button").filter(has_text=re.compile("تنزيل|Download")).first.click()
    assert started.value.suggested_filename.endswith(".csv")
