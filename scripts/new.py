"""Create the files of a new object from a pattern, with the places to fill in."""

import _bootstrap

_bootstrap.prepare()

import _cli


def main(arguments):
    # type: (list) -> int
    """Create and name the files, or say why not."""
    parser = _cli.Parser("新建一个对象（例如一个程序、一个会议规程）的数据文件和页面。")
    parser.add_argument("kind", metavar="KIND", help="种类；写错时会列出可用的种类")
    parser.add_argument(
        "ident", metavar="ID", help="编号：小写英文字母、数字和连字符，例如 dues-payment；发布后不再更改"
    )
    options = parser.parse_args(arguments)
    _bootstrap.enter("runtime")
    from handbook.use_cases.create import KINDS, CreateError, create

    if options.kind not in KINDS:
        kinds = "\n".join("  {}  {}".format(kind, title) for kind, title in sorted(KINDS.items()))
        _bootstrap.say("没有“{}”这个种类。可用的种类：\n{}".format(options.kind, kinds))
        return 2
    try:
        made = create(_bootstrap.PROJECT, options.kind, options.ident)
    except CreateError as error:
        _bootstrap.say(str(error))
        return 1
    for path in made:
        _bootstrap.say("已新建 {}".format(_cli.shown(path, _bootstrap.PROJECT)))
    _bootstrap.say("下一步：填好里面的内容，再运行 scripts/check.py。")
    return 0


if __name__ == "__main__":
    _cli.run(main)
