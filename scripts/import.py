"""Take a filled sheet over into the data: ``import.py ledger FILE --unit ID --ledger ID``."""

import _bootstrap

_bootstrap.prepare()

from pathlib import Path

import _cli


def main(arguments):
    # type: (list) -> int
    """Import and tell what changed; or name every wrong cell and change nothing."""
    parser = _cli.Parser("把填好的表格导入台账；有一处不对就整份不导入，并列出每一处在哪一格、怎么改。")
    parser.add_argument("kind", metavar="KIND", type=_cli.one_of("ledger"), help="导入什么：ledger 是台账记录")
    parser.add_argument("file", metavar="FILE", type=Path, help="填好的 .xlsx 或 .csv 文件")
    parser.add_argument("--unit", required=True, metavar="ID", help="单位编号，如 example-branch-1")
    parser.add_argument("--ledger", required=True, metavar="ID", help="台账编号，如 organization-life")
    parser.add_argument("--year", type=_cli.year, metavar="YYYY", help="只收这一年的行，别的年份算问题；不写就各归各年")
    parser.add_argument("--sheet", default="", metavar="NAME", help="工作表名称；只有一张表，或表名是“台账”，就不用写")
    parser.add_argument("--dry-run", action="store_true", help="只检查，并列出会新增和改动哪些行，不写文件")
    options = parser.parse_args(arguments)
    on = _cli.build_date(None)
    _bootstrap.enter("runtime")
    from handbook.use_cases.import_ledger import ImportRefusedError, import_ledger

    _bootstrap.say("正在读入并检查……")
    try:
        done = import_ledger(
            _bootstrap.PROJECT,
            options.file,
            (options.unit, options.ledger),
            on,
            year=options.year or "",
            sheet=options.sheet,
            dry_run=options.dry_run,
        )
    except ImportRefusedError as error:
        for problem in error.problems:
            print(problem)
        _bootstrap.say("没有导入：{}{}".format(error, "，台账没有改动。" if error.problems else ""))
        return 1
    show(done, options.dry_run)
    return 0


def show(done, dry_run):
    # type: (object, bool) -> None
    """Print the changes row by row, then a summary for the person."""
    for change in done.changes:
        row = "{}!第{}行 {}".format(done.sheet, change.kept.row.number, change.kept.id)
        if change.kind == "added" and dry_run:
            print("新增 {}".format(row))
        for column, before in sorted(change.before.items()):
            after = change.kept.cells.get(column, "")
            print("改动 {}：{} {} 改为 {}".format(row, done.titles[column], before or "（空）", after or "（空）"))
    for note in done.notes:
        _bootstrap.say("提示：{}".format(note))
    counts = "新增 {} 行，改动 {} 行，已有且相同 {} 行".format(*map(done.count, ("added", "changed", "same")))
    beside = "；台账里另有 {} 行不在表中，没有动".format(done.beside) if done.beside else ""
    if not done.files:
        _bootstrap.say("{}{}。台账没有变化。".format(counts, beside))
        return
    said = "只检查，没有写入" if dry_run else "已写入"
    _bootstrap.say("{}：{}{}。文件：{}".format(said, counts, beside, "、".join(done.files)))


if __name__ == "__main__":
    _cli.run(main)
