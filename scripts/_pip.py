"""Install a lock with pip, show how far it is, and say in Chinese why it failed."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import _process
from _console import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TELL_EVERY = 2.0
"""Seconds between two signs of life."""

HARMFUL = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_DRY_RUN", "PYTHONHOME")
"""Settings of this machine that would send the packages elsewhere; addresses and certificates are respected."""

ROOM = 300 * 1024 * 1024
"""Bytes that an environment takes, with some to spare."""

_NO_CONNECTION = (
    r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo|ConnectTimeout|ReadTimeout|Max retries"
    r"|ProxyError|Cannot connect to proxy|Network is unreachable|Connection refused|Connection reset|SSLError"
    r"|CERTIFICATE|IncompleteRead|[45]\d\d (Client|Server) Error"
)
_CAUSES = (
    (
        r"No space left on device|\[Errno 28\]|Disk quota exceeded|WinError (39|112)\b",
        "磁盘空间不足。办法：清理出至少 500 MB 空间，再试一次。",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "下载到的软件包与锁文件里的校验值不一致，没有安装。办法：换一个可靠的软件源（环境变量 PIP_INDEX_URL），再试一次。",
    ),
    (
        r"Permission denied|Access is denied|拒绝访问|Read-only file system|\[Errno (13|30)\]|WinError 5\b",
        "项目文件夹不可写：{project}。办法：把项目放到自己可写的文件夹，再试一次。",
    ),
    (
        _NO_CONNECTION,
        "取不到软件包：连不上软件源。办法：检查网络和代理；在内网时，把环境变量 PIP_INDEX_URL 设成单位的软件源，或把 PIP_NO_INDEX 设成 1、PIP_FIND_LINKS 设成存放软件包的文件夹，再试一次。",
    ),
    (
        r"No matching distribution|Could not find a version",
        "软件源里没有锁文件要的软件包，或没有适合本机（{machine}）的。办法：换一个更全的软件源（环境变量 PIP_INDEX_URL），或改用 Python 3.11 至 3.13，再试一次。",
    ),
)


def install(python: Path, lock: Path) -> str:
    """Install a lock into the environment of ``python``; give pip's words where that failed, else nothing."""
    wanted = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    command = [str(python), "-I", "-X", "utf8", "-m", "pip", "install", "--require-hashes", "-r", str(lock)]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "2"]
    process = _process.start(command, harmless())
    try:
        lines = _watch(process, wanted)
        failed = process.wait()
    except BaseException:
        _process.end(process)
        raise
    if process.stdout:
        process.stdout.close()
    return "\n".join(lines) if failed else ""


def harmless() -> dict[str, str]:
    """Give this machine's variables without those that would send packages elsewhere."""
    return {key: value for key, value in os.environ.items() if key not in HARMFUL}


def explain(output: str, project: Path) -> str:
    """Give the cause and the remedy, and the tail of what the tool itself said."""
    machine = f"{sys.platform}，Python {sys.version_info[0]}.{sys.version_info[1]}"
    if not re.search(_CAUSES[0][0], output) and shutil.disk_usage(project).free < ROOM:
        output = f"No space left on device\n{output}"  # Python's own installer does not pass the reason on
    known = (text for pattern, text in _CAUSES if re.search(pattern, output))
    text = next(known, "没有装好运行环境。办法：按下面的提示处理，再试一次。")
    lines = [
        line
        for line in output.strip().splitlines()
        if not line.startswith(("[notice]", "WARNING: Location", "Collecting", "  Downloading"))
    ]
    tail = "\n".join("  " + line.strip() for line in lines[-6:])
    return f"{text.format(project=project, machine=machine)}\n安装程序的原话：\n{tail}"


def _watch(process: subprocess.Popen[str], wanted: int) -> list[str]:
    """Read what pip says to its end, with a line for the reader every few seconds."""
    lines: list[str] = []
    began = told = time.monotonic()
    fetched, phase = 0, "正在下载"
    for line in _lines(process):
        if line is not None:
            lines.append(line)
            fetched += line.startswith(("Collecting", "Processing"))
            if line.startswith("Installing collected"):
                phase = "下载完成，正在安装"
        now = time.monotonic()
        if now - told >= TELL_EVERY:
            say(f"  {phase}：{min(fetched, wanted)}/{wanted} 个软件包，已用 {now - began:.0f} 秒")
            told = now
    return lines


def _lines(process: subprocess.Popen[str]) -> Iterator[str | None]:
    """Give each line, and None whenever a second passes without one."""
    waiting: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            waiting.put(line.rstrip())
        waiting.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = waiting.get(timeout=1)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line
