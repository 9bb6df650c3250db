"""Measure how fast the handbook is, against its targets: ``bench.py data`` for ledgers and figures, ``files`` for downloads."""

import _bootstrap

_bootstrap.prepare()

import argparse
import re
import tempfile
from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Print the figures; always 0, since a busy machine is no mistake."""
    parser = _cli.Parser(
        "量一量快慢，同目标对照。data：几种规模的台账，从读入、检查到算出指标、填好报告。"
        "files：每 CPU 秒能写几份 Word 和台账，旁边是几个常用的库做同样的事。"
    )
    parser.add_argument(
        "part", metavar="PART", type=_cli.one_of("data", "files"), help="量哪一部分：data 台账和指标，files 下载的文件"
    )
    parser.add_argument(
        "--records", type=size, nargs="+", metavar="N", help="data：记录条数，可以写几个；默认 4000 20000 100000"
    )
    parser.add_argument("--files", type=size, default=300, metavar="N", help="files：每轮写几份 Word，默认 300")
    parser.add_argument(
        "--repeat", type=size, default=None, metavar="N", help="量几遍，取中位数；data 默认 1，files 默认 3"
    )
    parser.add_argument("--json", action="store_true", help="结果写成 JSON，供其他程序读取")
    options = parser.parse_args(arguments)
    if options.part == "files":
        return files(options)
    _bootstrap.enter("runtime")
    import _bench_data

    _bootstrap.say("正在编出各种规模的虚构台账……")
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as scratch:
        sizes = options.records or _bench_data.SIZES
        found = _bench_data.run(_bootstrap.PROJECT, Path(scratch), sizes, options.repeat or 1)
    print(_bench_data.as_json(found) if options.json else _bench_data.show(found))
    return 0


def files(options):
    # type: (argparse.Namespace) -> int
    """Measure the writers; the rivals come with what the tests need."""
    _bootstrap.enter("dev")
    import _bench_files

    found = _bench_files.run(options.repeat or 3, options.files)
    print(_bench_files.as_json(found) if options.json else _bench_files.show(found))
    return 0


def size(text):
    # type: (str) -> int
    """Read a plain whole number from 1 to 999999."""
    if not re.match(r"[1-9][0-9]{0,5}\Z", text):
        raise argparse.ArgumentTypeError("应为 1 到 999999 的整数，这里是“{}”".format(text))
    return int(text)


if __name__ == "__main__":
    _cli.run(main)
