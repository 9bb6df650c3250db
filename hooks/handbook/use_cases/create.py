"""A new object from a starter: its data file, and its page where one is written by hand.

The starter holds every required key with a comment, is valid as it stands, and points only to what exists, so that an editor
changes one thing at a time and a check tells at once which one was wrong. Pages begin as withdrawn: nobody finds them in a
listing until the editor publishes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from handbook.loading.read_library import read_library
from handbook.loading.validate import near
from handbook.model.base import Grouped
from handbook.model.library import KIND_BY_SECTION, Kind, Library
from handbook.model.library import KINDS as MODEL_KINDS
from handbook.model.scalars import Ident

KINDS: Mapping[str, str] = MappingProxyType({kind.section: kind.title for kind in MODEL_KINDS})
"""What can be created: section → Chinese name."""

_STARTERS = Path(__file__).parent / "starters"
_IDENT: TypeAdapter[str] = TypeAdapter(Ident)
_SAME_ADDRESS = {"meetings": "procedures", "procedures": "meetings", "reports": "genres", "genres": "reports"}
"""Two kinds whose pages would lie at one address if they shared an id."""


class CreateError(Exception):
    """Why nothing was created, in the reader's language."""


def create(project: Path, kind: str, ident: str) -> list[Path]:
    """Write the files of a new object and give their paths; nothing is written unless all of it can be."""
    if kind not in KIND_BY_SECTION:
        raise CreateError(f"没有“{kind}”这个种类 → {near(kind, KINDS)}")
    try:
        _IDENT.validate_python(ident)
    except ValidationError as error:
        context = error.errors()[0].get("ctx") or {}
        raise CreateError(f"{context['message']} → {context['remedy']}") from None
    docs = project / "docs"
    found = KIND_BY_SECTION[kind]
    _refuse_taken(docs, found, ident, project)
    library = read_library(docs, project).library
    words = {"id": ident, **_neighbours(found, library)}
    texts = {path: Template(_starter(name)).substitute(words) for path, name in _files(docs, found, ident)}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        for path in texts:
            path.unlink(missing_ok=True)
        raise CreateError(f"写不了文件（{type(error).__name__}）→ 请检查 docs 文件夹的权限和磁盘空间") from None
    return list(texts)


def _files(docs: Path, kind: Kind, ident: str) -> Iterator[tuple[Path, str]]:
    yield docs / "_data" / kind.section / f"{ident}.yml", f"{kind.section}.yml"
    if kind.page == "curated":
        yield docs / kind.folder / f"{ident}.md", f"{kind.section}.md"


def _starter(name: str) -> str:
    return (_STARTERS / name).read_text(encoding="utf-8")


def _refuse_taken(docs: Path, kind: Kind, ident: str, project: Path) -> None:
    taken = [path for path, _ in _files(docs, kind, ident)]
    if kind.folder:
        taken.append(docs / kind.folder / f"{ident}.md")
    if kind.section in _SAME_ADDRESS:
        taken.append(docs / "_data" / _SAME_ADDRESS[kind.section] / f"{ident}.yml")
    for path in taken:
        if path.exists():
            shown = path.relative_to(project).as_posix()
            raise CreateError(f"编号 {ident} 已被 {shown} 使用 → 请换一个编号，或直接修改那个文件")


def _neighbours(kind: Kind, library: Library) -> dict[str, str]:
    """Give the ids of existing objects that the starter of this kind points to."""
    found: dict[str, str] = {}
    for word, section in _NEEDED.get(kind.section, {}).items():
        ids = sorted(library.of_kind(section))
        if not ids:
            title = KINDS[section]
            raise CreateError(f"还没有可用的{title} → 请先新建一个：scripts/new.py {section} 编号")
        found[word] = ids[0]
    if issubclass(kind.model, Grouped):
        groups = library.groups.of_section(kind.folder)
        if not groups:
            raise CreateError(
                f"{kind.title}还没有分组 → 请先在 docs/_data/groups.yml 里写一组，section 写 {kind.folder}"
            )
        found["group"] = groups[0].id
    if kind.section == "reports":
        years = sorted(year for _, _, year in library.record_files)
        found["year"] = years[-1] if years else "2025"
        found["next_year"] = str(int(found["year"]) + 1)
    return found


_NEEDED: Mapping[str, Mapping[str, str]] = {
    "procedures": {"role": "roles"},
    "meetings": {"role": "roles"},
    "practices": {"role": "roles"},
    "duties": {"role": "roles"},
    "ledgers": {"role": "roles"},
    "metrics": {"ledger": "ledgers"},
    "reports": {"genre": "genres", "unit": "units"},
}
"""Placeholder in the starter → section to take an existing id from."""
