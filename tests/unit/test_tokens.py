"""The colours of docs/assets/tokens.css keep WCAG AA in light, dark and on paper.

Computed from the file itself, so that a colour changed for its looks cannot silently become unreadable.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "docs" / "assets"
BLOCK = re.compile(r'\[data-md-color-scheme(?:="(default|slate)")?\]\s*\{([^{}]*--hb-paper:[^{}]*)\}')
TOKEN = re.compile(r"--hb-([a-z0-9-]+):\s*(#[0-9a-f]{6})\b")

TEXT = 4.5
SHAPE = 3.0
SURFACES = ("paper", "wash", "sunk")
WASHES = ("link", "red", "green", "amber")

TEXT_PAIRS = (
    *product(("ink", "soft"), SURFACES),
    *product(("link", "red", "green", "amber"), ("paper", "wash")),
    *((colour, f"{colour}-wash") for colour in WASHES),
    *(("ink", f"{colour}-wash") for colour in WASHES),
    *(("soft", f"{colour}-wash") for colour in WASHES),
    *product(("link", "soft"), ("link-wash", "red-wash", "amber-wash")),
    ("on-seal", "seal"),  # badge 全国
    ("paper", "link"),  # main button
    ("paper", "ink"),  # its hover, numbers of stages
)
SHAPE_PAIRS = (
    *product(("edge",), ("paper", "wash")),  # borders of boxes and fields
    ("bar", "paper"),
    ("green", "paper"),
)


def relative_luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def read_schemes() -> dict[str, dict[str, str]]:
    """Colour tokens by scheme: ``default``, ``slate`` and ``print``."""
    css = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    return {name or "print": dict(TOKEN.findall(body)) for name, body in BLOCK.findall(css)}


SCHEMES = read_schemes()


def test_three_schemes_with_the_same_tokens() -> None:
    assert sorted(SCHEMES) == ["default", "print", "slate"]
    assert set(SCHEMES["default"]) == set(SCHEMES["slate"]) == set(SCHEMES["print"])


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_text_is_readable(scheme: str) -> None:
    tokens = SCHEMES[scheme]
    weak = [
        f"{front} on {back}: {ratio:.2f}"
        for front, back in TEXT_PAIRS
        if (ratio := contrast(tokens[front], tokens[back])) < TEXT
    ]
    assert weak == []


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_shapes_are_visible(scheme: str) -> None:
    tokens = SCHEMES[scheme]
    weak = [
        f"{front} on {back}: {ratio:.2f}"
        for front, back in SHAPE_PAIRS
        if (ratio := contrast(tokens[front], tokens[back])) < SHAPE
    ]
    assert weak == []


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("sheet", sorted(path.name for path in ASSETS.glob("*.css")))
def test_sheets_use_tokens_and_old_selectors_only(sheet: str) -> None:
    """Raw colours live in the token file; one selector an older browser does not know drops its whole rule."""
    css = re.sub(r"/\*.*?\*/", "", (ASSETS / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r":(?:is|where|has)\(|@container|@import|https?://", css)
    if sheet != "tokens.css":
        outside_margin_boxes = re.sub(r"@page\s*\{(?:[^{}]|\{[^{}]*\})*\}", "", css)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\brgba?\(", outside_margin_boxes)
    used = set(re.findall(r"var\(--hb-([a-z0-9-]+)\)", css))
    known = set(re.findall(r"--hb-([a-z0-9-]+):", (ASSETS / "tokens.css").read_text(encoding="utf-8")))
    assert used <= known
