"""Build, serve, watch, build again: what `serve.py` does once its environment exists.

Each build goes into a folder of its own in the system's temporary place. Only a whole one is shown, so the last good
site stays up while data are broken; at the start that is the one in ``site``, where there is one.
"""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import NoReturn

import _cli
import _site
import _swap
import _watch
from _console import say
from _server import HOST, Server

PAUSE = 0.4
"""Seconds between two looks at the disk."""

TRIED_PORTS = 100


def run(project: Path, port: int) -> int:
    """Serve until interrupted; give the exit code."""
    try:
        server = Server(port, int(time.time()))
    except OSError as error:
        say(refused(port, error))
        return 2
    rooms = Path(tempfile.mkdtemp(prefix="handbook-serve-"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _Preview(project, server, rooms).keep_up_to_date()
    except KeyboardInterrupt:
        say("\n已停止。")
        return 0
    finally:
        server.server_close()
        shutil.rmtree(rooms, ignore_errors=True)


def refused(port: int, error: OSError) -> str:
    """Say why a port cannot be had, and which one is free."""
    another = next_free(port)
    advice = (
        f"办法：换一个端口，例如 python3 scripts/serve.py --port {another}" if another else "办法：用 --port 换一个端口"
    )
    if error.errno == errno.EADDRINUSE or getattr(error, "winerror", None) in (10013, 10048):
        return f"端口 {port} 已被占用，可能已经开着一个手册。{advice}"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}（1024 以下的端口通常需要管理员）。{advice}"
    return f"不能使用端口 {port}（{error.strerror}）。{advice}"


def next_free(port: int) -> int:
    """Give the next port that nobody listens on, 0 where none is found."""
    for candidate in range(max(port + 1, 1024), min(port + 1 + TRIED_PORTS, _cli.LARGEST_PORT) + 1):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            return candidate
    return 0


class _Preview:
    """One project, its server and the builds in between."""

    def __init__(self, project: Path, server: Server, rooms: Path) -> None:
        self.project, self.server, self.rooms = project, server, rooms
        self.address = f"http://{HOST}:{server.server_port}/"
        self.count = 0
        self.former: Path | None = None

    def keep_up_to_date(self) -> NoReturn:
        """Build now, and again after every change, until interrupted."""
        say("正在构建网站……")
        seen = _watch.snapshot(self.project)
        self._build()
        say(f"手册地址：{self.address}　按 Ctrl+C 停止。")
        while True:
            time.sleep(PAUSE)
            now = _watch.snapshot(self.project)
            if now == seen:
                continue
            names = _watch.changed(seen, now, self.project)
            more = f" 等 {len(names)} 个文件" if len(names) > 1 else ""
            say(f"{time.strftime('%H:%M:%S')} 有改动：{names[0]}{more}，正在重新构建……")
            seen = self._settled(now)
            self._build()

    def _settled(self, now: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """Wait while files are still being written."""
        while True:
            time.sleep(0.1)
            later = _watch.snapshot(self.project)
            if later == now:
                return now
            now = later

    def _build(self) -> None:
        began = time.monotonic()
        try:
            problems, notes, folder = self._attempt()
        except OSError as error:
            problems, notes, folder = (_cli.explain(error),), (), None
        if folder is None:
            self._show_problems(problems)
            return
        self.server.show(folder, ())
        self._clear(folder)
        for note in notes:
            say(note)
        say(f"网站已更新，用时 {time.monotonic() - began:.1f} 秒。")

    def _attempt(self) -> tuple[tuple[str, ...], tuple[str, ...], Path | None]:
        """Build; give the problems, or the folder of a whole site."""
        self.count += 1
        folder = self.rooms / str(self.count)
        folder.mkdir()
        outcome = _site.build(self.project, folder, _cli.build_date(None), offline=False)
        if outcome.succeeded:
            return (), outcome.notes, folder
        shutil.rmtree(folder, ignore_errors=True)
        return outcome.problems, outcome.notes, None

    def _show_problems(self, problems: tuple[str, ...]) -> None:
        shown = self.server.view.folder
        if shown is None and _swap.is_ours(self.project / "site"):
            shown = self.project / "site"
        for problem in problems:
            print(problem, flush=True)  # noqa: T201 - diagnostics go where a program can read them
        what = "页面上仍是上一次构建成功的网站" if shown else "还没有可以显示的网站"
        say(f"共 {len(problems)} 处问题，{what}；改好后会自动更新。")
        self.server.show(shown, problems)

    def _clear(self, current: Path) -> None:
        """Remove builds that no page can be reading any more: all but this and the one before."""
        keep = {current, self.former}
        for folder in self.rooms.iterdir():
            if folder not in keep:
                shutil.rmtree(folder, ignore_errors=True)
        self.former = current
