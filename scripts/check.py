"""Show every mistake in the data and pages: ``path:line:col: key: 说明 → 办法``, one per line."""

import _bootstrap

_bootstrap.prepare()

import json
import sys
import time

import _cli


def main(arguments):
    # type: (list) -> int
    """Print all diagnostics on standard output; end with 1 where there are any."""
    parser = _cli.Parser("检查全部数据和页面，列出每一处问题的位置和办法。")
    parser.add_argument(
        "--format",
        default="text",
        type=_cli.one_of("text", "json"),
        metavar="text|json",
        help="text：每处问题一行（默认）；json：供其他程序读取",
    )
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.use_cases.check import check

    began = time.monotonic()
    found = check(_bootstrap.PROJECT, on)
    if options.format == "json":
        sys.stdout.reconfigure(encoding="utf-8")
        print(json.dumps([diagnostic.as_json() for diagnostic in found], ensure_ascii=False, indent=2))
    else:
        for diagnostic in found:
            print(diagnostic)
    result = "共 {} 处问题".format(len(found)) if found else "没有问题"
    _bootstrap.say("检查完毕：{}，用时 {:.1f} 秒。".format(result, time.monotonic() - began))
    return 1 if found else 0


if __name__ == "__main__":
    _cli.run(main)
