"""Builds the site once per session, strictly and on a fixed day, in the ways that the tests compare."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from site_tools import ADDRESS, REPOSITORY, Html, Sites, copy_project, read, start  # noqa: E402 - found by the line above


@pytest.fixture(scope="session")
def sites(tmp_path_factory) -> Sites:
    room = tmp_path_factory.mktemp("sites")
    home = copy_project(room / "home")
    elsewhere = copy_project(room / "另一个 文件夹" / "handbook", home)
    jobs = {
        "plain": start(home, room / "plain"),
        "twin": start(elsewhere, room / "twin", TZ="America/New_York", PYTHONHASHSEED="12345", LANG="C", LC_ALL="C"),
        "addressed": start(home, room / "addressed", SITE_URL=ADDRESS, REPO_URL=REPOSITORY),
        "offline": start(home, room / "offline", SITE_URL=ADDRESS, REPO_URL=REPOSITORY, HANDBOOK_OFFLINE="1"),
    }
    logs = {}
    for name, job in jobs.items():
        logs[name], _ = job.communicate(timeout=300)
    for name, job in jobs.items():
        assert job.returncode == 0, f"{name}:\n{logs[name]}"
    return Sites(home, *(room / name for name in jobs), logs)


@pytest.fixture(scope="session")
def site(sites) -> Path:
    return sites.plain


@pytest.fixture(scope="session")
def pages(site) -> dict[str, Html]:
    """Every page of the plain site by address."""
    return {page.address: page for page in (read(path, site) for path in sorted(site.rglob("*.html")))}
