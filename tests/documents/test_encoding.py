"""From bytes to text: what is read, what is warned of, what is refused."""

from __future__ import annotations

import pytest

from marsad.documents.encoding import Undecodable, clean, decode

TEXT = "قتل ثلاثة أشخاص في انفجار عبوة ناسفة قرب السوق."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_word(codec: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert decoded.text == TEXT and decoded.warnings == ()


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1256", "windows-1256"), ("iso8859-6", "ISO-8859-6")],
)
def test_what_is_guessed_is_warned_of(codec: str, name: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert decoded.text == TEXT and decoded.encoding == name
    assert len(decoded.warnings) == 1 and name in decoded.warnings[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04rest", "DOCX"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 9, "binary"),
        (bytes(range(256)) * 4, "binary"),
        ("déjà vu, señor".encode("latin-1"), "not UTF-8"),
        (b"\xef\xbb\xbfabc\xff", "damaged at byte"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, told: str) -> None:
    with pytest.raises(Undecodable, match=told):
        decode(data)


def test_a_stray_control_character_is_no_binary_file() -> None:
    assert decode(f"{TEXT}\x0c{TEXT}\x07".encode()).text.count(TEXT) == 2


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    text, warnings = clean("a\ud800b")
    assert text == "a\ufffdb" and len(warnings) == 1
    assert clean("ab") == ("ab", ())
