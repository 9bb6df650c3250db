"""Word files as LibreOffice prints them, read back from the PDF: pages, lines, characters, kinds of type, ink.

The five fonts that official documents name are free nowhere; four that can be told apart stand for them, so that a
heading set in the wrong kind of type is seen. All files go through one call of LibreOffice with its own profile.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MM = 72 / 25.4
"""Points to the millimetre."""
STAND_INS = {
    "仿宋_GB2312": "AR PL SungtiL GB", "楷体_GB2312": "AR PL KaitiM GB", "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC", "宋体": "AR PL UMing CN",
    "Times New Roman": "Liberation Serif",
}  # fmt: skip
ROLES = {
    "Bousung": "仿宋_GB2312",
    "ZenKai": "楷体_GB2312",
    "NotoSans": "黑体",
    "NotoSerif": "方正小标宋简体",
    "UMing": "宋体",
}
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><cachedir>{cache}</cachedir>
{rules}</fontconfig>"""
_RULE = (
    '<match target="pattern"><test qual="any" name="family"><string>{name}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{stand_in}</string></edit></match>'
)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_SPEC = re.compile(r'<fontspec id="(\d+)" size="[\d.-]+" family="([^"]*)"')
_TEXT = re.compile(r'<text top="(-?\d+)" left="(-?\d+)" width="\d+" height="\d+" font="(\d+)">(.*?)</text>')


@dataclass(frozen=True)
class Piece:
    """Characters that stand together, in points from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    """A printed page."""

    width: float
    height: float
    pieces: tuple[Piece, ...]

    @cached_property
    def lines(self) -> tuple[tuple[Piece, ...], ...]:
        """Pieces on one height, from top to bottom and left to right."""
        found: list[list[Piece]] = []
        for piece in sorted(self.pieces, key=lambda piece: ((piece.top + piece.bottom) / 2, piece.left)):
            middle = (piece.top + piece.bottom) / 2
            if found and abs(middle - (found[-1][0].top + found[-1][0].bottom) / 2) < 5:
                found[-1].append(piece)
            else:
                found.append([piece])
        return tuple(tuple(sorted(line, key=lambda piece: piece.left)) for line in found)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines as text."""
        return tuple("".join(piece.text for piece in line) for line in self.lines)

    @property
    def number_line(self) -> tuple[Piece, ...]:
        """The line of the page number; fails where there is none."""
        return next(line for line in reversed(self.lines) if re.fullmatch(r"—\d+—", "".join(p.text for p in line)))

    def body(self) -> tuple[tuple[Piece, ...], ...]:
        """Give the lines without the page number."""
        return tuple(line for line in self.lines if not re.fullmatch(r"—\d+—", "".join(p.text for p in line)))


@dataclass(frozen=True)
class Print:
    """A printed file."""

    pdf: Path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its pages with every word's place."""
        out = _run(["pdftotext", "-bbox", str(self.pdf), "-"])
        return tuple(
            Page(
                float(width),
                float(height),
                tuple(Piece(*map(float, numbers), html.unescape(text)) for *numbers, text in _WORD.findall(body)),
            )
            for width, height, body in _PAGE.findall(out)
        )

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Text of a run → the font it was asked for, as far as the stand-ins tell."""
        out = _run(["pdftohtml", "-xml", "-i", "-stdout", "-nodrm", "-fontfullname", str(self.pdf)])
        families = dict(_SPEC.findall(out))
        found: dict[str, str] = {}
        for _, _, number, text in _TEXT.findall(out):
            plain = html.unescape(re.sub(r"<[^>]+>", "", text)).strip()
            role = next(
                (role for key, role in ROLES.items() if key in families[number].replace(" ", "")), families[number]
            )
            found.setdefault(plain, role)
        return found

    def kind_of(self, text: str) -> str:
        """Give the font of the run that begins with or holds this text."""
        return next(role for run, role in self.kinds.items() if text in run)

    def ink(self, page: int, top: float, bottom: float, left: float, right: float) -> tuple[float, float]:
        """Give the first and last height in points where a page of 300 dots/inch has ink inside these bounds."""
        data = _run_bytes(["pdftoppm", "-r", "300", "-gray", "-f", str(page), "-l", str(page), str(self.pdf)])
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        assert head, data[:20]
        width, rows = int(head[1]), data[head.end() :]
        scale = 300 / 72
        dark = [
            number
            for number in range(round(top * scale), round(bottom * scale))
            if min(rows[number * width + round(left * scale) : number * width + round(right * scale)], default=255)
            < 128
        ]
        assert dark, f"no ink between {top} and {bottom} points on page {page}"
        return dark[0] / scale, (dark[-1] + 1) / scale


def print_all(files: Mapping[str, bytes], folder: Path) -> Mapping[str, Print]:
    """Print Word files by name, all in one call; the PDFs lie in `folder`."""
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    assert program, "LibreOffice is missing; scripts/test.py installs it"
    sources = folder / "docx"
    sources.mkdir()
    for name, data in files.items():
        (sources / f"{name}.docx").write_bytes(data)
    rules = "\n".join(_RULE.format(name=name, stand_in=stand_in) for name, stand_in in STAND_INS.items())
    config = folder / "fonts.conf"
    config.write_text(_FONTS.format(cache=folder / "cache", rules=rules), encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(folder), *(str(sources / f"{name}.docx") for name in files),
    ]  # fmt: skip
    _run(command, FONTCONFIG_FILE=str(config), HOME=str(folder))
    made = {name: Print(folder / f"{name}.pdf") for name in files}
    missing = [name for name, item in made.items() if not item.pdf.is_file()]
    assert not missing, f"LibreOffice printed nothing of {missing}"
    return made


def _run(command: list[str], **variables: str) -> str:
    return _run_bytes(command, **variables).decode("utf-8", errors="replace")


def _run_bytes(command: list[str], **variables: str) -> bytes:
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace')[-500:]}"
    return done.stdout
