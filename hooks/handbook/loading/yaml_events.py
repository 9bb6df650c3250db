"""YAML text into plain mappings, lists and texts, from the event stream, with the place of every value.

Every scalar stays text (YAML 1.1 would read ``10:30`` as 630 and ``no`` as False); an empty plain value, ``~`` and ``null``
are None. Anchors, aliases, tags, merge keys, second documents, repeated keys and deep nesting are refused.
Positions are computed only when somebody asks, by reading the events once more: good files never pay for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from handbook.diagnostics import WHOLE_FILE, Diagnostic, Place

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
KeyPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CONTROL = "含有控制字符"
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    # what the parser says (libyaml's words, where they differ also those of PyYAML's own parser), message, remedy
    ("mapping values are not allowed", "此处不能再有冒号", "文字里有“: ”时请给整个值加引号，或检查上一行缩进"),
    ("cannot start any token", "此处的字符不能开始一个值", "缩进请用空格，不用制表符；以 @ ` % 等开头的文字请加引号"),
    ("could not find expected ':'", "这一行缺少冒号", "键后面写半角冒号再空一格；长文字请缩进或加引号"),
    ("did not find expected key|block mapping expected <block end>", "缩进或引号不对，读不到下一个键", "请与上面同级的键左对齐，并检查引号是否成对"),
    ("did not find expected '-' indicator|block collection expected <block end>", "列表到此中断", "同一列表的每一项都以“- ”开头并左对齐"),
    ("sequence entries are not allowed", "此处不能开始列表", "列表请另起一行并缩进，每一项以“- ”开头"),
    ("expected ',' or", "方括号或花括号里缺少逗号或没有收尾", "请补上逗号或右括号；括号和逗号用半角"),
    ("did not find expected node content|expected the node content", "括号里缺少内容", "请补上内容或删去多余的逗号"),
    ("unexpected end of stream", "到文件末尾还没有收尾", "请检查引号、括号是否成对"),
    ("unknown escape", "双引号里的反斜杠用法不对", "请改用单引号，或把 \\ 写成 \\\\"),
    ("found a tab character", "缩进用了制表符", "请改用空格"),
    ("found undefined tag", "不能使用标签（! 开头）", "请删去标签，文字以 ! 开头时加引号"),
    ("expected alphabetic or numeric character", "此处的 & 或 * 用法不对", "文字以 & 或 * 开头时请加引号"),
    ("control characters are not allowed|special characters are not allowed", CONTROL, "请删去看不见的字符"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML file read: its tree (None when it cannot be used), what is wrong, and where everything stands."""

    path: str
    tree: dict[str, Tree] | None
    positions: Positions
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Positions:
    """Key path → place of the key and of the value; made on first use from the text."""

    path: str
    text: str
    first_line: int = 1
    """Line of the file on which the text begins (front matter begins on line 2)."""
    first_column: int = 1
    """Column of the text's first line (a directive's options begin in the middle of a line)."""
    _keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    _values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    _ready: bool = False

    def value(self, key_path: KeyPath) -> Place:
        """Give the place of a value; of the nearest enclosing one when the path does not exist."""
        self._prepare()
        while key_path and key_path not in self._values:
            key_path = key_path[:-1]
        return self._place(self._values.get(key_path, (1, 1)))

    def key(self, key_path: KeyPath) -> Place:
        """Give the place of a key, or of the value where there is no key (list items)."""
        self._prepare()
        return self._place(self._keys[key_path]) if key_path in self._keys else self.value(key_path)

    def _place(self, found: tuple[int, int]) -> Place:
        line, column = found
        return Place(self.path, line + self.first_line - 1, column + (self.first_column - 1 if line == 1 else 0))

    def _prepare(self) -> None:
        if not self._ready:
            _Builder(self).build()
            self._ready = True


def read_yaml(text: str, path: str, *, first_line: int = 1, first_column: int = 1) -> YamlFile:
    """Read one mapping from YAML text; `path` is what diagnostics name."""
    positions = Positions(path, text, first_line, first_column)
    builder = _Builder(positions)
    tree = builder.build()
    found = builder.diagnostics
    if not found and tree is None:
        found.append(
            Diagnostic(positions._place((1, 1)), WHOLE_FILE, "文件是空的", "请按模板填写内容，不需要就删去这个文件")
        )
    elif tree is not None and not isinstance(tree, dict):
        kind = "列表" if isinstance(tree, list) else "一个值"
        found.append(
            Diagnostic(positions.value(()), WHOLE_FILE, f"整个文件应为映射，却是{kind}", "请写成“键: 值”的形式")
        )
    usable = tree if isinstance(tree, dict) and not builder.broken else None
    return YamlFile(path, usable, positions, tuple(found))


class _Stop(Exception):  # noqa: N818 - not an error: ends the reading of one file
    """The rest of the file cannot be understood."""


