"""Whatever a hand or a machine does to a file: the check answers with places and remedies, and never falls over."""

import datetime as dt
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.loading.text_checks import decode
from handbook.use_cases.check import check

BASE = Path(__file__).parent / "base"
ON = dt.date(2026, 7, 1)
ROUNDS = 8
HAN = re.compile(r"[\u4e00-\u9fff]")
ODD = "\x00\x07\x1b\u00a0\u0085\u200b\u2028\u202e\u3000\ue000\ufeff\uffff⺠⻓：，“”（）｛［【"
MARKS = "{}[]&*!|>%@`#'\"-?:,\\"

Random = random.Random
Lines = list[str]


def key_of(line: str) -> str:
    return line.split(":", 1)[0] + ":"


def on_line(change: Callable[[str, Random], str]) -> Callable[[str, Random], str]:
    """A mutation of one line, blank ones left out."""

    def mutate(text: str, rng: Random) -> str:
        lines = text.split("\n")
        index = rng.choice([number for number, line in enumerate(lines) if line.strip()])
        lines[index] = change(lines[index], rng)
        return "\n".join(lines)

    return mutate


def delete_line(text: str, rng: Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def delete_block(text: str, rng: Random) -> str:
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    del lines[start : start + rng.randrange(2, 9)]
    return "\n".join(lines)


def swap_lines(text: str, rng: Random) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def insert(characters: str) -> Callable[[str, Random], str]:
    def mutate(text: str, rng: Random) -> str:
        at = rng.randrange(len(text) + 1)
        return text[:at] + rng.choice(characters) + text[at:]

    return mutate


MUTATIONS: dict[str, Callable[[str, Random], str | bytes]] = {
    "delete a line": delete_line,
    "delete a block": delete_block,
    "repeat a line": on_line(lambda line, _: f"{line}\n{line}"),
    "swap two lines": swap_lines,
    "truncate in the middle": lambda text, rng: text[: rng.randrange(len(text))],
    "truncate inside a character": lambda text, rng: text.encode()[: rng.randrange(len(text.encode()))],
    "value becomes a list": on_line(lambda line, _: f"{key_of(line)} [1, 2]"),
    "value becomes a mapping": on_line(lambda line, _: f"{key_of(line)} {{a: {{b: c}}}}"),
    "value becomes an empty list": on_line(lambda line, _: f"{key_of(line)} []"),
    "value becomes empty": on_line(lambda line, _: key_of(line)),
    "value becomes an empty text": on_line(lambda line, _: f"{key_of(line)} ''"),
    "value becomes a large number": on_line(lambda line, _: f"{key_of(line)} 999999999"),
    "value becomes zero": on_line(lambda line, _: f"{key_of(line)} 0"),
    "value becomes negative": on_line(lambda line, _: f"{key_of(line)} -1"),
    "value becomes a very early date": on_line(lambda line, _: f"{key_of(line)} 0001-01-01"),
    "value becomes very long": on_line(lambda line, _: f"{key_of(line)} {'长' * 5000}"),
    "value becomes deep": on_line(lambda line, rng: f"{key_of(line)} {rng.choice(['[', '{a: ', '- '])* 1000}"),
    "value becomes anchor, tag and alias": on_line(lambda line, rng: f"{key_of(line)} {rng.choice(['&a x', '!!int 3', '*b', '!x y'])}"),
    "id becomes another": on_line(lambda line, _: re.sub(r"[a-z]+-?[a-z]*$", "elsewhere", line)),
    "hyphen becomes underscore": on_line(lambda line, _: line.replace("-", "_", 1)),
    "colon becomes full-width": on_line(lambda line, _: line.replace(":", "：", 1)),
    "space after colon goes": on_line(lambda line, _: line.replace(": ", ":", 1)),
    "ASCII becomes full-width": on_line(lambda line, _: line.translate({code: code + 0xFEE0 for code in range(0x30, 0x7B)})),
    "indent with a tab": on_line(lambda line, _: f"\t{line}"),
    "indent by one": on_line(lambda line, _: f" {line}"),
    "indentation goes": on_line(lambda line, _: line.lstrip()),
    "line turned round": on_line(lambda line, _: line[::-1]),
    "second document": on_line(lambda line, _: f"---\n{line}"),
    "odd character": insert(ODD),
    "mark of YAML": insert(MARKS),
    "some CRLF": lambda text, _: text.replace("\n", "\r\n", 2),
    "byte order mark": lambda text, _: b"\xef\xbb\xbf" + text.encode(),
    "GBK": lambda text, _: text.encode("gbk", "replace"),
    "UTF-16": lambda text, rng: text.encode(rng.choice(["utf-16", "utf-16-le", "utf-16-be"])),
    "binary": lambda _, rng: rng.randbytes(400),
    "nothing": lambda _text, _rng: "",
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("mutations")
    shutil.copytree(BASE / "docs", root / "docs")
    return root


def assert_helpful(found, project):
    for diagnostic in found:
        place, line = diagnostic.place, str(diagnostic)
        assert (project / place.path).is_file(), line
        assert place.line >= 1, line
        assert place.column >= 1, line
        assert HAN.search(diagnostic.message), line
        assert HAN.search(diagnostic.remedy), line
        assert line.splitlines() == [line]
        assert len(line) < 600, line
        text = decode((project / place.path).read_bytes(), place.path).value
        if text is not None:
            lines = text.split("\n")
            assert place.line <= len(lines), line
            assert place.column <= len(lines[place.line - 1]) + 1, line


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutation_gives_diagnostics_and_never_a_traceback(name, project):
    rng = random.Random(f"{name}/2026")
    files = sorted(path for path in (project / "docs").rglob("*") if path.is_file())
    for path in rng.sample(files, ROUNDS):
        original = path.read_bytes()
        changed = MUTATIONS[name](original.decode(), rng)
        path.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
        try:
            assert_helpful(check(project, ON), project)
        finally:
            path.write_bytes(original)
    assert check(project, ON) == ()


def test_a_hundred_files_broken_at_once_are_all_reported(project, tmp_path):
    shutil.copytree(project / "docs", tmp_path / "docs")
    for index in range(100):
        path = tmp_path / "docs" / "_data" / "roles" / f"role-{index:03}.yml"
        path.write_text(f"id: role-{index:03}\ntitle：角色\n", encoding="utf-8")
    found = check(tmp_path, ON)
    assert len(found) == 100
    assert_helpful(found, tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff", b"\n" * 3, b"---\n", b"---\n---\n", b"\xef\xbb\xbf", b"%", b"\r"]
)
def test_tiny_files_are_answered(data, project):
    for name in ("docs/_data/roles/chair.yml", "docs/index.md", "docs/_data/records/tea-group/tea-ledger/2025.yml"):
        path = project / name
        original = path.read_bytes()
        path.write_bytes(data)
        try:
            found = check(project, ON)
            assert found
            assert_helpful(found, project)
        finally:
            path.write_bytes(original)
