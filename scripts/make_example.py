"""Invent the example: units, members and two years of every ledger, the same bytes from the same seed."""

import _bootstrap

_bootstrap.prepare()

import argparse
import re
from pathlib import Path

import _cli

SMALLEST, LARGEST = 4, 99999
YEARS = (2000, 2099)


def main(arguments):
    # type: (list) -> int
    """Write the example, or tell whether it stands in docs/ as the script gives it."""
    from _example_data import differences, make, write
    from _example_units import Scale

    parser = _cli.Parser(
        "编出虚构的示例单位和各本台账（种子固定，每次结果相同），写进 docs/_data 的 units 和 records。"
    )
    parser.add_argument("--seed", type=number(0, 10**9), metavar="N", help="换一个种子（要同时写 --out）")
    parser.add_argument("--out", type=Path, metavar="DIR", help="写到别的文件夹，不动 docs/")
    parser.add_argument("--members", type=number(SMALLEST, LARGEST // 2), metavar="N", help="党员数（要同时写 --out）")
    parser.add_argument("--branches", type=number(1, 900), metavar="N", help="支部数（要同时写 --out）")
    parser.add_argument("--years", type=years, metavar="A-B", help="年份，如 2021-2025（要同时写 --out）")
    parser.add_argument("--check", action="store_true", help="只核对：现有文件同脚本给出的是否一致")
    options = parser.parse_args(arguments)
    data = _bootstrap.PROJECT / "docs" / "_data"
    asked = {key: getattr(options, key) for key in ("seed", "members", "branches") if getattr(options, key) is not None}
    if options.years:
        asked.update(first=options.years[0], last=options.years[1])
    if asked and options.out is None:
        parser.error("改了种子、人数、支部数或年份，要用 --out 写到别处，docs/ 里只放默认的示例")
    folder = options.out.resolve() if options.out else data
    if options.out and _bootstrap.PROJECT / "docs" in (folder, *folder.parents):
        parser.error("--out 不能在 docs/ 里面")
    if folder.exists() and not folder.is_dir():
        parser.error("--out 应是文件夹，{} 是一个文件".format(folder))
    scale = Scale(**asked)
    if scale.members < SMALLEST * scale.branches:
        parser.error("党员太少：每个支部至少 {} 名".format(SMALLEST))
    files = make(scale)
    records = sum(text.count("\n  - id: ") for text in files.values())
    if options.check:
        return compared(folder, differences(folder, files))
    changed, gone = write(folder, files)
    said = "示例共 {} 个单位、{} 个台账文件、{} 条记录；写入 {} 个文件，删去 {} 个。"
    units = sum(name.startswith("units/") for name in files)
    _bootstrap.say(said.format(units, len(files) - units, records, changed, gone))
    return 0


def compared(folder, wrong):
    # type: (Path, list) -> int
    """Name the files that differ."""
    if not wrong:
        _bootstrap.say("示例数据同脚本一致。")
        return 0
    for name in wrong:
        print(_cli.shown(folder / name, _bootstrap.PROJECT))
    _bootstrap.say(
        "有 {} 个文件同脚本给出的不一致。办法：运行 python3 scripts/make_example.py 重写。".format(len(wrong))
    )
    return 1


def number(least, most):
    # type: (int, int) -> object
    """Give a reader of plain whole numbers between two bounds."""

    def read(text):
        # type: (str) -> int
        if not re.match(r"[0-9]{1,10}\Z", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError("应为 {} 到 {} 的整数，这里是“{}”".format(least, most, text))
        return int(text)

    return read


def years(text):
    # type: (str) -> tuple
    """Read ``2021-2025`` or a single year."""
    match = re.match(r"([0-9]{4})(?:-([0-9]{4}))?\Z", text)
    first, last = (int(match.group(1)), int(match.group(2) or match.group(1))) if match else (0, 0)
    if not match or not YEARS[0] <= first <= last <= YEARS[1]:
        raise argparse.ArgumentTypeError("年份应写成 2021-2025，这里是“{}”".format(text))
    return first, last


if __name__ == "__main__":
    _cli.run(main)
