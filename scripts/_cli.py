"""Read the command line in Chinese, and turn every way a door can end into an exit code and a sentence.

Exit codes: 0 done, 1 the work failed (the data or the machine), 2 the command cannot be carried out as typed, 130
interrupted.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import signal
import sys
import tempfile
import traceback
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import _swap
from _console import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHINA = timezone(timedelta(hours=8))
DISK_FULL = "磁盘空间不足。办法：清理磁盘，或用 --out 换一个有空间的位置，再试一次。原有的网站没有改动。"
WINDOWS_DISK_FULL = (39, 112)
LARGEST_PORT = 65535

_ENGLISH = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (\S+): expected one argument", r"\1 后面缺少一个值"),
    (r"argument (\S+): expected at least one argument", r"\1 后面缺少值"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 后面不能带值：\2"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 没有 \2，可以写：\3"),
    (r"argument (\S+): (.+)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and never guesses at shortened options."""

    def __init__(self, description: str) -> None:
        super().__init__(description=description, allow_abbrev=False, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the command, and how it is written."""
        say(f"{translate(message)}\n{self.format_usage().strip()}\n加 --help 可看每个参数的说明。")
        raise SystemExit(2)


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        super().add_usage(usage, actions, groups, prefix or "用法：")


def translate(message: str) -> str:
    """Give argparse's own sentence in Chinese."""
    for pattern, chinese in _ENGLISH:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(chinese) + "。"
    return f"参数有误：{message}。"


def port(text: str) -> int:
    """Read a port number; 0 lets the system choose."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > LARGEST_PORT:
        message = f"端口应为 0 到 {LARGEST_PORT} 的整数，这里是“{text}”"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def day(text: str) -> date:
    """Read a date of 2000 to 2099 written YYYY-MM-DD, and nothing else that `date.fromisoformat` would take."""
    try:
        # files carry dates that their formats can hold, and no regulation is older than the century's start in practice
        if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"日期应写成 YYYY-MM-DD、真实存在并且在2000年到2099年之间，例如 2026-07-01，这里是“{text}”"
    raise argparse.ArgumentTypeError(message)


def year(text: str) -> str:
    """Read a year of 2000 to 2099."""
    if not re.fullmatch(r"20[0-9]{2}", text):
        message = f"年份应写成四位数，在2000到2099之间，例如 2025，这里是“{text}”"
        raise argparse.ArgumentTypeError(message)
    return text


def one_of(*words: str) -> Callable[[str], str]:
    """Give a reader that takes only these words."""

    def read(text: str) -> str:
        if text not in words:
            message = f"只能是 {'、'.join(words)}，这里是“{text}”"
            raise argparse.ArgumentTypeError(message)
        return text

    return read


def target(given: Path | None, usual: Path, project: Path) -> Path:
    """Give the folder to write to, from where the person stands; end the door where replacing it would do harm."""
    out = (given or usual).resolve()
    try:
        _swap.refuse_dangerous(out, project)
    except _swap.SwapError as error:
        say(str(error))
        raise SystemExit(2) from None
    return out


def shown(path: Path, project: Path) -> str:
    """Give a path as diagnostics write it: from the project, with ``/``."""
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else str(path)


def build_date(given: date | None) -> date:
    """Give the date the build stands on: ``--date`` beats SOURCE_DATE_EPOCH beats today in +08:00."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(CHINA).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(CHINA).date()
    except (ValueError, OverflowError, OSError):
        say(f"环境变量 SOURCE_DATE_EPOCH 应为整数秒，这里是“{epoch}”。办法：改正它、删掉它，或用 --date 指定日期。")
        raise SystemExit(2) from None


def noon(on: date) -> str:
    """Give SOURCE_DATE_EPOCH for the noon of a date in +08:00: the only clock a build knows."""
    return str(int(datetime(on.year, on.month, on.day, 12, tzinfo=CHINA).timestamp()))


def run(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Run a door; people see sentences, a programming mistake goes into a file for the maintainer."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        say("\n已中断。")
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        say(explain(error))
        code = 1
    except Exception:  # noqa: BLE001 - the last wall before a traceback
        say(_report_mistake())
        code = 1
    sys.exit(code)


def explain(error: OSError) -> str:
    """Say what the system refused, and what to do about it."""
    where = f"：{error.filename}" if error.filename else ""
    if is_disk_full(error):
        return DISK_FULL
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"没有权限写入或读取{where}。办法：检查这个位置的权限，关掉正在使用它的程序，或把项目放到可写的文件夹。"
    return f"系统拒绝了一步操作{where}（{error.strerror or error}）。办法：检查这个位置，再试一次。"


def is_disk_full(error: OSError) -> bool:
    """Tell whether there was no room: ENOSPC, a used-up quota, or Windows' own numbers."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)) or (
        getattr(error, "winerror", None) in WINDOWS_DISK_FULL
    )


def _as_interrupt(*_: object) -> NoReturn:
    """Let a request to end tidy up as Ctrl+C does."""
    raise KeyboardInterrupt


def keep(text: str, what: str) -> str:
    """Keep a long text in a file for the maintainer, and give its name."""
    report = Path(tempfile.gettempdir()) / f"handbook-{what}-{os.getpid()}.txt"
    try:
        report.write_text(text, encoding="utf-8")
    except OSError:
        return "（没有空间保存）"
    return str(report)


def _report_mistake() -> str:
    text = traceback.format_exc()
    last = text.strip().splitlines()[-1]
    return f"程序出错（不是数据的问题）：{last}\n办法：把 {keep(text, 'error')} 交给维护者。"
