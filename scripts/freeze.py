"""Freeze a report as issued (定稿), or list what was issued: later entries in the ledgers do not rewrite it."""

import _bootstrap

_bootstrap.prepare()

import _cli


def main(arguments):
    # type: (list) -> int
    """Write the frozen report and name it with its code, or list all; say why not."""
    parser = _cli.Parser("把一份报告定稿留底：正文、数字和校验码写进 docs/_data/frozen/，以后改台账不会改动它。")
    parser.add_argument("report", metavar="REPORT", help="报告编号；写 list 列出已经定稿的报告")
    parser.add_argument("--date", type=_cli.day, metavar="YYYY-MM-DD", help="定稿日期，默认今天")
    parser.add_argument("--gaps", action="store_true", help="还有待填也定稿（只为留底）")
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.use_cases.freeze import FreezeError, freeze_report, issues

    try:
        if options.report == "list":
            return show(issues(_bootstrap.PROJECT, on))
        path, code = freeze_report(_bootstrap.PROJECT, options.report, on, issued=options.date, gaps=options.gaps)
    except FreezeError as error:
        _bootstrap.say(str(error))
        return 1
    _bootstrap.say("已定稿：{}，校验码 {}。".format(_cli.shown(path, _bootstrap.PROJECT), code))
    _bootstrap.say("页面和 Word 文件从现在起显示这一稿，并列出同当天台账的出入。")
    return 0


def show(found):
    # type: (tuple) -> int
    """Print one line per frozen report."""
    for item in found:
        said = "同今天的台账一致" if not item.differences else "同今天的台账有{}处出入".format(item.differences)
        print("{}  {}  校验码 {}  {}".format(item.issued, item.ident, item.code, said))
    _bootstrap.say("共 {} 份定稿。".format(len(found)))
    return 0


if __name__ == "__main__":
    _cli.run(main)
