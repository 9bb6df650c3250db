"""Curated Markdown pages: front matter, directives and citations with their lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.diagnostics import Diagnostic, Place
from handbook.loading.yaml_events import YamlFile, read_yaml

_DIRECTIVE = re.compile(r"<!--\s*handbook:(?P<name>[a-z-]+)(?:\s+(?P<id>[^\s{}]+?))?(?:\s+(?P<options>\{.*\}))?\s*-->")
_CITATION = re.compile(r"〔([^〔〕\n]*)〕")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"\s*<!--\s*([A-Za-z]+)\s*[:：]")
_FOREIGN = re.compile(
    r"<(?:script|iframe|object|embed)\b|<(?:img|source|video|audio|link|form)\b[^>]*(?:src|srcset|href|action)\s*=\s*[\"']?"
    r"(?:https?:)?//|!\[[^\]]*\]\((?:https?:)?//|\son[a-z]+\s*=\s*[\"']",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\d{4}")
"""〔2008〕 is part of a document number, not a citation."""


@dataclass(frozen=True, slots=True)
class Directive:
    """``<!-- handbook:NAME ID {options} -->`` with its place; `line` counts from 1 in the whole file."""

    name: str
    id: str
    options: YamlFile | None
    place: Place
    raw: str

    def at(self, word: str) -> Place:
        """Give the place of the directive's name or id, or of the directive where there is no such word."""
        start = self.raw.find(word, self.raw.find("handbook:")) if word else -1
        return Place(self.place.path, self.place.line, start + 1) if start >= 0 else self.place


@dataclass(frozen=True, slots=True)
class PageCitation:
    """A citation in prose: the text between the brackets and its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A Markdown file taken apart."""

    path: str
    front: YamlFile | None
    body: str
    body_line: int
    """Line of the file on which the body begins."""
    directives: tuple[Directive, ...]
    citations: tuple[PageCitation, ...]
    headings: tuple[tuple[int, str, int], ...]
    """Level, text, line of the headings."""
    diagnostics: tuple[Diagnostic, ...]
    """Of the page; what is wrong inside the front matter stands in `front`."""


def read_page(text: str, path: str) -> MarkdownPage:
    """Take one Markdown file apart; nothing is rendered."""
    found: list[Diagnostic] = []
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    front: YamlFile | None = None
    body, body_line = text, 1
    if match and match[1].strip():
        front = read_yaml(match[1], path, first_line=2)
        body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    else:
        remedy = "请在文件第一行写“---”，写上 id 等键，再用“---”结束"
        found.append(Diagnostic(Place(path), "(页首)", "缺少页首信息，或页首没有收尾", remedy))
    directives: list[Directive] = []
    citations: list[PageCitation] = []
    headings: list[tuple[int, str, int]] = []
    for number, line in prose_lines(body, body_line):
        if "handbook:" in line and "<!--" in line:
            directive = parse_directive(line, path, number)
            if isinstance(directive, Diagnostic):
                found.append(directive)
            else:
                directives.append(directive)
            continue
        found.extend(_suspicious(line, path, number))
        heading = re.match(r"(#{1,6})\s+(.*?)\s*(?:\{.*\})?\s*$", line)
        if heading:
            headings.append((len(heading[1]), heading[2], number))
        citations.extend(
            PageCitation(match[1], Place(path, number, match.start() + 1))
            for match in _CITATION.finditer(line)
            if not _EMPTY.fullmatch(match[1])
        )
    return MarkdownPage(
        path, front, body, body_line, tuple(directives), tuple(citations), tuple(headings), tuple(found)
    )


def _suspicious(line: str, path: str, number: int) -> Iterator[Diagnostic]:
    """A directive whose name was mistyped would vanish as a comment; a foreign address would be asked for by every reader."""
    comment = _COMMENT.match(line)
    if comment and difflib.get_close_matches(comment[1].lower(), ["handbook"], 1, 0.7):
        place = Place(path, number, comment.start(1) + 1)
        yield Diagnostic(
            place, "(指令)", f"像是写错的指令 {comment[1]}", "请写成 <!-- handbook:名称 编号 {键: 值} -->，冒号用半角"
        )
    for foreign in _FOREIGN.finditer(line):
        place = Place(path, number, foreign.start() + 1)
        said = "页面不能带脚本，也不能从别处取东西"
        yield Diagnostic(place, "(正文)", said, "请删去；图片放进 docs/assets/，外部地址只能写成普通链接")


def parse_directive(line: str, path: str, number: int) -> Directive | Diagnostic:
    """Read one line that holds a directive; a diagnostic when it does not follow the grammar."""
    stripped = line.strip()
    column = len(line) - len(line.lstrip()) + 1
    place = Place(path, number, column)
    match = _DIRECTIVE.fullmatch(stripped)
    if not match:
        alone = _DIRECTIVE.search(stripped)
        message = "指令没有独占一行" if alone else "指令写法不对"
        remedy = "请让它独占一行" if alone else "请写成 <!-- handbook:名称 编号 {键: 值} -->"
        return Diagnostic(place, "(指令)", message, remedy)
    options = None
    if match["options"]:
        offset = line.index(match["options"]) + 1
        options = read_yaml(match["options"], path, first_line=number, first_column=offset)
        if options.diagnostics:
            problem = options.diagnostics[0]
            return Diagnostic(problem.place, "(指令)", problem.message, problem.remedy)
    return Directive(match["name"], match["id"] or "", options, place, line)


def citations_in(text: str) -> Iterator[re.Match[str]]:
    """Matches of ``〔…〕`` in a text, document numbers such as 〔2008〕 left out."""
    return (match for match in _CITATION.finditer(text) if not _EMPTY.fullmatch(match[1]))


def prose_lines(body: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Lines outside fenced code, with their number in the file."""
    fence = ""
    for number, line in enumerate(body.split("\n"), first):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if match:
            fence = match[1]
            continue
        yield number, line
