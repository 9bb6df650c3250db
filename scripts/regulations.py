"""Compare two versions of a regulation and print what in the handbook has to be looked at because of it."""

import _bootstrap

_bootstrap.prepare()

from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Print the work list on standard output, or say why there is none."""
    parser = _cli.Parser("对照一部依据的两个版本，列出条文的变化和要逐处核对的页面、模板。")
    parser.add_argument("action", metavar="diff", type=_cli.one_of("diff"), help="要做的事：目前只有 diff（对照）")
    parser.add_argument(
        "old", metavar="OLD", help="旧版：登记库格式的文件（旧版.yml，有几个版本时写 旧版.yml@2014），或 编号@年份"
    )
    parser.add_argument("new", metavar="NEW", help="新版，写法同上，例如 member-admission@2026")
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    folder = Path.cwd()
    _bootstrap.enter("runtime")
    from handbook.use_cases.compare import CompareError, compare

    try:
        found = compare(_bootstrap.PROJECT, options.old, options.new, on, folder)
    except CompareError as error:
        _bootstrap.say(str(error))
        return 1
    for line in found.lines():
        print(line)
    return 0


if __name__ == "__main__":
    _cli.run(main)
