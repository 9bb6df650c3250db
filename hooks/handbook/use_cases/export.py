"""The same pages and downloads as a plain Markdown tree that any engine can build: the way out, and what keeps the core honest."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

_SKIP = frozenset({"_data"})


def export(project: Path, out: Path, on: dt.date) -> list[Path]:
    """Write everything into the folder `out`, which must be absent or empty; give the written paths.

    Raises `DataError` when the library has mistakes; nothing is written then.
    """
    docs = project / "docs"
    publication = Publication(prepare(docs, project, on))
    pages = [*publication.pages, *(publication.expand(page) for page in publication.site.library.pages.values())]
    files = list(publication.files())
    written = [_write(out / page.uri, page.markdown().encode()) for page in pages]
    written.extend(_write(out / file.address, file.content) for file in files)
    for path in _assets(docs):
        target = out / path.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        written.append(target)
    return sorted(written)


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _assets(docs: Path) -> Iterator[Path]:
    for path in sorted(docs.rglob("*")):
        parts = path.relative_to(docs).parts
        if path.is_file() and path.suffix != ".md" and parts[0] not in _SKIP and not parts[-1].startswith("."):
            yield path
