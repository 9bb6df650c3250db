"""Have a browser type the queries into the site's own search box (tests/browser/ask.js)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

import _process
import _test_tools
from _console import say
from _search_figures import Answer, Hit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from _search_queries import Question

EVERY = 5.0
"""Seconds between two words of progress."""


class BrowserError(Exception):
    """The browser could not ask everything; the text says why and what to do."""


def tools(project: Path) -> str:
    """Give the reason why no browser can be driven here, or nothing; installs the locked npm packages."""
    missing = [
        title
        for title, there in (("浏览器 Chromium", _test_tools.chromium()), ("Node.js", _test_tools.node()))
        if not there
    ]
    if missing:
        return f"缺少 {'、'.join(missing)}。办法：运行 python3 scripts/test.py，它会安装或说明怎样安装。"
    return _test_tools.install_packages(project / "tests" / "browser")


def ask(project: Path, site: Path, where: str, questions: Sequence[Question]) -> list[Answer]:
    """Give the answers in the order of the questions; `where` is ``http`` or ``file``."""
    variables = {**os.environ, "HANDBOOK_SITE": str(site), "CHROMIUM": _test_tools.chromium()}
    command = [_test_tools.node(), str(project / "tests" / "browser" / "ask.js")]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as asked,
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
    ):
        json.dump({"where": where, "queries": [question.text for question in questions]}, asked)
        asked.seek(0)
        process = subprocess.Popen(  # noqa: S603 - found on PATH
            command,
            cwd=project,
            env=variables,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            start_new_session=os.name != "nt",
        )
        try:
            answers = _answers(process, where, questions)
            code = process.wait()
        except BaseException:
            _process.end(process)
            raise
        if code or len(answers) < len(questions):
            said.seek(0)
            why = said.read().strip() or "没有说明原因"
            raise BrowserError(
                f"浏览器只问完 {len(answers)} 道题（共 {len(questions)} 道）：{why}\n"
                "办法：先用浏览器打开这个网站，看搜索框能不能用；再运行一次。"
            )
    return answers


def _answers(process: subprocess.Popen[str], where: str, questions: Sequence[Question]) -> list[Answer]:
    answers: list[Answer] = []
    spoke = time.monotonic()
    for question, line in zip(questions, process.stdout or (), strict=False):
        told = json.loads(line)
        hits = tuple(Hit(address, title) for address, title in told["hits"])
        answers.append(Answer(question, hits, int(told["milliseconds"])))
        if time.monotonic() - spoke > EVERY:
            spoke = time.monotonic()
            say(f"  {where}：已问 {len(answers)} / {len(questions)} 道")
    return answers
