"""Build the site strictly, and put it in place only when it is whole."""

import _bootstrap

_bootstrap.prepare()

import shutil
import sys
from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Check, build beside the target, swap; a failure leaves the last good site untouched."""
    parser = _cli.Parser("构建网站。先检查数据，有问题就停下，原有的网站不受影响。")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="输出文件夹，默认是项目里的 site")
    parser.add_argument(
        "--offline", action="store_true", help="不放只对网址有意义的文件（404 页、站点地图），用于 U 盘和内网共享"
    )
    parser.add_argument(
        "--date", type=_cli.day, default=None, metavar="YYYY-MM-DD", help="按哪一天构建，默认是今天（北京时间）"
    )
    options = parser.parse_args(arguments)
    on = _cli.build_date(options.date)
    out = _cli.target(options.out, _bootstrap.PROJECT / "site", _bootstrap.PROJECT)
    _bootstrap.enter("runtime")
    return build(_bootstrap.PROJECT, out, on, options.offline)


def build(project, out, on, offline):
    # type: (Path, Path, object, bool) -> int
    """Give the exit code of one build into ``out``."""
    import _site
    import _swap

    from handbook.use_cases.check import check

    _swap.heal(out)
    _bootstrap.say("正在检查数据……")
    problems = [str(diagnostic) for diagnostic in check(project, on)]
    if problems:
        return _failed(problems, out)
    _bootstrap.say("正在构建网站（{}）……".format(on.isoformat()))
    fresh = _swap.staging(out)
    try:
        outcome = _site.build(project, fresh, on, offline=offline)
        if not outcome.succeeded:
            return _failed(outcome.problems, out, outcome.log)
        size = _site.describe(fresh)
        _swap.swap(fresh, out, project)
    except _swap.SwapError as error:
        _bootstrap.say(str(error))
        return 1
    finally:
        shutil.rmtree(str(fresh), ignore_errors=True)
    for note in outcome.notes:
        _bootstrap.say(note)
    _bootstrap.say("构建完成：{}，用时 {:.1f} 秒，在 {}".format(size, outcome.seconds, out))
    return 0


def _failed(problems, out, log=""):
    # type: (list, Path, str) -> int
    for problem in problems:
        print(problem)
    sys.stdout.flush()
    kept = "原有的网站没有改动" if out.exists() else "没有生成网站"
    _bootstrap.say("构建没有完成：共 {} 处问题，{}。".format(len(problems), kept))
    if log and any(problem.startswith(("程序出错", "MkDocs 报告")) for problem in problems):
        _bootstrap.say("完整的构建日志：{}".format(_cli.keep(log, "build")))
    return 1


if __name__ == "__main__":
    _cli.run(main)
