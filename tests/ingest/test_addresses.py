"""Only hosts of the public network are asked, whatever an address, a name or a redirect leads to."""

from __future__ import annotations

import pytest

from kg.errors import DocumentError
from kg.ingest.addresses import is_public, permitted, target_of

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
    *("64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:db8::1", "::ffff:a9fe:a9fe"),
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


REFUSED = [
    ("file:///etc/passwd", "kg fetches http and https addresses only"),
    ("ftp://news.example/a", "kg fetches http and https addresses only"),
    ("gopher://127.0.0.1:6379/_x", "kg fetches http and https addresses only"),
    ("http://", "broken address"),
    ("http://news.example:99999/", "broken address"),
    ("http://news.example/a b", "broken address"),
    ("http://news.example/\r\nHost: x", "broken address"),
    ("http://[::1", "broken address"),
    ("http://me:secret@news.example/", "an address with a user's name is not fetched"),
]


@pytest.mark.parametrize(("url", "reason"), REFUSED)
def test_refused_addresses(url: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        target_of(url)
    assert "secret" not in str(caught.value)


def test_an_address_is_taken_apart() -> None:
    target = target_of("HTTPS://News.Example.:8443/a/b?c=d#e")
    assert target == ("https", "news.example", 8443, "/a/b?c=d")
    assert target.url == "https://news.example:8443/a/b?c=d"
    assert target_of("http://[2001:db8::1]/").origin == "http://[2001:db8::1]"
    assert target_of("http://zürich.example").host == "xn--zrich-kva.example"


def test_a_name_must_lead_to_public_addresses_alone() -> None:
    target = target_of("http://news.example/")
    assert permitted(target, frozenset(), lambda *_: ["93.184.216.34"]) == "93.184.216.34"
    with pytest.raises(DocumentError, match=r"news.example is at the private address 10.0.0.1; --allow-host news"):
        permitted(target, frozenset(), lambda *_: ["93.184.216.34", "10.0.0.1"])
    assert permitted(target, frozenset({"news.example"}), lambda *_: ["10.0.0.1"]) == "10.0.0.1"


def test_a_name_that_nobody_knows() -> None:
    def nobody(_host: str, _port: int) -> list[str]:
        raise OSError

    def nowhere(_host: str, _port: int) -> list[str]:
        return []

    for resolver in (nobody, nowhere):
        with pytest.raises(DocumentError, match=r"no host news.example is known"):
            permitted(target_of("http://news.example/"), frozenset(), resolver)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "localhost"])
def test_other_spellings_of_this_machine(host: str) -> None:
    with pytest.raises(DocumentError, match=r"is at the private address|no host .* is known"):
        permitted(target_of(f"http://{host}/"), frozenset())
