"""Measure the search: type the queries of a file into the built site's search box, and say how many it answers."""

import _bootstrap

_bootstrap.prepare()

import json
import re
import sys
import tempfile
from pathlib import Path

import _cli

QUERIES = _bootstrap.PROJECT / "tests" / "search" / "queries.yml"


def main(arguments):
    # type: (list) -> int
    """Print the figures by class and the misses; give 1 where something could not be measured or the aim was missed."""
    parser = _cli.Parser("量一量搜索：在浏览器里把一组题逐道打进搜索框，统计答得上的比例，列出没答上的。")
    parser.add_argument(
        "--site", type=Path, default=None, metavar="DIR", help="量一个构建好的网站；不写就先构建到临时文件夹"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--http", action="store_true", help="只从本机服务器打开")
    only.add_argument("--file", action="store_true", help="只从文件直接打开")
    parser.add_argument(
        "--queries", type=Path, default=QUERIES, metavar="FILE", help="题目文件，默认是 tests/search/queries.yml"
    )
    parser.add_argument(
        "--mechanical", action="store_true", help="再加问由现有标题变出来的题：拼音、首字母、繁体、错字等"
    )
    parser.add_argument(
        "--aim", type=_percent, default=None, metavar="N", help="每一类前3条的比例都应达到百分之几，达不到以1退出"
    )
    parser.add_argument("--json", action="store_true", help="结果写成 JSON，供其他程序读取")
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.diagnostics import DataError

    try:
        with tempfile.TemporaryDirectory(prefix="handbook-search-") as scratch:
            return _measure(options, on, Path(scratch))
    except DataError as error:
        print(error)
        sys.stdout.flush()
        _bootstrap.say("没有开始量：共 {} 处问题。".format(len(error.diagnostics)))
        return 1


def _measure(options, on, scratch):
    # type: (object, object, Path) -> int
    import _search_browser
    import _search_mechanical
    import _search_queries
    import _search_report

    path = options.queries.resolve()
    shown = _cli.shown(path, _bootstrap.PROJECT)
    queries = _search_queries.read_queries(path, shown)
    site = _built(options.site, on, scratch)
    if site is None:
        return 1
    coverage = _search_queries.read_coverage(site)
    trial = _search_queries.prepare(queries, coverage, shown)
    questions = trial.questions + (_search_mechanical.mechanical(coverage) if options.mechanical else ())
    reason = _search_browser.tools(_bootstrap.PROJECT)
    if reason:
        _bootstrap.say(reason)
        return 1
    _bootstrap.say("共 {} 道题；题目文件里有 {} 道因为页面未建不问。".format(len(questions), len(trial.left_out)))
    runs = {}
    for where in ["http"] if options.http else ["file"] if options.file else ["http", "file"]:
        _bootstrap.say("正在{}提问……".format("从本机服务器" if where == "http" else "从文件"))
        try:
            runs[where] = _search_browser.ask(_bootstrap.PROJECT, site, where, questions)
        except _search_browser.BrowserError as error:
            _bootstrap.say(str(error))
            return 1
    if options.json:
        sys.stdout.reconfigure(encoding="utf-8")
        print(json.dumps(_search_report.as_json(trial, runs), ensure_ascii=False, indent=2))
    else:
        _print(trial, runs)
    return _judge(runs, options.aim)


def _print(trial, runs):
    # type: (object, dict) -> None
    import _search_report

    if trial.unbuilt:
        print("未建的题目（{} 个）：{}".format(len(trial.unbuilt), "、".join(trial.unbuilt)))
        print("只由它们回答、这次不问的题：{}".format("、".join(trial.left_out) or "没有"))
    for where, answers in runs.items():
        print("\n══ {}".format("http://" if where == "http" else "file://"))
        for line in [*_search_report.table(answers), "", *_search_report.missed(answers)]:
            print(line)
    sys.stdout.flush()


def _judge(runs, aim):
    # type: (dict, object) -> int
    import _search_report

    poor = {where: _search_report.below(answers, aim) for where, answers in runs.items()} if aim is not None else {}
    for where, names in poor.items():
        if names:
            _bootstrap.say("{}：没有达到 {:g}% 的类别：{}".format(where, aim, "、".join(names)))
    return 1 if any(poor.values()) else 0


def _built(given, on, scratch):
    # type: (object, object, Path) -> object
    """Give the folder of the site to measure, built first where none is given; None where that failed."""
    if given is not None:
        return given.resolve()
    import _site

    folder = scratch / "site"
    folder.mkdir()
    _bootstrap.say("正在构建网站（{}）……".format(on.isoformat()))
    outcome = _site.build(_bootstrap.PROJECT, folder, on, offline=False)
    if outcome.succeeded:
        return folder
    for problem in outcome.problems:
        print(problem)
    sys.stdout.flush()
    _bootstrap.say("网站没有构建出来：共 {} 处问题。办法：先运行 scripts/check.py 改好。".format(len(outcome.problems)))
    return None


def _percent(text):
    # type: (str) -> float
    import argparse

    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9])?|100", text):
        raise argparse.ArgumentTypeError("应为 0 到 100 的数，这里是“{}”".format(text))
    return float(text)


if __name__ == "__main__":
    _cli.run(main)
