"""Find the programs that the tests need beside Python, and install them where we may.

Debian as root: from its own packages. Elsewhere the missing ones are named with the command; the parts that need them
then fail with that reason, and the others run all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from _console import say

if TYPE_CHECKING:
    from collections.abc import Callable

NODE_AT_LEAST = 18
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
OFFICE_NAMES = ("soffice", "libreoffice")
OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    str(Path.home() / ".fonts"),
    str(Path.home() / ".local/share/fonts"),
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, how to see that it is there, and the packages that bring it."""

    title: str
    present: Callable[[], object]
    debian: tuple[str, ...]
    macos: str


def chromium() -> str:
    """Give the path of a Chromium-like browser, or nothing."""
    return os.environ.get("CHROMIUM") or _program(CHROMIUM_NAMES, CHROMIUM_PLACES)


def office() -> str:
    """Give the path of LibreOffice, or nothing."""
    return _program(OFFICE_NAMES, OFFICE_PLACES)


def node() -> str:
    """Give the path of a Node that is new enough, or nothing."""
    path = shutil.which("node") or shutil.which("nodejs")
    if path is None:
        return ""
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - found on PATH
    match = re.match(r"v(\d+)\.", version)
    return path if match and int(match[1]) >= NODE_AT_LEAST else ""


def chinese_font() -> bool:
    """Tell whether Linux has a Chinese font; the other systems always do."""
    if not sys.platform.startswith("linux"):
        return True
    patterns = ("*CJK*", "*wqy*", "*SourceHan*", "*simsun*")
    return any(next(Path(folder).rglob(pattern), None) for folder in FONT_FOLDERS for pattern in patterns)


def document_fonts() -> bool:
    """Tell whether Linux has the fonts that stand for 仿宋, 楷体, 宋体 and Times where tests measure printed pages."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("gbsn00lp.ttf", "gkai00mp.ttf", "uming.ttc", "LiberationSerif-Regular.ttf")
    return all(any(next(Path(folder).rglob(name), None) for folder in FONT_FOLDERS) for name in names)


def validator(folder: Path) -> str:
    """Give the Open XML SDK validator among the npm packages in `folder`, or nothing."""
    found = sorted((folder / "node_modules" / "@xarsh").glob("ooxml-validator-*/ooxml-validator*"))
    return next((str(path) for path in found if path.suffix in ("", ".exe")), "")


TOOLS = (
    Tool("浏览器 Chromium", chromium, ("chromium",), "brew install --cask chromium"),
    Tool(f"Node.js {NODE_AT_LEAST} 或更新的版本", node, ("nodejs",), "brew install node"),
    Tool("npm", lambda: shutil.which("npm"), ("npm",), "brew install node"),
    Tool("中文字体", chinese_font, ("fonts-noto-cjk",), ""),
    Tool(
        "分得清仿宋、楷体、宋体的字体",
        document_fonts,
        ("fonts-arphic-gbsn00lp", "fonts-arphic-gkai00mp", "fonts-arphic-uming", "fonts-liberation"),
        "",
    ),
    Tool(
        "LibreOffice", office, ("libreoffice-writer-nogui", "libreoffice-calc-nogui"), "brew install --cask libreoffice"
    ),
    Tool(
        "pdftoppm 和 pdftohtml",
        lambda: shutil.which("pdftoppm") and shutil.which("pdftohtml"),
        ("poppler-utils",),
        "brew install poppler",
    ),
)


def install_missing() -> tuple[str, ...]:
    """Install what is missing, where that is ours to do; give the titles of what is still missing."""
    missing = [tool for tool in TOOLS if not tool.present()]
    if not missing:
        return ()
    packages = sorted({package for tool in missing for package in tool.debian})
    titles = "、".join(tool.title for tool in missing)
    command = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"缺少 {titles}，正在安装软件包：{' '.join(packages)}（可能要几分钟）……")
        _apt(["apt-get", "update"])
        _apt(command.split())
    elif shutil.which("apt-get"):
        say(f"缺少 {titles}。办法：运行 sudo apt-get update && sudo {command}")
    elif sys.platform == "darwin":
        say(f"缺少 {titles}。办法：运行 " + " && ".join(sorted({tool.macos for tool in missing if tool.macos})))
    else:
        say(f"缺少 {titles}。办法：安装它们并加入 PATH；浏览器也可用环境变量 CHROMIUM 指定路径。")
    return tuple(tool.title for tool in missing if not tool.present())


def install_packages(folder: Path) -> str:
    """Install the locked npm packages; give the reason where that failed, else nothing."""
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".handbook-lock"
    wanted = hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "缺少 npm"
    say("正在安装浏览器和文书测试的软件包（npm ci）……")
    result = subprocess.run(  # noqa: S603 - found on PATH
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        tail = "\n".join("  " + line for line in result.stdout.strip().splitlines()[-8:])
        return f"npm ci 没有成功。办法：检查网络；在内网时用 npm config set registry 指定软件源。npm 的原话：\n{tail}"
    stamp.write_text(wanted, encoding="ascii")
    return ""


def _apt(command: list[str]) -> None:
    """Run apt with its words on the console: it takes minutes, and people should see it move."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(  # noqa: S603 - a fixed command
        [*command, "-q"], env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    )
    if result.returncode:
        say(f"没有成功：{' '.join(command)}。办法：检查网络和软件源，再手工运行这一条命令。")


def _program(names: tuple[str, ...], places: tuple[str, ...]) -> str:
    found = (shutil.which(name) for name in names)
    return next((path for path in found if path), "") or next((place for place in places if Path(place).is_file()), "")
