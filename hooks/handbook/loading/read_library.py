"""The folder ``docs/`` into a `Library`, with the source of every object and everything that is wrong with the files."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from handbook.diagnostics import WHOLE_FILE, Diagnostic, Place
from handbook.loading.pages import MarkdownPage, read_page
from handbook.loading.record_lines import read_lines
from handbook.loading.records import read_records
from handbook.loading.shared_values import with_shared
from handbook.loading.text_checks import decode
from handbook.loading.validate import near, validate
from handbook.loading.yaml_events import CONTROL, Positions, YamlFile, read_yaml
from handbook.model.base import Model, Named, PageMeta
from handbook.model.form import Form, SharedValues
from handbook.model.frozen import Frozen
from handbook.model.glossary import Addresses, Groups, SearchWords, Synonyms, Term, TermFile, Topics
from handbook.model.holidays import Holidays
from handbook.model.ledger import Record, RecordFile
from handbook.model.library import KIND_BY_SECTION, KINDS, CuratedPage, Library
from handbook.model.review import Reviews
from handbook.model.scalars import IDENT, PERIOD, Ident
from handbook.model.wording import Wordings

M = TypeVar("M", bound=BaseModel)

DATA = "_data"
_COLLECTIONS = ("terms", "records", "search", "frozen", "holidays")
_ROOT_FILES: dict[str, type[BaseModel]] = {
    "addresses.yml": Addresses, "groups.yml": Groups, "reviews.yml": Reviews, "topics.yml": Topics, "values.yml": SharedValues,
    "wording.yml": Wordings,
}  # fmt: skip


class PageId(Model):
    """Front matter of a page whose data stand in YAML: the id, and nothing else."""

    id: Ident


@dataclass(frozen=True, slots=True)
class Source:
    """Where an object was read from; `base` is the key path of the object inside its file."""

    path: str
    positions: Positions
    base: tuple[str | int, ...] = ()

    def value(self, *at: str | int) -> Place:
        """Give the place of a value of this object."""
        return self.positions.value((*self.base, *at))

    def key(self, *at: str | int) -> Place:
        """Give the place of a key of this object."""
        return self.positions.key((*self.base, *at))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run of reading gave."""

    library: Library
    sources: Mapping[str, Source]
    """By ``section/id``; pages by ``pages/<uri>``, record files by ``records/<unit>/<ledger>/<year>``, others by name."""
    markdown: Mapping[str, MarkdownPage]
    """Curated pages taken apart, by uri."""
    diagnostics: tuple[Diagnostic, ...]


def read_library(docs: Path, project: Path) -> Reading:
    """Read everything under `docs`; paths in diagnostics are relative to `project` with ``/``."""
    with _collector_off():
        return _Reader(docs, project).read()


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the garbage collector from walking a growing tree again and again: six times faster on many records."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # what was read stays for as long as the process works: no later collection need walk it
            gc.freeze()
            gc.enable()
            # figures are kept too: the collector would walk them again and again while they are worked out
            gc.set_threshold(20_000, 20, 20)


