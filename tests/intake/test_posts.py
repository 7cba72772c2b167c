"""Posts copied as text from pages of platforms: the post alone is the document."""

from __future__ import annotations

import pytest

from marsad.intake.chrome import page_words
from marsad.intake.posts import post_of_lines
from marsad.lexicon.table import read_table
from tests.intake.making import captures, taken
from tests.intake.stories import STORIES

POST, OTHER = STORIES[0], "قتل في حارتنا أيضا ستة من عائلة واحدة بغارة أخرى مساء أمس"

FACEBOOK = f"""فيسبوك
تسجيل الدخول
هل نسيت الحساب؟
تنسيقية المثال
٣ س ·
{POST.text}
كل التفاعلات:
١٫٢ ألف
٤٥ تعليقًا
١٢ مشاركة
أعجبني
تعليق
مشاركة
الأكثر ملاءمة
أبو أحمد
{OTHER}
٢ س
أعجبني
رد
"""
FACEBOOK_ENGLISH = f"""Facebook
Log In
Forgot Account?
تنسيقية المثال
May 4, 2024 at 10:12 PM · Public
{POST.text}
All reactions:
1.2K
87 comments
54 shares
Like
Comment
Share
Most relevant
Abu Ahmad
{OTHER}
2h
Like
Reply
"""
X = f"""Post
See new posts
Conversation
مراسل المثال
@mithal_ex
{POST.text}
Translate post
7:10 PM · Aug 16, 2023
·
12.3K
Views
34
120
1.1K
Post your reply
Reply
قارئ
@reader
·
2h
{OTHER}
Relevant people
"""
X_ARABIC = f"""منشور
المحادثة
مراسل المثال
@mithal_ex
{POST.text}
٧:١٠ م · ١٦ أغسطس ٢٠٢٣
·
١٢ ألف
مشاهدة
٣٤
١٢٠
انشر ردك
قارئ
@reader
{OTHER}
"""
INSTAGRAM = f"""mithal_ex
Verified
 • Follow
mithal_ex
2w
{POST.text}
someone_1
{OTHER}
1w
12 likes
Reply
View all 8 replies
1,234 likes
May 4, 2024
Log in to like or comment.
"""
TELEGRAM = f"""شبكة المثال
12.3K subscribers
{POST.text}
❤ 41
👍 12
12.3K views
18:22
Join Telegram
View in Telegram
"""


@pytest.mark.parametrize(
    ("copied", "publisher", "day"),
    [
        (FACEBOOK, "تنسيقية المثال", None),
        (FACEBOOK_ENGLISH, "تنسيقية المثال", "2024-05-04"),
        (X, "مراسل المثال", "2023-08-16"),
        (X_ARABIC, "مراسل المثال", "2023-08-16"),
        (TELEGRAM, None, None),
    ],
    ids=["facebook", "facebook in English", "x", "x in Arabic", "telegram"],
)  # fmt: skip
def test_the_post_of_a_copied_page(copied: str, publisher: str | None, day: str | None) -> None:
    (found,) = captures(taken(copied.encode(), "post.txt"))
    assert found.text == POST.text and (found.publisher, found.published) == (publisher, day)
    assert any("copied page" in w for w in found.warnings)


def test_comments_of_a_copied_page_are_never_in_its_text() -> None:
    for copied in (FACEBOOK, FACEBOOK_ENGLISH, X, X_ARABIC, INSTAGRAM, TELEGRAM):
        (found,) = captures(taken(copied.encode(), "post.txt"))
        assert OTHER not in found.text and POST.paragraphs[0] in found.text


def test_a_post_that_is_cut_off_is_said() -> None:
    copied = f"تنسيقية المثال\n٣ س\n{POST.paragraphs[0][:60]}\nعرض المزيد\nأعجبني\nتعليق\nمشاركة\n"
    (found,) = captures(taken(copied.encode(), "post.txt"))
    assert "the page shows only the beginning of the post" in found.warnings


@pytest.mark.parametrize(
    "text",
    [
        f"{POST.title}\n{POST.text}",
        f"1\n{POST.paragraphs[0]}\n2\n{POST.paragraphs[1]}\n3\n{POST.paragraphs[2]}\n4\nنهاية",
        f"{POST.text}\nشارك\nطباعة",
        f"{POST.text}\nأضف تعليق\n2024",
        f"نشرت يوم 4 مايو 2024\n{POST.text}\n12\n14",
    ],
)  # fmt: skip
def test_reports_are_no_copied_pages(text: str) -> None:
    assert post_of_lines(text.split("\n")) is None


def test_examples_of_lines() -> None:
    wrong = []
    for pack in ("ar", "en"):
        for row in read_table(f"{pack}/examples/page_lines.tsv"):
            if (page_words().role(row["line"]) or "text") != row["role"]:
                wrong.append(f"{row.file}:{row.line}: {page_words().role(row['line'])}, not {row['role']}: {row['line']}")
    assert not wrong, "\n".join(wrong)
