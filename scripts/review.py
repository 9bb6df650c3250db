"""Reviews by people: list what waits, clear an item, make first entries, confirm an entry against the official text."""

import _bootstrap

_bootstrap.prepare()

import _cli


def main(arguments):
    # type: (list) -> int
    """Carry out one command; nothing is written when anything is wrong."""
    options = _parser().parse_args(arguments)
    on = _cli.build_date(options.date)
    _bootstrap.enter("runtime")
    from handbook.diagnostics import DataError
    from handbook.use_cases.review import ReviewError

    try:
        return _COMMANDS[options.command](options, on)
    except DataError as error:
        for diagnostic in error.diagnostics:
            print(diagnostic)
        _bootstrap.say("没有写入：数据共有 {} 处问题，请先改正。".format(len(error.diagnostics)))
    except ReviewError as error:
        _bootstrap.say("没有写入：{}".format(error))
    return 1


def _parser():
    # type: () -> object
    parser = _cli.Parser("复核：列出依据有变化的地方，登记谁复核过，登记谁对照官方原文确认过。")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="命令", prog=parser.prog, parser_class=_command_parser
    )

    def add(name, text):
        # type: (str, str) -> object
        command = commands.add_parser(name, description=text, help=text)
        command.add_argument(
            "--date", type=_cli.day, default=None, metavar="YYYY-MM-DD", help="哪一天，默认是今天（北京时间）"
        )
        return command

    add("list", "按页面列出待复核的、从未复核的和失效的确认。")
    add("start", "给从未复核的地方记下第一笔，署名编辑组（未经官方原文核对）。")
    add("tidy", "删去已经没有对象或条款的记录。")
    clear = add("clear", "登记某一处已由某人复核。")
    clear.add_argument("item", metavar="ITEM", help="复核的地方，例如 procedures/member-admission#public-notice")
    clear.add_argument(
        "clause", metavar="CLAUSE", nargs="?", default="", help="只复核其中一条，例如“发展党员细则 第13条”"
    )
    clear.add_argument("--by", required=True, metavar="姓名", help="复核人的姓名")
    confirm = add("confirm", "登记某一条或某一要点已由某人对照官方原文确认。")
    confirm.add_argument(
        "regulation", metavar="REGULATION", help="依据的编号或简称，可带年份，例如“发展党员细则（2026）”"
    )
    confirm.add_argument("entry", metavar="ARTICLE|FACT", help="条号或要点编号，例如 13、第13条、7.3.1、notice-days")
    confirm.add_argument("--by", required=True, metavar="姓名", help="确认人的姓名")
    confirm.add_argument("--source", required=True, metavar="出处", help="官方原文的出处")
    return parser


def _command_parser(prog, description, **_):
    # type: (str, str, object) -> object
    parser = _cli.Parser(description)
    parser.prog = prog
    return parser


def _list(_options, on):
    # type: (object, object) -> int
    from handbook.use_cases.review import survey

    found = survey(_bootstrap.PROJECT, on)
    pages = {}  # type: dict
    for item in found.waiting:
        pages.setdefault((item.spot.page, item.spot.owner), []).append(item)
    for (page, owner), items in pages.items():
        print("{}（{}）".format(page, owner))
        for item in items:
            _show(item)
    for item in found.lost:
        what = "{}/{}/{}".format(item.regulation, item.year, item.article or item.fact)
        print("失效的确认：{}（{}，{}）".format(what, item.by, item.date))
    if found.problems:
        _bootstrap.say("数据有 {} 处问题，先用 scripts/check.py 看，改正以后才能登记复核。".format(found.problems))
    suspect = sum(1 for item in found.waiting if item.suspect)
    _bootstrap.say(
        "待复核 {} 处，从未复核 {} 处，失效的确认 {} 条。".format(
            suspect, len(found.waiting) - suspect, len(found.lost)
        )
    )
    return 0


def _show(item):
    # type: (object) -> None
    print("  {}  {}  {}".format("待复核" if item.suspect else "未复核", item.item, item.clause))
    where = "{}:{}:{}".format(item.place.path, item.place.line, item.place.column)
    print("    {}，依据 {}，在 {}".format(item.spot.title, item.label, where))
    if item.suspect:
        print("    上次复核：{}，{}".format(item.suspect.review.date, item.suspect.review.by))
        for sign, facts in (("−", item.suspect.removed), ("＋", item.suspect.added)):
            for fact in facts:
                print("    {} {}{}".format(sign, fact.text, "（{}）".format(fact.sense) if fact.sense else ""))


def _start(_options, on):
    # type: (object, object) -> int
    from handbook.use_cases.review import start

    count = start(_bootstrap.PROJECT, on)
    _bootstrap.say("记下了 {} 处的第一笔。".format(count) if count else "没有从未复核的地方，什么也没有写。")
    return 0


def _tidy(_options, on):
    # type: (object, object) -> int
    from handbook.use_cases.review import tidy

    dropped = tidy(_bootstrap.PROJECT, on)
    for name in dropped:
        print("删去：{}".format(name))
    _bootstrap.say("删去了 {} 条记录。".format(len(dropped)) if dropped else "没有多余的记录，什么也没有写。")
    return 0


def _clear(options, on):
    # type: (object, object) -> int
    from handbook.use_cases.review import clear

    for label in clear(_bootstrap.PROJECT, on, options.item, options.clause, options.by):
        _bootstrap.say("已登记：{} 依据 {}，{}复核，{}。".format(options.item, label, options.by.strip(), on))
    return 0


def _confirm(options, on):
    # type: (object, object) -> int
    from handbook.use_cases.review import confirm

    found = confirm(_bootstrap.PROJECT, on, options.regulation, options.entry, options.by, options.source)
    _bootstrap.say(
        "已登记：{}，{}对照{}确认，{}。确认的是：".format(found.label, options.by.strip(), options.source.strip(), on)
    )
    for text in found.facts:
        _bootstrap.say("  {}".format(text))
    return 0


_COMMANDS = {"list": _list, "start": _start, "tidy": _tidy, "clear": _clear, "confirm": _confirm}


if __name__ == "__main__":
    _cli.run(main)
