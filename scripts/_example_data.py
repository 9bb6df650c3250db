"""All files of the invented example, put together: unit files and a year of every ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _example_book import Books
from _example_checks import Checks
from _example_life import write_life
from _example_membership import write_membership
from _example_money import write_assets, write_care, write_dues
from _example_news import write_mass_groups, write_publicity
from _example_people import People
from _example_service import write_commendation, write_honours, write_volunteering
from _example_study import write_training
from _example_units import Scale, branches, unit_files
from _example_upper import write_discipline, write_duties, write_organisation, write_sessions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OURS = "example-"
"""Units and records of this name are the script's; nothing else is touched."""
_LOST = (("example-branch-7", "mass-groups", 2025), ("example-branch-9", "publicity", 2024))
"""Ledgers that nobody kept that year: what needs them stays 【待填】."""
_REST = (
    write_dues, write_organisation, write_sessions, write_duties, write_discipline, write_training, write_assets, write_care,
    write_volunteering, write_honours, write_commendation, write_publicity, write_mass_groups,
)  # fmt: skip


def make(scale: Scale) -> dict[str, str]:
    """Give the text of every file by its path below ``_data``; the same scale gives the same bytes."""
    units = branches(scale)
    books, people = Books(scale), People(scale, units)
    write_membership(books, people)
    write_life(books, people, Checks(books, scale, units))
    for write in _REST:
        write(books, people)
    for unit, ledger, year in _LOST:
        books.lose(unit, ledger, year)
    files = {f"units/{ident}.yml": text for ident, text in unit_files(units).items()}
    return files | books.files()


def differences(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Give the files that are missing, changed or left over, by their paths below ``_data``."""
    return sorted({*_wrong(folder, wanted), *left_over(folder, wanted)})


def left_over(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Give the files of example units that the script would not write."""
    found = [*folder.glob(f"units/{OURS}*.yml"), *folder.glob(f"records/{OURS}*/*/*.yml")]
    names = (path.relative_to(folder).as_posix() for path in found)
    return sorted(name for name in names if name not in wanted)


def write(folder: Path, wanted: Mapping[str, str]) -> tuple[int, int]:
    """Write what is not there yet and remove what is left over; give both numbers."""
    changed = _wrong(folder, wanted)
    for name in changed:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[name].encode())
    gone = left_over(folder, wanted)
    for name in gone:
        path = folder / name
        path.unlink()
        for above in (path.parent, path.parent.parent):
            if above != folder and not any(above.iterdir()):
                above.rmdir()
    return len(changed), len(gone)


def _wrong(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    return [name for name, text in wanted.items() if not _holds(folder / name, text.encode())]


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
