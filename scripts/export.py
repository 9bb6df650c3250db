"""Write the same pages and downloads as plain Markdown and files, which any other engine can build."""

import _bootstrap

_bootstrap.prepare()

import shutil
from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Export beside the target and swap, as a build does."""
    parser = _cli.Parser("把全部页面和下载文件导出成普通的 Markdown 文件夹，供其他建站工具使用。")
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


if __name__ == "__main__":
    _cli.run(main)
