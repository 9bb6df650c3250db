"""Make the project's own Python environment from a lock, once, and find it again.

``.venv/<name>-<system>-py<version>-<lock hash>/`` holds it; a stamp written last vouches for it, so an interrupted
start is simply repeated. ``dev`` holds everything that ``runtime`` holds and stands in for it. Locks carry hashes and
no addresses: the packages come from whatever registry this machine's pip is set up for, and are the same bytes
everywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import _pip
import _process
from _console import say
from _lockfile import exclusive

STAMP = "handbook.json"
WIDER = {"runtime": ("runtime", "dev"), "dev": ("dev",)}
"""Which environments can serve a door that asks for this one, the smallest first."""


def ensure(project: Path, name: str) -> Path | None:
    """Give the interpreter to run the door with, made first where it is missing; None where the running one will do."""
    hashes = lock_hashes(project)
    if _holds(Path(sys.prefix), name, hashes):
        return None
    for wider in WIDER[name]:
        folder = place(project, wider, hashes)
        if _holds(folder, name, hashes):
            return interpreter(folder)
    folder = place(project, name, hashes)
    try:
        folder.parent.mkdir(exist_ok=True)
        with exclusive(folder.parent / "making.lock", waiting="另一个程序正在安装运行环境，等它完成……"):
            if not _holds(folder, name, hashes):  # the one we waited for may have made it
                _make(project, name, folder, hashes)
    except KeyboardInterrupt:
        stop("\n已中断，运行环境没有装完；下次启动会重新安装。", 130)
    except OSError as error:
        stop(_pip.explain(str(error), project))
    return interpreter(folder)


def lock_hashes(project: Path) -> dict[str, str]:
    """Give the SHA-256 of each lock's text; line ends do not count, a checkout may have changed them."""
    locks = sorted((project / "scripts" / "locks").glob("*.txt"))
    return {lock.stem: hashlib.sha256(lock.read_text(encoding="utf-8").encode()).hexdigest() for lock in locks}


def place(project: Path, name: str, hashes: dict[str, str]) -> Path:
    """Give the folder of an environment: one per lock, Python and kind of machine, so a shared folder can hold several."""
    version = f"py{sys.version_info[0]}{sys.version_info[1]}"
    return project / ".venv" / f"{name}-{sys.platform}-{platform.machine().lower()}-{version}-{hashes[name][:10]}"


def interpreter(folder: Path, system: str = os.name) -> Path:
    """Give the path of an environment's Python."""
    return folder / "Scripts" / "python.exe" if system == "nt" else folder / "bin" / "python"


def stop(text: str, code: int = 2) -> NoReturn:
    """End the door with a sentence."""
    say(text)
    raise SystemExit(code)


def _holds(folder: Path, name: str, hashes: dict[str, str]) -> bool:
    """Tell whether an environment is complete and holds this lock's packages."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return stamp["locks"][name] == hashes[name] and interpreter(folder).exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _make(project: Path, name: str, folder: Path, hashes: dict[str, str]) -> None:
    """Create the environment and install the lock; only a complete one gets its stamp."""
    began = time.monotonic()
    say(f"第一次运行，正在准备运行环境（{folder.relative_to(project).as_posix()}），需要联网下载软件包，约一分钟……")
    if folder.exists():
        shutil.rmtree(folder)
    _require_venv()
    try:
        _fill(project, name, folder, hashes)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove_outdated(folder)
    say(f"运行环境已就绪，用时 {time.monotonic() - began:.0f} 秒；以后启动不再安装。")


def _fill(project: Path, name: str, folder: Path, hashes: dict[str, str]) -> None:
    code, said = _process.output([sys.executable, "-m", "venv", str(folder)], _pip.harmless())
    if code:
        stop(_pip.explain(said, folder.parent))
    trouble = _pip.install(interpreter(folder), project / "scripts" / "locks" / f"{name}.txt")
    if trouble:
        stop(_pip.explain(trouble, folder.parent))
    held = {lock: value for lock, value in hashes.items() if name in WIDER.get(lock, ())}
    (folder / STAMP).write_text(json.dumps({"locks": held}, indent=2) + "\n", encoding="utf-8")


def _remove_outdated(folder: Path) -> None:
    """Remove environments of former locks for the same name, Python and machine."""
    stem = folder.name.rpartition("-")[0] + "-"
    for other in folder.parent.iterdir():
        if other != folder and other.name.startswith(stem):
            shutil.rmtree(other, ignore_errors=True)


def _require_venv() -> None:
    """Make sure that Python can create environments: Debian keeps that in a package of its own."""
    if _can_create():
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    command = f"apt-get update && apt-get install -y {package}"
    if shutil.which("apt-get") is None:
        stop(
            "这个 Python 缺少 venv 或 ensurepip 模块，无法建立运行环境。办法：安装完整的 Python 3.11 或更新的版本，再试一次。"
        )
    if os.geteuid() != 0:
        stop(
            f"系统的 Python 缺少 venv 模块，安装它需要管理员权限。办法：运行下面这一条命令，再试一次：\n  sudo sh -c '{command}'"
        )
    say(f"系统的 Python 缺少 venv 模块，正在安装软件包 {package}……")
    code, said = _process.output(["sh", "-c", command], {**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if code or not _can_create():
        tail = "\n".join(said.strip().splitlines()[-8:])
        stop(f"没有装上 {package}。办法：检查网络和软件源，再手工运行：{command}\n{tail}")


def _can_create() -> bool:
    """Ask a fresh interpreter, because a running one remembers what was missing."""
    return not subprocess.run(
        [sys.executable, "-I", "-c", "import ensurepip, venv"], capture_output=True, check=False
    ).returncode
