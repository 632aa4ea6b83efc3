"""Small files of every format, made by the libraries that others make them with, and each with the same article."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TITLE: Final = "Ruritania and Graustark sign border treaty"
FIRST: Final = (
    "The presidents of Ruritania and Graustark signed a treaty on Monday that ends a border dispute of thirty years."
)
SECOND: Final = "The opposition in Graustark accused the government of giving away two villages to its neighbour."
ARTICLE: Final = f"{FIRST}\n\n{SECOND}"
PUBLISHED: Final = "2019-03-04"
URL: Final = "https://courier.example/world/treaty"
AUTHOR: Final = "Rosa Hentzau"

PAGE: Final = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta property="og:site_name" content="The Daily Courier"><meta name="author" content="{AUTHOR}">
<meta property="article:published_time" content="{PUBLISHED}T10:00:00Z"><link rel="canonical" href="{URL}"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"""

RSS: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily Courier</title><language>en</language>
<item><title>{TITLE}</title><link>{URL}</link><dc:creator>{AUTHOR}</dc:creator>
<pubDate>Mon, 04 Mar 2019 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}<script>x()</script></p>]]></content:encoded></item>
<item><title>Weather stays fair in Strelsau</title><link>javascript:alert(1)</link></item></channel></rss>"""

ATOM: Final = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>The Daily Courier</title><entry><title>{TITLE}</title><link href="{URL}"/><id>urn:1</id>
<author><name>{AUTHOR}</name></author><updated>2019-03-04T10:00:00Z</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""


def row() -> dict[str, str]:
    """What is known of the article, under our own names."""
    return {"id": "treaty", "text": ARTICLE, "title": TITLE, "published": PUBLISHED, "url": URL}


def jsonl() -> bytes:
    return (json.dumps(row()) + "\n").encode()


def json_list() -> bytes:
    return json.dumps([row(), {"id": "b", "text": SECOND}]).encode()


def csv() -> bytes:
    import csv as library

    file = io.StringIO()
    table = library.DictWriter(file, list(row()))
    table.writeheader()
    table.writerow(row())
    return file.getvalue().encode()


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in row().items()}), file)
    return file.getvalue()


def pdf(*pages: str, header: str = "The Daily Courier") -> bytes:
    """A PDF of pages of text with a header and page number, written by hand: lines of about sixty characters."""
    pages = pages or (ARTICLE,)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20190304100000Z) >>")
    kids = []
    for number, page in enumerate(pages, start=1):
        lines = [header, *_wrapped(page), f"Page {number}"] if header else _wrapped(page)
        shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        content = f"BT /F1 10 Tf 12 TL 40 800 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\n".encode()) + (
        f"startxref\n{start}\n%%EOF\n".encode()
    )


def _wrapped(text: str) -> list[str]:
    import textwrap

    return [line for part in text.split("\n\n") for line in (*textwrap.wrap(part, 60), "")]


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            # As the EPUB standard asks, so that the first bytes tell what it is.
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return file.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return file.getvalue()


def epub(chapter: str = "") -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/a.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:date>{PUBLISHED}</dc:date>"
        '<dc:publisher>Strelsau Press</dc:publisher></metadata><manifest><item id="two" href="text/2.xhtml"/>'
        '<item id="one" href="text/1%20a.xhtml"/></manifest><spine><itemref idref="one"/><itemref idref="two"/></spine>'
        "</package>"
    )
    chapter = chapter or f"<html><head><title>x</title></head><body><p>{FIRST}</p></body></html>"
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OEBPS/a.opf": package.encode(),
            "OEBPS/text/1 a.xhtml": chapter.encode(),
            "OEBPS/text/2.xhtml": f"<html><body><p>{SECOND}</p></body></html>".encode(),
        }
    )


def docx(body: str = "") -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = body or "".join(
        f"<w:p><w:r><w:t>{part[:20]}</w:t></w:r><w:r><w:t>{part[20:]}</w:t></w:r></w:p>" for part in (FIRST, SECOND)
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<dcterms:created>{PUBLISHED}T10:00:00Z</dcterms:created></cp:coreProperties>"
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'.encode(),
            "docProps/core.xml": core.encode(),
        }
    )


def warc(*answers: tuple[str, str, bytes], compressed: bool = False) -> bytes:
    """A web archive of answers: status, content type, body."""
    pytest.importorskip("warcio", reason="needs the extra warc")
    answers = answers or (("200 OK", "text/html; charset=utf-8", PAGE.encode()),)
    records = []
    for number, (status, kind, body) in enumerate(answers):
        address = f"https://courier.example/{number}"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        records.append(_record("request", address, b"GET / HTTP/1.1\r\n\r\n"))
        records.append(_record("response", address, head + body))
    return b"".join(gzip.compress(record, mtime=0) if compressed else record for record in records)


def _record(kind: str, address: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-03-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zstandard(data: bytes) -> bytes:
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        zstd = pytest.importorskip("backports.zstd", reason="needs the extra inputs")
    compressed: bytes = zstd.compress(data)
    return compressed


FORMATS: Final[dict[str, Callable[[], bytes]]] = {
    "a.txt": ARTICLE.encode,
    "a.md": lambda: f"# {TITLE}\n\n{ARTICLE}\n".encode(),
    "a.html": PAGE.encode,
    "a.jsonl": jsonl,
    "a.json": json_list,
    "a.csv": csv,
    "a.tsv": lambda: f"id\ttext\ntreaty\t{FIRST}\n".encode(),
    "a.parquet": parquet,
    "a.pdf": pdf,
    "a.epub": epub,
    "a.docx": docx,
    "a.rss": RSS.encode,
    "a.atom": ATOM.encode,
    "a.warc": warc,
    "a.zip": lambda: zipped({"b/a.txt": ARTICLE.encode(), "a.html": PAGE.encode()}),
    "a.tar": lambda: tarred({"b/a.txt": ARTICLE.encode(), "a.html": PAGE.encode()}),
    "a.txt.gz": lambda: gzip.compress(ARTICLE.encode(), mtime=0),
    "a.html.bz2": lambda: bz2.compress(PAGE.encode()),
    "a.jsonl.xz": lambda: lzma.compress(jsonl()),
    "a.txt.zst": lambda: zstandard(ARTICLE.encode()),
    "a.tar.gz": lambda: gzip.compress(tarred({"a.txt": ARTICLE.encode()}), mtime=0),
    "a.warc.gz": lambda: warc(compressed=True),
}
"""The content of a file by its name; making one may skip the test, where an extra is missing."""
