"""Run the parts of the test suite in order, each to its end, and count what passed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import _test_tools
from _console import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGES = "tests/browser"
"""Where the npm packages of the tests are installed."""
BROWSER_TESTS = ("*.test.js", "*.test.cjs", "*.test.mjs")
_NODE_COUNT = re.compile(r"^\S+ (pass|fail|cancelled) (\d+)\s*$")


@dataclass(frozen=True, slots=True)
class Count:
    """How many tests of a part passed and failed."""

    passed: int
    failed: int


class _Suite:
    """The parts, and the place where they leave what they make."""

    def __init__(self, project: Path, scratch: Path, missing: tuple[str, ...], without_packages: str) -> None:
        self.project, self.scratch, self.missing = project, scratch, missing
        self.without_packages = without_packages
        """Why the npm packages are missing; empty where they are there."""
        self.packages = project / PACKAGES
        self.site = scratch / "site"
        self.variables = {
            **os.environ,
            "PYTHONUTF8": "1",
            "HANDBOOK_SITE": str(self.site),
            "CHROMIUM": _test_tools.chromium(),
            "SOFFICE": _test_tools.office(),
            "OOXML_VALIDATOR": _test_tools.validator(self.packages),
        }

    def parts(self) -> tuple[tuple[str, Callable[[], Count]], ...]:
        """Give the parts in order: what is quick and explains most comes first."""
        python = sys.executable
        return (
            ("代码格式（ruff format）", lambda: self._command([python, "-m", "ruff", "format", "--check", "."])),
            ("代码规范（ruff check）", lambda: self._command([python, "-m", "ruff", "check", "."])),
            ("类型（mypy）", lambda: self._command([python, "-m", "mypy"])),
            ("数据检查（check.py）", lambda: self._command([python, "scripts/check.py"])),
            ("构建网站（build.py）", lambda: self._command([python, "scripts/build.py", "--out", str(self.site)])),
            ("单元、样例、站点、服务、文书测试（pytest）", self._pytest),
            ("浏览器测试（node）", self._browser),
        )

    def _command(self, command: list[str]) -> Count:
        """Run a command that passes or fails as a whole."""
        code = subprocess.run(  # noqa: S603 - our own commands
            command, cwd=self.project, env=self.variables, stdin=subprocess.DEVNULL, check=False
        ).returncode
        return Count(0, 1) if code else Count(1, 0)

    def _pytest(self) -> Count:
        report = self.scratch / "pytest.xml"
        whole = self._command([sys.executable, "-m", "pytest", "--durations=5", f"--junitxml={report}"])
        try:
            suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written a moment ago by pytest
        except (OSError, ET.ParseError):
            return Count(0, 1)
        total, failed, skipped = (
            sum(int(suite.get(name, "0")) for suite in suites for name in names)
            for names in (("tests",), ("failures", "errors"), ("skipped",))
        )
        return Count(max(total - failed - skipped, 0), max(failed, whole.failed))

    def _browser(self) -> Count:
        folders = (self.project / "tests" / "unit" / "js", self.packages)
        tests = [path for folder in folders for pattern in BROWSER_TESTS for path in sorted(folder.glob(pattern))]
        node = _test_tools.node()
        reason = "" if node and self.variables["CHROMIUM"] else f"没有运行，缺少 {'、'.join(self.missing)}"
        reason = reason or ("" if tests else "tests/browser 里没有测试文件（*.test.js）")
        reason = reason or ("" if self.site.is_dir() else "没有运行，因为网站没有构建出来")
        reason = reason or self.without_packages
        if reason:
            say(reason)
            return Count(0, 1)
        command = [node, "--test", "--test-reporter=spec", *(str(path) for path in tests)]
        counts: dict[str, int] = {}
        with subprocess.Popen(  # noqa: S603 - found on PATH
            command,
            cwd=self.project,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                say(line.rstrip())
                if match := _NODE_COUNT.match(line):
                    counts[match[1]] = int(match[2])
        failed = counts.get("fail", 0) + counts.get("cancelled", 0)
        return Count(counts.get("pass", 0), max(failed, 1 if process.returncode else 0))


def run(project: Path) -> int:
    """Run all parts; give 1 where anything failed."""
    began = time.monotonic()
    missing = _test_tools.install_missing()
    without_packages = _test_tools.install_packages(project / PACKAGES)
    results: list[tuple[str, Count, float]] = []
    with tempfile.TemporaryDirectory(prefix="handbook-test-") as scratch:
        for title, part in _Suite(project, Path(scratch), missing, without_packages).parts():
            with _heading(title) as spent:
                count = part()
            results.append((title, count, spent()))
    say("\n══ 结果")
    for title, count, seconds in results:
        sign = "失败" if count.failed else "通过"
        say(f"{sign}  {title}：通过 {count.passed}，失败 {count.failed}，{seconds:.1f} 秒")
    passed, failed = (sum(getattr(count, name) for _, count, _ in results) for name in ("passed", "failed"))
    say(f"共用时 {time.monotonic() - began:.0f} 秒")
    print(f"{passed} passed, {failed} failed", flush=True)  # noqa: T201 - the line that machines read
    return 1 if failed else 0


@contextmanager
def _heading(title: str) -> Iterator[Callable[[], float]]:
    began = time.monotonic()
    say(f"\n══ {title}")
    yield lambda: time.monotonic() - began
