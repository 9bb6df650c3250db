"""Say in the form of a diagnostic, in Chinese, what MkDocs wrote into its log.

The hooks print our own diagnostics as they are. The rest are MkDocs' English sentences: the ones an editor can cause
are translated and get their place; anything else is quoted as MkDocs' own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import _cli

if TYPE_CHECKING:
    from pathlib import Path

_DIAGNOSTIC = re.compile(r"(?:^|\s)(?P<line>[^\s:][^:]*:\d+:\d+: .+ → .+)$")
_LEVEL = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s+-\s+(?P<text>.+)$")
_NOTE = "钩子用时"
_MISTAKE = "程序出错"
_NOISE = re.compile(r"Aborted with |^数据有 \d+ 处问题|Documentation built|^Building documentation|^Cleaning site")
_DISK_FULL = re.compile(r"\[Errno 28\]|No space left on device|Disk quota exceeded|WinError (39|112)\b")

_PAGE = r"Doc file '(?P<page>[^']+)' contains (?:a|an absolute|an unrecognized relative) link(?: to)? '(?P<link>[^']*)'"
_SENTENCES = (
    (
        _PAGE + r", but the target.* is not found.*",
        "链接: 找不到链接指向的文件“{link}”",
        "改成存在的文件，或先建立这个文件",
    ),
    (
        _PAGE + r", but .*(?:no such anchor|not contain an anchor).*",
        "链接: 链接“{link}”指向的位置在页面里不存在",
        "改成页面里有的标题或条目的编号",
    ),
    (
        _PAGE + r", it was left as is.*",
        "链接: 链接“{link}”不是指向本站文件的相对地址",
        "写成从本页出发的相对路径，带上 .md",
    ),
    (_PAGE + r".* which is excluded.*", "链接: 链接“{link}”指向的文件不会发布", "改成会发布的文件"),
    (r"A reference to '(?P<link>[^']+)' is included in the 'nav'.*", "nav: 导航里的“{link}”不存在", "改正或删去这一项"),
    (r"File not found: (?P<page>.+)", "(文件): 找不到这个文件", "恢复它，或改正用到它的地方"),
    (r"Encoding error reading file: (?P<page>.+)", "(文件): 文件不是 UTF-8 编码", "用编辑器另存为 UTF-8"),
    (
        r"Config value '(?P<link>[^']+)': Unrecognised configuration name.*",
        "{link}: 不认识的配置项",
        "改正拼写，或删去它",
    ),
    (r"Config value '(?P<link>[^']+)': Required configuration not provided.*", "{link}: 缺少这个配置项", "补上它"),
    (
        r"Config value '(?P<link>[^']+)': (?P<rest>.+)",
        "{link}: 配置有误（原话：{rest}）",
        "按 MkDocs 的说明改正 mkdocs.yml",
    ),
)


def problems(log: str, project: Path) -> tuple[str, ...]:
    """Give what made a build fail, one line each, never nothing."""
    if _DISK_FULL.search(log):
        return (_cli.DISK_FULL,)
    lines = [line.rstrip() for line in log.splitlines()]
    found = [match["line"].strip() for line in lines if (match := _DIAGNOSTIC.search(_unlabelled(line)))]
    spoken = [match["text"] for line in lines if (match := _LEVEL.match(line))]
    found += [line for line in lines if line.startswith(_MISTAKE)]
    found += [_translate(text, project) for text in spoken if not _NOISE.search(text) and not _DIAGNOSTIC.search(text)]
    if not found:
        found = [_configuration(log) or _last_words(lines)]
    return tuple(dict.fromkeys(found))


def notes(log: str) -> tuple[str, ...]:
    """Give the lines that the hooks meant for the reader of a build."""
    return tuple(line[line.index(_NOTE) :].strip() for line in log.splitlines() if _NOTE in line)


def _unlabelled(line: str) -> str:
    match = _LEVEL.match(line)
    return match["text"] if match else line


def _translate(text: str, project: Path) -> str:
    for pattern, what, remedy in _SENTENCES:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            groups = {"link": "", "rest": "", **match.groupdict()}
            page = groups.pop("page", None)
            path = f"docs/{page}" if page else "mkdocs.yml"
            line, column = _find(project / path, groups["link"])
            return f"{path}:{line}:{column}: {what.format(**groups)} → {remedy}"
    return f"MkDocs 报告：{text}"


def _find(path: Path, wanted: str) -> tuple[int, int]:
    """Give the first place of a text in a file, and the start of the file where it is not there."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return 1, 1
    for number, line in enumerate(lines, 1):
        if wanted and wanted in line:
            return number, line.index(wanted) + 1
    return 1, 1


def _configuration(log: str) -> str:
    """Give the diagnostic for a mkdocs.yml that is no YAML."""
    if "error parsing the configuration file" not in log:
        return ""
    places = re.findall(r"line (\d+), column (\d+)", log)
    line, column = places[-1] if places else ("1", "1")
    return f"mkdocs.yml:{line}:{column}: (文件): 配置文件不是正确的 YAML → 检查这一行的缩进、冒号和引号"


def _last_words(lines: list[str]) -> str:
    """Quote the end of a log in which nothing is recognised: a mistake in the code, not in the data."""
    said = [line.strip() for line in lines if line.strip() and not _NOISE.search(line)]
    return f"{_MISTAKE}（不是数据的问题）：{said[-1] if said else '构建程序没有说明原因'}"
