"""Bytes become clean text, or are refused with something the owner can do."""

import pytest

from backend.screenplay import ScreenplayError, decode, parse

TEXT = (
    "Title: La Fenêtre — “Nuit”\nAuthor: Noé Müller\n\nINT. GRENIER – NUIT\n\n"
    "Noé’s lamp — cracked, “loved” — gutters… He coughs.\n\nNOÉ\nIt’s a naïve façade.\n\n"
    "EXT. RUE DE L’ÉTÉ - DAY\n\nSun.\n"
)
HEADINGS = ["INT. GRENIER – NUIT", "EXT. RUE DE L’ÉTÉ - DAY"]

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with BOM": TEXT.encode("utf-8-sig"),
    "utf-16-le with BOM": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16-be with BOM": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16-le without BOM": TEXT.encode("utf-16-le"),
    "utf-16-be without BOM": TEXT.encode("utf-16-be"),
    "utf-32 with BOM": TEXT.encode("utf-32"),
    "cp1252": TEXT.encode("cp1252"),
    "cp1252 with CRLF": TEXT.replace("\n", "\r\n").encode("cp1252"),
    "mac roman": TEXT.encode("mac_roman"),
    "mac roman with CR": TEXT.replace("\n", "\r").encode("mac_roman"),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "CR": TEXT.replace("\n", "\r").encode(),
    "line separators": TEXT.replace("\n", "\u2028").encode(),
    "NEL": TEXT.replace("\n", "\x85").encode(),
    "no-break spaces": TEXT.replace(" ", "\u00a0").encode(),
    "zero-width spaces": TEXT.replace("INT.", "I\u200bNT.\ufeff").encode(),
    "decomposed accents": TEXT.replace("é", "e\u0301").replace("É", "E\u0301").encode(),
    "page breaks": TEXT.replace("\n\nEXT.", "\n\x0c\nEXT.").encode(),
    "blank lines of spaces": TEXT.replace("\n\n", "\n   \n").encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_one_text_reads_the_same_in_every_encoding(name: str) -> None:
    screenplay = parse(ENCODED[name])
    assert [scene.heading for scene in screenplay.scenes] == HEADINGS
    assert screenplay.title_page == {"title": "La Fenêtre — “Nuit”", "author": "Noé Müller"}
    first = screenplay.scenes[0].elements
    assert first[0].text == "Noé’s lamp — cracked, “loved” — gutters… He coughs."
    assert [e.character for e in first[1:]] == ["NOÉ", "NOÉ"]
    assert first[2].text == "It’s a naïve façade."


@pytest.mark.parametrize("name", ["cp1252", "mac roman", "utf-16-le without BOM"])
def test_a_guessed_encoding_is_a_warning(name: str) -> None:
    assert "encoding.guessed" in [warning.code for warning in parse(ENCODED[name]).warnings]


def test_one_bad_byte_does_not_turn_utf8_into_mojibake() -> None:
    decoded = decode(TEXT.encode().replace("…".encode(), b"\xff", 1))
    assert decoded.encoding == "utf-8"
    assert "“loved” — gutters\ufffd" in decoded.text
    assert [(w.code, w.line) for w in decoded.warnings] == [("encoding.damaged", 6)]


def test_lines_are_counted_by_newlines_only() -> None:
    assert decode(b"a\r\nb\rc\x0bd\x0ce\n").text == "a\nb\nc\nd\ne\n"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u200b\u00a0".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ScreenplayError) as refusal:
        parse(data)
    assert refusal.value.code == "scripts.empty"


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_accents_saved_in_a_wrong_encoding_are_restored(wrong: str, times: int) -> None:
    text = TEXT + "\nIl est là, à l'été ; voilà.\n"
    broken = text
    for _ in range(times):
        broken = "".join(_as_read(byte, wrong) for byte in broken.encode())
    decoded = decode(broken.encode())
    assert decoded.text == text
    assert [w.code for w in decoded.warnings] == ["encoding.mended"]


def _as_read(byte: int, encoding: str) -> str:
    char = bytes([byte]).decode(encoding, "ignore")
    return char or chr(byte)


def test_a_no_break_space_that_became_a_plain_one_is_still_half_a_letter() -> None:
    assert decode("L'Ã©tÃ© voilÃ  la fenÃªtre\nvoilÃ\n".encode()).text == "L'été voilà la fenêtre\nvoilà\n"


def test_letters_that_look_like_a_wrong_encoding_stay_in_a_text_that_is_right() -> None:
    text = "AMANHÃ… É a MANHÃ » ÂÂ « não, João, à tarde ». Ação!\n"
    assert decode(text.encode()).text == text


def test_an_old_dos_file_is_read() -> None:
    text = "Noé est là, à côté de la fenêtre. L'été, ça brûle.\n"
    decoded = decode(text.encode("cp850"))
    assert (decoded.text, decoded.encoding) == (text, "cp850")
