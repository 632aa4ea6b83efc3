"""What is not in English, and what is there already, is reported and left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.ingest import DocumentSkip, InputSettings, read
from kg.ingest.duplicates import Seen
from kg.ingest.language import guess_language, is_plainly_english, other_language
from kg.records import Document

from . import samples

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "de": "Der Außenminister traf am Montag in Genf mit seinem Amtskollegen zusammen, um über die Lage an der Grenze "
    "und die Versorgung der Menschen in den umkämpften Gebieten zu sprechen.",
    "fr": "Le ministre des affaires étrangères a rencontré lundi à Genève son homologue pour parler de la situation à "
    "la frontière et de l’aide aux habitants des zones de combat.",
    "es": "El ministro de Exteriores se reunió el lunes en Ginebra con su homólogo para hablar de la situación en la "
    "frontera y de la ayuda a la población de las zonas de combate.",
    "ru": "Министр иностранных дел встретился в понедельник в Женеве со своим коллегой, чтобы обсудить положение на "
    "границе и помощь жителям районов, где идут бои.",
    "ar": "التقى وزير الخارجية يوم الاثنين في جنيف نظيره لبحث الوضع على الحدود وتقديم المساعدة إلى السكان في مناطق "
    "القتال وقال إن المحادثات ستستمر حتى نهاية الأسبوع",
    "uk": "Міністр закордонних справ зустрівся в понеділок у Женеві зі своїм колегою, щоб обговорити становище на "
    "кордоні та допомогу мешканцям районів, де тривають бої.",
}
ENGLISH = [
    samples.ARTICLE,
    "Recep Tayyip Erdoğan, Volodymyr Zelenskyy, Mette Frederiksen and Pedro Sánchez Pérez-Castejón met in Ankara with "
    "Antonio Tajani, Hakan Fidan and Sergio Mattarella.",
    "El País and Le Monde both wrote on Tuesday that Rodríguez had left Ciudad del Este for Asunción on Monday.",
    "Bundeskanzler is the German word for chancellor; the Bundestag voted on Friday in Berlin.",
]


@pytest.mark.parametrize("language", TEXTS)
def test_other_languages_are_told(language: str) -> None:
    assert other_language(Document("a", TEXTS[language])) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert other_language(Document("a", text)) is None


PLAIN = (
    "The ministers of the two states met in Geneva on Monday, and both said that they would not send their soldiers "
    "into the valley unless they were attacked. Those who live there have been without water since the bridge was hit, "
    "while the aid that was promised to them has not been seen. What comes after these talks, which went on for hours, "
    "is not known. "
)


def test_what_is_plainly_english_needs_no_model() -> None:
    assert is_plainly_english(PLAIN)
    assert is_plainly_english(PLAIN.upper())
    guess = guess_language(PLAIN)
    assert guess is not None
    assert guess.language == "en"


@pytest.mark.parametrize("text", [PLAIN[:200], *TEXTS.values(), *ENGLISH[1:], "Genf, Montag. " * 100, ""])
def test_what_is_short_or_no_english_is_not(text: str) -> None:
    assert not is_plainly_english(text)


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_mixed_is_not(language: str) -> None:
    assert not is_plainly_english(PLAIN + 2 * TEXTS[language])


@pytest.mark.parametrize("text", ["", "Guten Tag!", "1234 " * 100, "Genf, Montag."])
def test_few_letters_tell_nothing(text: str) -> None:
    assert guess_language(text) is None


@pytest.mark.parametrize(("stated", "other"), [("de", "de"), ("pt-BR", "pt-BR"), ("en-GB", None), (None, None)])
def test_a_document_states_its_language(stated: str | None, other: str | None) -> None:
    assert other_language(Document("a", "Talks.", language=stated)) == other


def _read(folder: Path, texts: dict[str, str], **settings: Any) -> tuple[list[str], list[DocumentSkip]]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    skips: list[DocumentSkip] = []
    found = read([folder / name for name in texts], settings=InputSettings(**settings), on_skip=skips.append)
    return [item.id for item in found if isinstance(item, Document)], skips


def test_other_languages_are_reported_or_read(tmp_path: Path) -> None:
    texts = {"a.txt": samples.FIRST, "b.txt": TEXTS["de"]}
    ids, (skip,) = _read(tmp_path, texts)
    assert ids == ["a"]
    assert (skip.source, skip.reason) == (str(tmp_path / "b.txt"), "language")
    assert str(skip) == f"left aside {tmp_path / 'b.txt'}: it is not in English, but in 'de'"
    assert _read(tmp_path, texts, any_language=True) == (["a", "b"], [])


def test_duplicates_are_reported_or_read(tmp_path: Path) -> None:
    texts = {"a.txt": samples.ARTICLE, "b.md": samples.ARTICLE.replace("\n\n", "\r\n\r\n"), "c.txt": samples.FIRST}
    ids, (skip,) = _read(tmp_path, texts)
    assert ids == ["a", "c"]
    assert (skip.reason, skip.detail) == ("duplicate", "it is the same as 'a'")
    assert _read(tmp_path, texts, keep_duplicates=True) == (["a", "b", "c"], [])


def test_what_another_paper_prints_is_no_duplicate() -> None:
    seen = Seen()
    assert seen.first(Document("a", "Talks.", publisher="AFP")) is None
    assert seen.first(Document("b", "Talks.", publisher="dpa")) is None
    assert seen.first(Document("c", "Talks.", publisher="AFP", published="2015-01-01")) is None
    assert seen.first(Document("d", " Talks. ", publisher="AFP")) == "a"


def test_without_a_listener_it_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "b.txt").write_text(TEXTS["fr"], encoding="utf-8")
    assert list(read([tmp_path / "b.txt"])) == []
    assert "it is not in English, but in 'fr'" in caplog.text
