"""The README's first command, as an editor lives with it: edit, break, mend; the last good page stays up all the while."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import site as python_site
import subprocess
import threading
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest
from site_tools import OF_THIS_MACHINE, copy_project

import _environment

PATIENCE = 90
"""Seconds for one build on a slow and busy machine; a test that passes waits only as long as it must."""
PAGE = "procedures/member-admission.html"
BANNER = "handbook-problems"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def furnish(project: Path) -> Path:
    """Give the copy an environment that holds its lock: this interpreter's packages, nothing from the network."""
    hashes = _environment.lock_hashes(project)
    folder = _environment.place(project, "runtime", hashes)
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder)
    python = _environment.interpreter(folder)
    where = [str(python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(where, capture_output=True, encoding="utf-8", check=True).stdout.strip())
    (own / "borrowed.pth").write_text("\n".join(python_site.getsitepackages()) + "\n", encoding="utf-8")
    (folder / _environment.STAMP).write_text(json.dumps({"locks": {"runtime": hashes["runtime"]}}), encoding="utf-8")
    return python


def heed_interrupts() -> None:
    """A suite that a shell started in the background was told to ignore Ctrl+C; the preview must not inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Preview:
    """A running ``serve.py`` with what it said so far."""

    def __init__(self, project: Path, python: Path) -> None:
        variables = {key: value for key, value in os.environ.items() if key not in OF_THIS_MACHINE}
        self.project = project
        self.said: list[str] = []
        self.lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [str(python), str(project / "scripts" / "serve.py"), "--port", "0"],
            cwd=project.parent,
            env={**variables, "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1795233600"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            preexec_fn=heed_interrupts if os.name != "nt" else None,  # noqa: PLW1509 - no thread runs yet
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", self.hear(r"http://127\.0\.0\.1:\d+/"))[0]

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.said.append(line)
            self.lines.put(line)

    def hear(self, pattern: str) -> str:
        """Wait for a line that has not been heard yet."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, "".join(self.said)
                continue
            if re.search(pattern, line):
                return line
        pytest.fail(f"{pattern} was never said:\n{''.join(self.said)}")

    def page(self, name: str = PAGE) -> str:
        with OPENER.open(self.address + name, timeout=10) as answer:
            return answer.read().decode()

    def wait_for(self, wanted: str, name: str = PAGE, *, gone: bool = False) -> str:
        until = time.monotonic() + PATIENCE
        text = ""
        while time.monotonic() < until:
            try:
                text = self.page(name)
            except urllib.error.HTTPError:
                text = ""
            if text and (wanted in text) is not gone:
                return text
            time.sleep(0.2)
        pytest.fail(f"{wanted!r} {'stayed' if gone else 'never came'}:\n{''.join(self.said)}\n{text[:500]}")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.fixture
def preview(tmp_path):
    project = copy_project(tmp_path / "手册 副本")
    running = Preview(project, furnish(project))
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.wait(timeout=120)
    running.process.stdout.close()


def test_edit_break_mend_and_stop(preview) -> None:
    data = preview.project / "docs" / "_data"
    role = data / "roles" / "member.yml"
    good = role.read_bytes()
    procedure = data / "procedures" / "member-admission.yml"
    first = preview.wait_for("派人谈话")
    assert BANNER not in first
    assert "/livereload/" in first

    replace(procedure, "title: 派人谈话", "title: 派人谈话（试改一）")
    second = preview.wait_for("派人谈话（试改一）")
    assert BANNER not in second
    preview.wait_for("派人谈话（试改一）", "checklists/member-admission.html")

    replace(procedure, "title: 派人谈话（试改一）", "tilte: 派人谈话（试改二）")
    role.write_bytes(b"id: member\ntitle: [\n")
    broken = preview.wait_for(BANNER)
    assert "派人谈话（试改一）" in broken, "the last good page is still there"
    assert "试改二）</" not in broken.replace("tilte", "")
    for place in (r"docs/_data/procedures/member-admission\.yml:\d+:\d+: ", r"docs/_data/roles/member\.yml:\d+:\d+: "):
        assert re.search(place, broken)
        assert any(re.match(place, line) for line in preview.said), "the console says it too"
    assert "→" in broken
    assert "tilte" in broken
    assert BANNER in preview.page("index.html"), "every page shows it"
    assert "Traceback" not in "".join(preview.said)

    replace(procedure, "tilte: 派人谈话（试改二）", "title: 派人谈话（试改三）")
    preview.wait_for("member-admission.yml:", gone=True)
    assert "roles/member.yml" in preview.page(), "one mistake is left"
    role.write_bytes(good)
    mended = preview.wait_for("派人谈话（试改三）")
    assert BANNER not in mended

    assert not (preview.project / "site").exists(), "serving leaves nothing in the project"
    preview.process.send_signal(signal.SIGINT if os.name != "nt" else signal.CTRL_C_EVENT)
    assert preview.process.wait(timeout=120) == 0
    preview.hear("已停止")
    assert "Traceback" not in "".join(preview.said)
    with pytest.raises(urllib.error.URLError):
        preview.page()


def test_data_that_are_broken_at_the_start_are_shown_until_they_are_mended(tmp_path) -> None:
    project = copy_project(tmp_path / "handbook")
    role = project / "docs" / "_data" / "roles" / "member.yml"
    good = role.read_bytes()
    role.write_bytes(b"id: member\n")
    running = Preview(project, furnish(project))
    try:
        with pytest.raises(urllib.error.HTTPError) as caught:
            running.page("index.html")
        plain = caught.value.read().decode()
        caught.value.close()
        assert caught.value.code == 503
        assert "docs/_data/roles/member.yml:1:1" in plain
        role.write_bytes(good)
        assert BANNER not in running.wait_for("发展党员", "index.html")
    finally:
        running.process.terminate()
        running.process.wait(timeout=120)
        running.process.stdout.close()