class _Builder:
    """Builds the tree from events and notes where everything stands."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self.diagnostics: list[Diagnostic] = []
        self.broken = False

    def build(self) -> Tree:
        self.positions._ready = True
        try:
            return self._document(yaml.parse(self.positions.text, Loader=_LOADER))
        except _Stop:
            self.broken = True
        except yaml.YAMLError as error:
            self.broken = True
            self._syntax(error)
        return None

    def _document(self, events: Iterator[yaml.Event]) -> Tree:
        tree: Tree = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(event, (), "同一文件里有第二个文档（---）", "请拆成两个文件，或删去多余的 ---")
                    raise _Stop
            elif isinstance(event, (yaml.NodeEvent)):
                tree = self._node(event, events, ())
        return tree

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], at: KeyPath) -> Tree:
        self.positions._values[at] = _spot(event)
        if isinstance(event, yaml.AliasEvent):
            self._report(event, at, "不能使用别名（* 开头）", "请把内容直接写在这里；文字以 * 开头时加引号")
            return None
        if len(at) > MAX_DEPTH:
            self._report(event, at[:3], f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和括号")
            raise _Stop
        if getattr(event, "anchor", None) is not None:
            self._report(event, at, "不能使用锚点（& 开头）", "请删去锚点，在用到的地方各写一遍")
        if getattr(event, "tag", None) not in (None, "!"):
            self._report(event, at, "不能使用标签（! 开头）", "请删去标签，文字以 ! 开头时加引号")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            return None if plain and event.value in ("", "~", "null") else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Tree] = []
            for item in events:
                if isinstance(item, yaml.SequenceEndEvent):
                    return items
                items.append(self._node(item, events, (*at, len(items))))
        return self._mapping(events, at)

    def _mapping(self, events: Iterator[yaml.Event], at: KeyPath) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._report(event, at, "键应为一个短词，却是列表、映射或别名", "请检查冒号和括号")
                raise _Stop
            name = str(event.value)
            here = (*at, name)
            if event.anchor is not None or event.tag is not None:
                self._report(event, here, "键上不能有锚点或标签", "请只写键名")
            if name == "<<":
                self._report(event, here, "不能使用合并键（<<）", "请把要合并的内容逐项写在这里")
                self._node(next(events), events, here)
                continue
            if name in values:
                line = self.positions._keys[here][0] + self.positions.first_line - 1
                self._report(event, here, "键重复", f"第 {line} 行已写过，请删去一处")
                saved = dict(self.positions._values), dict(self.positions._keys)
                self._node(next(events), events, here)
                self.positions._values, self.positions._keys = saved
                continue
            self.positions._keys[here] = _spot(event)
            values[name] = self._node(next(events), events, here)
        return values

    def _report(self, event: yaml.Event, at: KeyPath, message: str, remedy: str) -> None:
        place = self.positions._place(_spot(event))
        self.diagnostics.append(Diagnostic(place, key_text(at), message, remedy))

    def _syntax(self, error: yaml.YAMLError) -> None:
        problem = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''} {getattr(error, 'reason', '') or ''}"
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        began = getattr(error, "context_mark", None)
        unclosed = "expected ',' or" in problem and began is not None and mark is not None and began.line < mark.line
        if began is not None and (unclosed or re.search("expected ':'|unexpected end of stream", problem)):
            mark = began  # where the thing begins, not where the parser lost hope
        spot = (mark.line + 1, mark.column + 1) if mark is not None else _unreadable(self.positions.text)
        lines = self.positions.text.split("\n")
        near = [number for number in (spot[0], spot[0] - 1) if 0 < number <= len(lines)]
        message, remedy = "此处不合 YAML 写法", "请检查缩进、冒号后的空格、引号和括号"
        for needle, said, cure in _SYNTAX:
            if any(words in problem for words in needle.split("|")):
                message, remedy = said, cure
                break
        for number in near:
            line = lines[number - 1]
            if tab := re.match(r" *\t", line):
                spot, message, remedy = (number, tab.end()), "缩进用了制表符", "请改用空格"
                break
            if wide := re.match(r" *[\u3000\u00a0]", line):
                spot, message, remedy = (number, wide.end()), "缩进用了全角空格或不间断空格", "请改用半角空格"
                break
            if wide := re.match(r"\s*(?:- )?[A-Za-z_-]+:[\u3000\u00a0]", line):
                spot, message, remedy = (number, wide.end()), "冒号后面不是半角空格", "请改用半角空格"
                break
            if colon := re.match(r"\s*(?:- )?[A-Za-z_-]+：", line):
                spot, message, remedy = (number, colon.end()), "键后面用了全角冒号", "请改用半角冒号，后面空一格"
                break
        self.diagnostics.append(Diagnostic(self.positions._place(spot), WHOLE_FILE, message, remedy))


def _spot(event: yaml.Event) -> tuple[int, int]:
    """Line and column from 1; every event of a parsed text has its mark."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _unreadable(text: str) -> tuple[int, int]:
    """Find the first character that YAML refuses (the parser counts bytes, people count characters)."""
    match = yaml.reader.Reader.NON_PRINTABLE.search(text)
    start = match.start() if match else 0
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def key_text(key_path: KeyPath) -> str:
    """Give ``stages[0].steps[2].title``; `WHOLE_FILE` for the file itself. Always one line."""
    text = ""
    for part in key_path:
        name = part if isinstance(part, int) or part.isprintable() else repr(part)
        text += f"[{name}]" if isinstance(name, int) else f".{name}" if text else name
    return text or WHOLE_FILE
