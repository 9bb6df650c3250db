"""A golden case: a small project, described in one YAML file, and the exact lines that a check of it must give.

``purpose``      what the case shows
``base``         ``full``: the files of ``base/`` lie there already; ``none``: only what the case brings
``files``        path → text, or a mapping: ``text`` with ``encoding``, ``bytes`` in hex, or ``start`` with ``repeat`` and ``times``
``edits``        path → list of ``old`` and ``new``; ``old`` stands exactly once in the base file
``remove``       paths of base files that are missing in this case
``unreadable``   paths that the machine refuses to read
``parser``       ``python``: PyYAML's own parser instead of libyaml's
``diagnostics``  the expected lines; ``--update-golden`` rewrites them, which is why they stand last
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = HERE / "diagnostics"
_KEYS = {"purpose", "base", "files", "edits", "remove", "unreadable", "parser", "diagnostics"}


@dataclass(frozen=True)
class Case:
    path: Path
    purpose: str
    base: str
    diagnostics: tuple[str, ...]
    files: dict[str, Any] = field(default_factory=dict)
    edits: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    parser: str = ""

    def write(self, project: Path) -> None:
        """Lay the project out."""
        (project / "docs").mkdir(parents=True)
        if self.base == "full":
            shutil.copytree(BASE / "docs", project / "docs", dirs_exist_ok=True)
        for name in self.remove:
            (project / name).unlink()
        for name, edits in self.edits.items():
            text = (project / name).read_text(encoding="utf-8")
            for edit in edits:
                old = edit["old"]
                assert text.count(old) == 1, f"{self.path.name}: {old!r} stands {text.count(old)} times in {name}"
                text = text.replace(old, edit["new"])
            (project / name).write_text(text, encoding="utf-8", newline="")
        for name, content in self.files.items():
            target = project / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_bytes(content))

    def update(self, lines: tuple[str, ...]) -> None:
        """Put other expected lines into the file."""
        text = self.path.read_text(encoding="utf-8")
        kept = text[: text.index("\ndiagnostics:") + 1]
        listed = "".join("  - '{}'\n".format(line.replace("'", "''")) for line in lines)
        result = f"diagnostics:\n{listed}" if lines else "diagnostics: []\n"
        self.path.write_text(kept + result, encoding="utf-8", newline="\n")


def read_case(path: Path) -> Case:
    """Read one case."""
    raw = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    unknown = set(raw) - _KEYS
    assert not unknown, f"{path.name}: unknown keys {unknown}"
    raw["diagnostics"] = tuple(raw["diagnostics"])
    return Case(path, **raw)


def case_paths() -> list[Path]:
    """All cases in a fixed order."""
    return sorted(CASES.rglob("*.yml"))


def _bytes(content: object) -> bytes:
    if isinstance(content, str):
        return content.encode()
    assert isinstance(content, dict)
    if "bytes" in content:
        return bytes.fromhex(content["bytes"])
    if "repeat" in content:
        return (content["start"] + content["repeat"] * int(content["times"])).encode()
    return content["text"].encode(content["encoding"])
