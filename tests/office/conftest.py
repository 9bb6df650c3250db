"""Lets these tests run alone: the core package and the helpers beside them are found from anywhere; and what is published."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
for folder in (HERE, HERE.parents[1] / "hooks"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from office_day import DAY, PROJECT  # noqa: E402 - found by the line above


@pytest.fixture(scope="session")
def published() -> Mapping[str, bytes]:
    """Every file for download, by address, as a build on a fixed day publishes it."""
    from handbook.renderers.shelf import make_shelf
    from handbook.use_cases.prepare import prepare

    prepared = prepare(PROJECT / "docs", PROJECT, DAY)
    return {address: item.content for address, item in make_shelf(prepared.site).items()}


@pytest.fixture(scope="session")
def tables() -> Mapping[str, bytes]:
    """Every Excel file for download, by address; what is wrong elsewhere in the tree does not matter here."""
    from handbook.composition.site import Site
    from handbook.loading.read_library import read_library
    from handbook.renderers.tables_shelf import table_downloads
    from handbook.rules.clauses import ClauseIndex

    library = read_library(PROJECT / "docs", PROJECT).library
    site = Site(library, ClauseIndex(library.regulations, DAY), DAY)
    return {item.address: item.content for item in table_downloads(site)}
