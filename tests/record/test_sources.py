"""From files to sources: texts untouched, dates never guessed."""

from datetime import date

import pytest

from evenhand.case import CaseError
from evenhand.record.sources import one_day, read_sources


def made(tmp_path, data, name="a.txt"):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(file)


def read_one(tmp_path, data, name="a.txt", day="2025-03-17"):
    return read_sources([made(tmp_path, data, name)], day)[0][0]


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("“Yes”", "“Yes”", "utf-8"),
        (b"\xef\xbb\xbfYes", "Yes", "utf-8"),
        ("Yes".encode("utf-16"), "Yes", "utf-16"),
        (b"\x93Yes\x94", "“Yes”", "cp1252"),
        (b"\x93Yes\x94 \xe2\x80\x9cNo\xe2\x80\x9d", "“Yes” “No”", "utf-8 and cp1252 mixed"),
        ("a\u200f\u200bb\r\nc", "a\u200f\u200bb\r\nc", "utf-8"),
    ],
)
def test_bytes_become_text_by_a_stated_rule(tmp_path, data, text, encoding):
    source = read_one(tmp_path, data)
    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "there is no text in this report."),
        (b" \n", "there is no text in this report."),
        (b"\x00\x01\x02", "this is not a text file."),
        (b"a\n\x93\x81", ":2: these bytes are no text, neither as UTF-8 nor as Windows-1252."),
        (b"%PDF-1.4 broken", "the PDF cannot be read"),
        (b"\xff\xfea", "the file begins as UTF-16 but is not."),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, said):
    with pytest.raises(CaseError) as error:
        read_one(tmp_path, data)
    assert said in str(error.value)


def test_a_pdf_keeps_its_pages(tmp_path):
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter()
    for words in (b"First page.", b"Second page."):
        page = writer.add_blank_page(300, 300)
        font = {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
        font[NameObject("/BaseFont")] = NameObject("/Helvetica")
        fonts = DictionaryObject({NameObject("/F1"): DictionaryObject(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = StreamObject()
        content.set_data(b"BT /F1 12 Tf 20 200 Td (" + words + b") Tj ET")
        page[NameObject("/Contents")] = writer._add_object(content)
    with (tmp_path / "a.pdf").open("wb") as stream:
        writer.write(stream)
    source = read_sources([str(tmp_path / "a.pdf")], "2025-03-17")[0][0]
    assert source.text == "First page.\n\nSecond page."
    assert [source.page_at(source.text.index(word)) for word in ("First", "Second")] == [1, 2]


def test_a_page_keeps_headline_and_paragraphs_and_drops_the_rest(tmp_path):
    html = """<html><head><title>Talks &amp; more</title><script>no()</script></head><body><nav>Menu</nav>
    <h1>Talks</h1><p>Ana said
    <b>yes</b>.</p><p>Ben&nbsp;did not.<script>no("</p>")</script></p><footer>Imprint</footer></body></html>"""
    source = read_one(tmp_path, html, "a.html")
    assert source.text == "Talks\n\nAna said yes.\n\nBen\xa0did not."
    assert (source.title, source.form) == ("Talks & more", "html")


def test_a_date_is_never_guessed(tmp_path):
    with pytest.raises(CaseError, match="the report has no date, and none is guessed"):
        read_one(tmp_path, "17 March 2025. Yes.", day=None)


@pytest.mark.parametrize("text", ["17 March 2025\nYes.", "March 17, 2025. Yes.", "2025-03-17 Yes. 2025-03-17"])
def test_a_date_is_found_when_asked_for_and_said_how(tmp_path, text):
    source = read_one(tmp_path, text, day="auto")
    assert source.date == date(2025, 3, 17)
    assert source.dated_by == "the only full date in the first 600 characters"


def test_a_page_header_tells_the_date(tmp_path):
    html = '<html><head><meta property="article:published_time" content="2025-03-17T08:00Z"></head><p>1 May 2020</p>'
    assert read_one(tmp_path, html, "a.html", "auto").dated_by == "the date in the page's header"


def test_two_dates_are_refused_with_both_named(tmp_path):
    with pytest.raises(CaseError, match="several dates: 2025-03-16 and 2025-03-17"):
        read_one(tmp_path, "17 March 2025, 16 March 2025", day="auto")
    with pytest.raises(CaseError, match="2025-03-16 and 2025-03-17"):
        one_day(["2025-03-16", "2025-03-17"])


def test_each_report_may_have_its_own_date(tmp_path):
    first, second = made(tmp_path, "One."), made(tmp_path, "Two.", "b.txt")
    sources, _ = read_sources([f"{first}@2025-03-16", second], "2025-03-17")
    assert [source.date.day for source in sources] == [16, 17]


def test_the_same_report_twice_is_read_once(tmp_path):
    first, second = made(tmp_path, "One."), made(tmp_path, "One.", "b.txt")
    sources, notes = read_sources([first, second], "2025-03-17")
    assert len(sources) == 1
    assert notes == ("b.txt is the same text as a.txt; it was read once.",)
    with pytest.raises(CaseError, match="dated 2025-03-18 and not 2025-03-17"):
        read_sources([first, f"{second}@2025-03-18"], "2025-03-17")


def test_every_wrong_report_is_named(tmp_path):
    with pytest.raises(CaseError) as error:
        read_sources([str(tmp_path / "none.txt"), made(tmp_path, "")], "2025-03-17")
    assert len(error.value.problems) == 2
