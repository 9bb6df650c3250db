"""Write the same pages and downloads as plain Markdown and files, which any other engine can build; or one ledger as .xlsx."""

import _bootstrap

_bootstrap.prepare()

import shutil
from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Export beside the target and swap, as a build does; ``ledger`` as the first word exports one ledger instead."""
    if arguments[:1] == ["ledger"]:
        return ledger(arguments[1:])
    parser = _cli.Parser(
        "把全部页面和下载文件导出成普通的 Markdown 文件夹，供其他建站工具使用。"
        "只要一本台账的表格，请用 export.py ledger UNIT LEDGER YEAR --out FILE。"
    )
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="输出文件夹，默认是项目里的 export")
    parser.add_argument(
        "--date", type=_cli.day, default=None, metavar="YYYY-MM-DD", help="按哪一天导出，默认是今天（北京时间）"
    )
    options = parser.parse_args(arguments)
    on = _cli.build_date(options.date)
    out = _cli.target(options.out, _bootstrap.PROJECT / "export", _bootstrap.PROJECT)
    _bootstrap.enter("runtime")
    import _swap

    from handbook.diagnostics import DataError
    from handbook.use_cases.export import export

    _swap.heal(out)
    _bootstrap.say("正在导出……")
    fresh = _swap.staging(out)
    try:
        written = export(_bootstrap.PROJECT, fresh, on)
        _swap.finish(fresh)
        _swap.swap(fresh, out, _bootstrap.PROJECT)
    except DataError as error:
        for diagnostic in error.diagnostics:
            print(diagnostic)
        _bootstrap.say("没有导出：数据共有 {} 处问题，以前导出的内容没有改动。".format(len(error.diagnostics)))
        return 1
    except _swap.SwapError as error:
        _bootstrap.say(str(error))
        return 1
    finally:
        shutil.rmtree(str(fresh), ignore_errors=True)
    _bootstrap.say("导出完成：{} 个文件，在 {}".format(len(written), out))
    return 0


def ledger(arguments):
    # type: (list) -> int
    """Write the records of one unit, ledger and year as a workbook with their ids, ready to be imported again."""
    parser = _cli.Parser("把一个单位一年的一本台账导出成带编号的 .xlsx，改好后可以用 import.py ledger 导回。")
    parser.prog += " ledger"
    parser.add_argument("unit", metavar="UNIT", help="单位编号，如 example-branch-1")
    parser.add_argument("ledger", metavar="LEDGER", help="台账编号，如 organization-life")
    parser.add_argument("year", metavar="YEAR", type=_cli.year, help="年份，如 2025")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个 .xlsx 文件；已有的不覆盖")
    parser.add_argument("--force", action="store_true", help="覆盖已有的文件")
    options = parser.parse_args(arguments)
    if options.out.suffix.lower() != ".xlsx":
        _bootstrap.say("--out 应是 .xlsx 文件，这里是“{}”。".format(options.out))
        return 2
    if options.out.exists() and not options.force:
        _bootstrap.say("{} 已经存在。办法：换一个文件名，确要覆盖就加 --force。".format(options.out))
        return 2
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.use_cases.export_ledger import ExportRefusedError, export_ledger

    try:
        content, count = export_ledger(_bootstrap.PROJECT, options.unit, options.ledger, options.year, on)
    except ExportRefusedError as error:
        _bootstrap.say(str(error))
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(content)
    _bootstrap.say("导出完成：{} 行，在 {}。编号一栏请保留，导回时靠它认出原来的行。".format(count, options.out))
    return 0


if __name__ == "__main__":
    _cli.run(main)
