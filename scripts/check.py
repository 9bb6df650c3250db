"""Show every mistake in the data and pages: ``path:line:col: key: 说明 → 办法``, one per line; then a few hints (提示)."""

import _bootstrap

_bootstrap.prepare()

import json
import sys
import time

import _cli


def main(arguments):
    # type: (list) -> int
    """Print mistakes and hints on standard output; end with 1 where there is a mistake."""
    parser = _cli.Parser("检查全部数据和页面，列出每一处问题的位置和办法。")
    parser.add_argument(
        "--format",
        default="text",
        type=_cli.one_of("text", "json"),
        metavar="text|json",
        help="text：每处问题一行，最后列几条提示（默认）；json：供其他程序读取",
    )
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.use_cases.check import check_today

    began = time.monotonic()
    checked = check_today(_bootstrap.PROJECT, on)
    found, notes = checked.diagnostics, checked.notes
    if options.format == "json":
        sys.stdout.reconfigure(encoding="utf-8")
        listed = [dict(diagnostic.as_json(), level="error") for diagnostic in found]
        listed += [dict(note.as_json(), level="note") for note in notes]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for diagnostic in found:
            print(diagnostic)
        for note in notes:
            print("提示 {}".format(note))
    result = "共 {} 处问题".format(len(found)) if found else "没有问题"
    _bootstrap.say("检查完毕：{}，用时 {:.1f} 秒。".format(result, time.monotonic() - began))
    return 1 if found else 0


if __name__ == "__main__":
    _cli.run(main)
