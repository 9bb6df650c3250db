"""What was made is given again for the same content, and for no other; what is kept has a bound."""

from __future__ import annotations

from handbook.composition.document import Document, Paragraph
from handbook.renderers.forms_shelf import made_docx
from handbook.renderers.made_before import MADE, MadeBefore


def test_the_same_sources_are_made_once() -> None:
    kept = MadeBefore()
    asked: list[str] = []

    def make() -> bytes:
        asked.append("x")
        return b"file"

    assert [kept.get("docx", ("one", b"two"), make) for _ in range(3)] == [b"file"] * 3
    assert len(asked) == kept.made == 1
    kept.get("xlsx", ("one", b"two"), make)
    assert kept.made == 2, "another writer makes another file"


def test_no_boundary_between_sources_can_move() -> None:
    kept = MadeBefore()
    for number, sources in enumerate((("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc"))):
        content = bytes([number])
        assert kept.get("docx", sources, lambda content=content: content) == content


def test_the_least_recently_used_goes_first() -> None:
    kept = MadeBefore(limit=25)
    for name in ("a", "b"):
        kept.get("docx", (name,), lambda: bytes(10))
    kept.get("docx", ("a",), lambda: bytes(10))
    kept.get("docx", ("c",), lambda: bytes(10))
    assert (kept.size, kept.made) == (20, 3)
    kept.get("docx", ("a",), lambda: bytes(10))
    assert kept.made == 3
    kept.get("docx", ("b",), lambda: bytes(10))
    assert kept.made == 4
    kept.get("docx", ("huge",), lambda: bytes(99))
    assert kept.size <= 25


def test_word_files_are_kept_by_content_and_day() -> None:
    MADE.clear()
    before = MADE.made
    document = Document(("题目",), (Paragraph(("一句话。",)),), "form/x", "1.0")
    same = Document(("题目",), (Paragraph(("一句话。",)),), "form/x", "1.0")
    first = made_docx(document, "2026-11-21T12:00:00+08:00")
    assert made_docx(same, "2026-11-21T12:00:00+08:00") is first
    assert made_docx(same, "2026-11-22T12:00:00+08:00") != first
    assert MADE.made == before + 2
