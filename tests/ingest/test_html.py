"""The article is taken out of a web page, with what the page says of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.ingest.html import read_html

PARAGRAPHS = (
    "The presidents of Ruritania and Graustark signed a treaty on Monday that ends a border dispute of thirty years.",
    "President Rudolf met his counterpart, Sophia Zürcher, in Strelsau. “We have chosen peace,” he told reporters.",
    "The opposition in Graustark accused the government of giving away two villages to the neighbouring kingdom.",
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}">
<title>Ruritania and Graustark sign border treaty - The Daily Courier</title>
<meta property="og:site_name" content="The Daily Courier">
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<link rel="canonical" href="https://courier.example/world/treaty">
<script>var tracker = "Skip this script";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ruritania and Graustark sign border treaty</h1>{paragraphs}</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Football: Strelsau wins the cup final</a></li></ul></aside>
<footer>Copyright 2019 The Daily Courier. All rights reserved. <a href="/terms">Terms of use</a></footer>
</body></html>"""


def _page(*paragraphs: str, charset: str = "utf-8") -> str:
    return PAGE.format(charset=charset, paragraphs="".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs))


def test_takes_text_title_date_publisher_and_address() -> None:
    document = read_html(_page(*PARAGRAPHS).encode(), "treaty.html")
    for paragraph in PARAGRAPHS:
        assert paragraph in document.text
    for furniture in ("Football", "Copyright", "Sport", "tracker", "<p>"):
        assert furniture not in document.text
    assert document.title == "Ruritania and Graustark sign border treaty"
    assert document.published == "2019-03-04"
    assert document.publisher == "The Daily Courier"
    assert document.url == "https://courier.example/world/treaty"
    assert (document.id, document.source) == ("treaty.html", "treaty.html")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1", "no-such-charset"])
def test_reads_a_page_in_the_encoding_it_declares(charset: str) -> None:
    encoding = {"iso-8859-1": "windows-1252", "no-such-charset": "utf-8"}.get(charset, charset)
    document = read_html(_page(*PARAGRAPHS, charset=charset).encode(encoding), "treaty.html")
    assert "Sophia Zürcher" in document.text
    assert "“We have chosen peace,”" in document.text


@pytest.mark.parametrize(("given", "written"), [("", "cp1252"), ("iso-8859-1", "cp1252"), ("rot13", "utf-8")])
def test_reads_a_page_that_declares_nothing(given: str, written: str) -> None:
    page = "<html><body><p>The ministers met in a café in Zürich on Monday.</p></body></html>"
    assert read_html(page.encode(written), "a.html", given).text == "The ministers met in a café in Zürich on Monday."


@pytest.mark.parametrize("charset", ["", "utf-16", "utf-8"])
def test_the_mark_of_an_encoding_goes_before_what_is_said_of_it(charset: str) -> None:
    page = '<html><head><meta charset="utf-8"></head><body><p>The ministers met in Zürich on Monday.</p></body></html>'
    document = read_html(page.encode("utf-16"), "a.html", charset)
    assert document.text == "The ministers met in Zürich on Monday."


def test_reads_xhtml_with_a_declaration() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n' + _page(*PARAGRAPHS)
    assert PARAGRAPHS[0] in read_html(page.encode(), "treaty.html").text


def test_reads_a_short_page() -> None:
    page = b"<html><body><p>France and Germany met in Berlin.</p></body></html>"
    assert read_html(page, "a.html").text == "France and Germany met in Berlin."


def test_equal_pages_give_equal_documents() -> None:
    first, second = (read_html(_page(*PARAGRAPHS).encode(), "treaty.html") for _ in range(2))
    assert first == second


REFUSED = [
    (b"", "it is empty"),
    (b"\x89PNG\r\n", "it is binary, not text"),
    (
        b"<html><head><meta charset=utf-8></head><body><p>Caf\xe9 talks end in Geneva.</p></body></html>",
        r"not UTF-8 at byte 51 \(0xe9\)",
    ),
    (_page("\x81").encode("latin-1").replace(b"utf-8", b"cp1250"), "not cp1250 at byte"),
    (b"<html><head><title>News</title></head><body></body></html>", "no article text found in this page"),
    (_page().encode(), "no article text found in this page"),
    (
        b"<html><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav></body></html>",
        "no article text found in this page",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_refuses_what_is_no_article(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"^cannot read a.html: {reason}"):
        read_html(data, "a.html")


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["&#0;", "&#xD800;", "<p>&#x1F600;", "<![CDATA["])
)
def test_any_page_gives_a_document_that_can_be_written_or_is_refused(text: str) -> None:
    try:
        document = read_html(_page(text, PARAGRAPHS[0]).encode(), "a.html")
    except DocumentError as error:
        written = str(error)
    else:
        written = document.text
    assert "\0" not in written
    assert written.encode().decode() == written