@dataclass(slots=True)
class _Reader:
    docs: Path
    project: Path
    found: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    objects: dict[str, dict[str, Named]] = field(default_factory=lambda: {kind.section: {} for kind in KINDS})
    terms: dict[str, Term] = field(default_factory=dict)
    frozen: dict[str, Frozen] = field(default_factory=dict)
    holidays: dict[int, Holidays] = field(default_factory=dict)
    record_files: dict[tuple[str, str, str], RecordFile] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    markdown: dict[str, MarkdownPage] = field(default_factory=dict)
    pages: dict[str, CuratedPage] = field(default_factory=dict)
    singles: dict[str, BaseModel] = field(default_factory=dict)

    def read(self) -> Reading:
        data = self.docs / DATA
        for path in sorted(data.rglob("*")) if data.is_dir() else ():
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(data).parts):
                self._data_file(path, PurePosixPath(path.relative_to(data).as_posix()))
        self._records()
        self._complete_forms()
        for path in sorted(self.docs.rglob("*.md")):
            uri = path.relative_to(self.docs).as_posix()
            if (
                path.is_file()
                and not uri.startswith(f"{DATA}/")
                and not any(part.startswith(".") for part in PurePosixPath(uri).parts)
            ):
                self._page(path, uri)
        library = Library(
            **{section: dict(sorted(items.items())) for section, items in self.objects.items()},  # type: ignore[arg-type]
            terms=self.terms,
            frozen=self.frozen,
            holidays=dict(sorted(self.holidays.items())),
            records=tuple(self.records),
            record_files=self.record_files,
            pages=self.pages,
            **self.singles,  # type: ignore[arg-type]
        )
        return Reading(library, self.sources, self.markdown, tuple(self.found))

    def _complete_forms(self) -> None:
        values = self.singles.get("values")
        if isinstance(values, SharedValues):
            forms = self.objects["forms"]
            forms.update({ident: with_shared(form, values) for ident, form in forms.items() if isinstance(form, Form)})

    # -- data files -------------------------------------------------------------------------------------------

    def _data_file(self, path: Path, name: PurePosixPath) -> None:
        shown = path.relative_to(self.project).as_posix()
        if name.suffix != ".yml":
            renamed = name.suffix.lower() in (".yaml", ".yml")
            remedy = "请改成 .yml" if renamed else "数据目录只放 .yml 文件，请移走"
            self._say(Place(shown), WHOLE_FILE, f"不认识的文件类型 {name.suffix or name.name}", remedy)
            return
        parts = name.parts
        if len(parts) == 1 and name.name in _ROOT_FILES:
            self._single(name.stem, path, shown, _ROOT_FILES[name.name])
        elif parts[0] in KIND_BY_SECTION and len(parts) == 2:
            self._object(path, shown, parts[0], name.stem)
        elif parts[0] == "terms" and len(parts) == 2:
            self._terms(path, shown)
        elif parts == ("search", "synonyms.yml"):
            self._single("synonyms", path, shown, Synonyms)
        elif parts == ("search", "words.yml"):
            self._single("words", path, shown, SearchWords)
        elif parts[0] == "holidays" and len(parts) == 2:
            self._holidays(path, shown, name.stem)
        elif parts[0] == "frozen" and len(parts) == 2:
            self._frozen(path, shown, name.stem)
        elif parts[0] == "records" and len(parts) == 4:
            self._record_file(path, shown, parts[1], parts[2], name.stem)
        else:
            known = [*KIND_BY_SECTION, *_COLLECTIONS]
            shape = "records/单位/台账/年份.yml" if parts[0] == "records" else "类别/编号.yml"
            remedy = f"请放进 docs/_data/{shape}" if parts[0] in known or len(parts) == 1 else near(parts[0], known)
            self._say(Place(shown), WHOLE_FILE, "这个位置不放数据文件", remedy)

    def _text(self, path: Path, shown: str) -> str | None:
        try:
            text = decode(path.read_bytes(), shown)
        except OSError as error:
            self._say(Place(shown), WHOLE_FILE, f"读不了文件（{type(error).__name__}）", "请检查文件权限")
            return None
        self.found.extend(text.diagnostics)
        return text.value

    def _parse(self, path: Path, shown: str, model: type[M]) -> tuple[M | None, YamlFile | None]:
        text = self._text(path, shown)
        if text is None:
            return None, None
        file = read_yaml(text, shown)
        return self._validated(file, file.diagnostics, model), file

    def _validated(self, file: YamlFile, said: Iterable[Diagnostic], model: type[M]) -> M | None:
        """Report what was found while reading, then what the model finds elsewhere: one mistake, one message."""
        odd = {problem.place for problem in self.found if problem.place.path == file.path}
        self.found.extend(problem for problem in said if problem.message != CONTROL or problem.place not in odd)
        places = {problem.place for problem in said}
        value, problems = validate(file, model)
        self.found.extend(problem for problem in problems if problem.place not in places)
        return value

    def _object(self, path: Path, shown: str, section: str, stem: str) -> None:
        kind = KIND_BY_SECTION[section]
        value, file = self._parse(path, shown, kind.model)
        source = Source(shown, file.positions if file else Positions(shown, ""))
        written = file.tree.get("id") if file and file.tree else None
        if not IDENT.fullmatch(stem):
            remedy = "请给文件改名：只用半角小写字母、数字和连字符，如 member-admission.yml"
            self._say(Place(shown), WHOLE_FILE, f"文件名 {stem!r} 不合编号规则", remedy)
        elif isinstance(written, str) and written != stem and IDENT.fullmatch(written):
            other = self.docs / DATA / section / f"{written}.yml"
            if other.is_file():
                said = f"编号 {written} 与 {other.relative_to(self.project).as_posix()} 重复"
                self._say(source.value("id"), "id", said, f"请改成与文件名相同的编号 {stem}")
            else:
                said = f"编号 {written} 与文件名 {stem} 不一致"
                self._say(source.value("id"), "id", said, f"请写成 {stem}，或把文件改名")
        # known by its file name even when it cannot be used: nobody else shall say that it does not exist
        self.sources[f"{section}/{stem}"] = source
        if value is not None:
            self.objects[section][stem] = value if value.id == stem else value.model_copy(update={"id": stem})

    def _single(self, name: str, path: Path, shown: str, model: type[BaseModel]) -> None:
        value, file = self._parse(path, shown, model)
        if value is not None and file is not None:
            self.singles[name] = value
            self.sources[name] = Source(shown, file.positions)

    def _terms(self, path: Path, shown: str) -> None:
        value, file = self._parse(path, shown, TermFile)
        if value is None or file is None:
            return
        for index, term in enumerate(value.terms):
            source = Source(shown, file.positions, ("terms", index))
            if term.id in self.terms:
                other = self.sources[f"terms/{term.id}"].value("id")
                self._say(
                    source.value("id"),
                    f"terms[{index}].id",
                    f"术语编号 {term.id} 重复",
                    f"{other.path} 第 {other.line} 行已用，请换一个",
                )
                continue
            self.terms[term.id] = term
            self.sources[f"terms/{term.id}"] = source

    def _holidays(self, path: Path, shown: str, stem: str) -> None:
        if not re.fullmatch(r"20[0-9]{2}", stem):
            self._say(Place(shown), WHOLE_FILE, f"文件名 {stem!r} 不是年份", "请把文件名写成年份，如 2026.yml")
            return
        value, file = self._parse(path, shown, Holidays)
        if value is not None and file is not None:
            self.holidays[int(stem)] = value
            self.sources[f"holidays/{stem}"] = Source(shown, file.positions)

    def _frozen(self, path: Path, shown: str, stem: str) -> None:
        value, file = self._parse(path, shown, Frozen)
        if value is None or file is None:
            return
        if value.id != stem:
            said = f"编号 {value.id} 与文件名 {stem} 不一致"
            self._say(file.positions.value(("id",)), "id", said, f"请把文件名改回 {value.id}.yml")
        self.frozen[stem] = value
        self.sources[f"frozen/{stem}"] = Source(shown, file.positions)

    def _record_file(self, path: Path, shown: str, unit: str, ledger: str, year: str) -> None:
        text = self._text(path, shown)
        if text is None:
            return
        positions = Positions(shown, text)
        value = read_lines(text)
        if value is None:
            file = read_yaml(text, shown)
            positions, value = file.positions, self._validated(file, file.diagnostics, RecordFile)
        if not PERIOD.fullmatch(year) or len(year) != 4:
            self._say(Place(shown), WHOLE_FILE, f"文件名 {year} 不是年份", "请写成 2025.yml 这样的名称")
        elif value is not None:
            self.record_files[unit, ledger, year] = value
            self.sources[f"records/{unit}/{ledger}/{year}"] = Source(shown, positions)

    def _records(self) -> None:
        """Read the cells, now that the ledgers are known."""
        for (unit, name, year), file in list(self.record_files.items()):
            source = self.sources[f"records/{unit}/{name}/{year}"]
            ledger = self.objects["ledgers"].get(name)
            if f"ledgers/{name}" not in self.sources:
                self._say(
                    Place(source.path), WHOLE_FILE, f"没有编号为 {name} 的台账", near(name, self.objects["ledgers"])
                )
            if f"units/{unit}" not in self.sources:
                self._say(
                    Place(source.path), WHOLE_FILE, f"没有编号为 {unit} 的单位", near(unit, self.objects["units"])
                )
            if ledger is not None:
                self.records.extend(
                    read_records(file, ledger, unit, year, source.positions, self.found.append)  # type: ignore[arg-type]
                )
                # the typed records hold everything: their text would double the memory
                self.record_files[unit, name, year] = file.model_copy(update={"records": ()})

    # -- pages ------------------------------------------------------------------------------------------------

    def _page(self, path: Path, uri: str) -> None:
        shown = path.relative_to(self.project).as_posix()
        text = self._text(path, shown)
        page = read_page(text or "", shown)
        self.markdown[uri] = page
        if text is None:
            return
        self.found.extend(page.diagnostics)
        if page.front is None:
            return
        self.sources[f"pages/{uri}"] = Source(shown, page.front.positions)
        section, _, stem = uri.removesuffix(".md").rpartition("/")
        kind = KIND_BY_SECTION.get(section)
        owner = f"{section}/{stem}" if kind and kind.page == "curated" and f"{section}/{stem}" in self.sources else ""
        if owner:
            head = self._validated(page.front, page.front.diagnostics, PageId)
            meta: Named | None = self.objects[section].get(stem)
            written = head.id if head else stem
        else:
            if kind and kind.page == "curated" and page.front.tree and set(page.front.tree) == {"id"}:
                remedy = f"请新建这个数据文件（scripts/new.py {section} {stem}），或删去这一页"
                self._say(Place(shown), WHOLE_FILE, f"没有数据文件 docs/{DATA}/{section}/{stem}.yml", remedy)
                return
            meta = self._validated(page.front, page.front.diagnostics, PageMeta)
            written = meta.id if meta else stem
        if written != stem:
            place = self.sources[f"pages/{uri}"].value("id")
            self._say(place, "id", f"编号 {written} 与文件名 {stem} 不一致", f"请写成 {stem}，或把文件改名")
        if isinstance(meta, PageMeta):
            self.pages[uri] = CuratedPage(uri, meta, page.body, owner)

    def _say(self, place: Place, key: str, message: str, remedy: str) -> None:
        self.found.append(Diagnostic(place, key, message, remedy))
