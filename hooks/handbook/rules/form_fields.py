"""Forms: shared values, lists, what must agree, what a clause demands, and an example that fills every place rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.loading.yaml_events import KeyPath
from handbook.model.form import (
    Agreement,
    Demand,
    Form,
    FormField,
    HeadingBlock,
    ListBlock,
    ParagraphBlock,
    RowCount,
    SheetBlock,
)
from handbook.model.regulation import Fact, Regulation
from handbook.rules.context import Context
from handbook.rules.form_values import disagreements, value_problem
from handbook.rules.walk import walk

_MOST_ROWS = 60
_NUMBER = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_HEADS = {
    1: re.compile(r"[一二三四五六七八九十]+、"), 2: re.compile(r"（[一二三四五六七八九十]+）"),
    3: re.compile(r"\d+\."), 4: re.compile(r"（\d+）"),
}  # fmt: skip
_NUMBERS = ("count", "amount")
_ONE_OF = ("date", "time")
_WORDS = ("text", "long")


def forms_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check what one form says of its own fields."""
    for form in context.library.forms.values():
        name = f"forms/{form.id}"
        yield from _fields(context, name, form)
        yield from _lists(context, name, form)
        yield from _sheets(context, name, form)
        yield from _numbers(context, name, form)
        for index, agreement in enumerate(form.agreements):
            yield from _agreement(context, name, ("agreements", index), form, agreement)
        for index, demand in enumerate(form.demands):
            yield from _demand(context, name, ("demands", index), form, demand)


def form_examples_are_right(context: Context) -> Iterator[Diagnostic]:
    """Check that the invented example fills every place, each value by its own rule and all of them together."""
    for form in context.library.forms.values():
        name = f"forms/{form.id}"
        listed = {field for _, field in form.list_fields()}
        values: dict[str, str] = {}
        for index, field in enumerate(form.fields):
            at: KeyPath = ("fields", index, "example")
            if field.id in listed:
                continue
            if field.example is None:
                if not field.optional:
                    said = f"栏目 {field.id} 没有示例"
                    remedy = "请补上虚构的 example；确实可以不填的写 optional: true"
                    yield context.say(name, ("fields", index), said, remedy)
                continue
            values[field.id] = field.example
            if problem := value_problem(field, field.example):
                yield context.say(name, at, f"示例不对：{problem}", "请改正 example，或者改 type、options")
        yield from _rows(context, name, form)
        rows = {block.id: block.examples for block in form.lists}
        for agreement in disagreements(form, values, rows):
            at = ("agreements", form.agreements.index(agreement))
            if any(_agreement(context, name, at, form, agreement)):
                continue  # what it compares makes no sense, which is said there
            remedy = "请改正这几个栏目的 example，或者改正这一条核对"
            yield context.say(name, at, f"示例不相符：{agreement.message}", remedy)


def _fields(context: Context, name: str, form: Form) -> Iterator[Diagnostic]:
    known = {value.id: value for value in context.library.values.values}
    for index, field in enumerate(form.fields):
        at: KeyPath = ("fields", index)
        if field.shared and field.shared not in known:
            if "values" in context.reading.sources:
                yield context.unknown(name, (*at, "shared"), "共用内容", field.shared, known)
        elif field.shared and field.type != known[field.shared].type:
            said = f"共用内容 {field.shared} 的 type 是 {known[field.shared].type}，这里写成了 {field.type}"
            yield context.say(name, (*at, "type"), said, "请删去这里的 type")
        elif not field.label.strip():
            yield context.say(name, at, f"栏目 {field.id} 没有 label", "请补上 label，或者用 shared 引用共用内容")
        if field.unended and field.type not in _WORDS:
            said = f"type 是 {field.type} 的栏目不写 unended"
            yield context.say(name, (*at, "unended"), said, "unended 只用于文字（text、long），请删去")


def _lists(context: Context, name: str, form: Form) -> Iterator[Diagnostic]:
    known = {field.id: field for field in form.fields}
    taken: dict[str, str] = {}
    elsewhere = {ident for ident in known if _stands_outside(form, ident)}
    for index, block in enumerate(form.body):
        if not isinstance(block, ListBlock):
            continue
        here: KeyPath = ("body", index)
        if not 1 <= block.rows <= _MOST_ROWS:
            yield context.say(name, (*here, "rows"), f"rows 不能是 {block.rows}", f"请写1到{_MOST_ROWS}")
        if not any(column.field for column in block.columns):
            yield context.say(name, (*here, "columns"), "这张表没有一列是栏目", "请给至少一列写 field，或改用 grid")
        for position, column in enumerate(block.columns):
            at: KeyPath = (*here, "columns", position)
            if not column.width:
                yield context.say(name, (*at, "width"), "列宽缺少或为0", "请写一个大于0的整数，按比例分配版心宽度")
            if column.field is None:
                continue
            if column.field not in known:
                yield context.unknown(name, (*at, "field"), "栏目", column.field, known)
            elif column.field in taken or column.field in elsewhere:
                said = f"栏目 {column.field} 在{taken.get(column.field, '正文')}里已经用了"
                yield context.say(name, (*at, "field"), said, "表里的栏目只能在这一列出现，请另设一个栏目")
            taken.setdefault(column.field, f"表 {block.id} ")


def _stands_outside(form: Form, ident: str) -> bool:
    """Tell whether a placeholder for the field stands in some text."""
    mark = f"【待填：{ident}】"
    return any(isinstance(value, str) and mark in value for _, value in walk(form))


def _rows(context: Context, name: str, form: Form) -> Iterator[Diagnostic]:
    fields = {field.id: field for field in form.fields}
    for index, block in enumerate(form.body):
        if not isinstance(block, ListBlock):
            continue
        columns = [column.field for column in block.columns if column.field in fields]
        if not block.examples:
            yield context.say(name, ("body", index), f"表 {block.id} 没有示例", "请在 examples 里写两三行虚构的内容")
        for row, example in enumerate(block.examples):
            at: KeyPath = ("body", index, "examples", row)
            for ident, value in example.items():
                if ident not in columns:
                    yield context.say(name, (*at, ident), f"这张表没有栏目 {ident}", near(ident, filter(None, columns)))
                elif problem := value_problem(fields[ident], value):
                    yield context.say(name, (*at, ident), f"示例不对：{problem}", "请改正这一格")
            missing = [ident for ident in columns if ident and ident not in example and not fields[ident].optional]
            if missing:
                said = f"这一行缺少 {'、'.join(missing)}"
                yield context.say(name, at, said, "请补上；可以不填的栏目写 optional: true")


def _sheets(context: Context, name: str, form: Form) -> Iterator[Diagnostic]:
    for index, block in enumerate(form.body):
        if isinstance(block, SheetBlock) and form.paper == "ballot":
            said = "票是单张小幅面，不能换纸的方向"
            yield context.say(name, ("body", index, "paper"), said, "请删去这一块，或把 paper 改成 portrait")


def _numbers(context: Context, name: str, form: Form) -> Iterator[Diagnostic]:
    """一、 and （一） are headings (7.3.3): a paragraph so numbered would be set in the wrong kind of type."""
    for index, block in enumerate(form.body):
        if isinstance(block, ParagraphBlock) and (found := _NUMBER.match(block.text)):
            level = 2 if found[0].startswith("（") else 1
            said = f"“{found[0]}”是标题的序号，这里却是段落"
            remedy = f"请写成 block: heading、level: {level}；要逐条说的用1.或（1）"
            yield context.say(name, ("body", index, "text"), said, remedy)
        elif isinstance(block, HeadingBlock) and not _HEADS[min(max(block.level, 1), 4)].match(block.text):
            shapes = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
            said = f"第{block.level}级标题没有写序号"
            remedy = f"请在前面写上序号，如{shapes[min(max(block.level, 1), 4)]}；不是标题的写成 block: paragraph"
            yield context.say(name, ("body", index, "text"), said, remedy)


def _agreement(context: Context, name: str, at: KeyPath, form: Form, item: Agreement) -> Iterator[Diagnostic]:
    fields = {field.id: field for field in form.fields}
    listed = {field for _, field in form.list_fields()}
    sides: tuple[tuple[str, tuple[str, ...]], ...] = (("left", item.left), ("right", item.right))
    used: list[FormField] = []
    for side, idents in sides:
        for index, ident in enumerate(idents):
            if ident not in fields:
                yield context.unknown(name, (*at, side, index), "栏目", ident, fields)
            elif ident in listed:
                said = f"栏目 {ident} 在表里，一行一个数"
                yield context.say(name, (*at, side, index), said, "核对只能用表外的栏目")
            else:
                used.append(fields[ident])
    types = {"number" if field.type in _NUMBERS else field.type for field in used}
    if item.when:
        yield from _condition(context, name, (*at, "when"), fields, item.when)
    if item.compare == "differs":
        yield from _names(context, name, at, item, {field.type for field in used})
        return
    if not item.left or not (item.right or item.number is not None or item.count):
        yield context.say(name, at, "核对缺少一边", "请写 left，以及 right、number 或 count")
    if item.count:
        yield from _row_count(context, name, (*at, "count"), form, item.count)
        types |= {"number"}
    if len(types) > 1 or types - {"number", *_ONE_OF}:
        said = f"{'、'.join(sorted(field.type for field in used))} 不能放在一起比较"
        yield context.say(name, at, said, "两边都写数（count、amount），或都写日期，或都写时刻")
    elif types & set(_ONE_OF) and (len(item.left) != 1 or len(item.right) != 1 or item.twice or item.number):
        yield context.say(name, at, "日期和时刻不能相加", "两边各写一个栏目，不写 twice 和 number")


def _names(context: Context, name: str, at: KeyPath, item: Agreement, types: set[str]) -> Iterator[Diagnostic]:
    """Check a comparison of names: texts, and nothing to add up."""
    if not item.left:
        yield context.say(name, at, "核对缺少一边", "differs 的 left 写要互不相同的栏目，右边的写 right")
    if types - {"text"}:
        said = f"differs 只比较姓名，{'、'.join(sorted(types - {'text'}))} 不能这样比"
        yield context.say(name, at, said, "两边都写 type 是 text 的栏目，或者改用别的 compare")
    if item.number is not None or item.twice or item.count:
        yield context.say(name, at, "differs 不作加减", "请删去 number、twice、count")


def _row_count(context: Context, name: str, at: KeyPath, form: Form, counted: RowCount) -> Iterator[Diagnostic]:
    lists = {block.id: block for block in form.lists}
    block = lists.get(counted.list)
    if block is None:
        yield context.unknown(name, (*at, "list"), "表", counted.list, lists)
        return
    columns = {column.field: column for column in block.columns if column.field}
    field = next((field for field in form.fields if field.id == counted.field and field.id in columns), None)
    if field is None:
        yield context.unknown(name, (*at, "field"), "栏目", counted.field, columns)
    elif field.type != "choice":
        said = f"栏目 {field.id} 不是选择栏，不能按选项数行"
        yield context.say(name, (*at, "field"), said, "请改成这张表里 type 是 choice 的栏目")
    else:
        for index, option in enumerate(counted.equals):
            if option not in field.options:
                said = f"栏目 {field.id} 没有选项“{option}”"
                yield context.say(name, (*at, "equals", index), said, near(option, field.options))


def _condition(
    context: Context, name: str, at: KeyPath, fields: Mapping[str, FormField], when: tuple[str, ...]
) -> Iterator[Diagnostic]:
    ident, *options = when
    field = fields.get(ident)
    if field is None:
        yield context.unknown(name, (*at, 0), "栏目", ident, fields)
    elif field.type != "choice" or not options:
        yield context.say(name, at, "when 先写一个选择栏，再写它的选项", "如 [result, 通过]")
    else:
        for index, option in enumerate(options, 1):
            if option not in field.options:
                said = f"栏目 {ident} 没有选项“{option}”"
                yield context.say(name, (*at, index), said, near(option, field.options))


def demands_are_met(context: Context) -> Iterator[Diagnostic]:
    """Check that what a clause wants written is held against some form: a demand that was deleted is missed here."""
    met = {demand.fact for form in context.library.forms.values() for demand in form.demands}
    for regulation in context.library.regulations.values():
        for at, fact in _facts(regulation):
            if fact.elements and f"{regulation.id}/{fact.id}" not in met and not context.unread("forms"):
                said = f"要点 {fact.id} 列出了 elements，却没有模板写明"
                remedy = "请在用到它的模板里写 demands，逐项指到栏目；没有这样的模板就删去 elements"
                yield context.say(f"regulations/{regulation.id}", (*at, "elements"), said, remedy)


def _facts(regulation: Regulation) -> Iterator[tuple[KeyPath, Fact]]:
    return ((at, value) for at, value in walk(regulation) if isinstance(value, Fact))


def _demand(context: Context, name: str, at: KeyPath, form: Form, demand: Demand) -> Iterator[Diagnostic]:
    known = context.clauses.fact_names.get(demand.fact)
    if known is None:  # said where references are checked
        return
    wanted = known.fact.elements
    if not wanted:
        said = f"要点 {demand.fact} 没有列出 elements"
        yield context.say(name, (*at, "fact"), said, "请在依据里给这个要点写 elements，或删去这一条")
        return
    fields = {field.id for field in form.fields}
    texts = [value for path, value in walk(form) if isinstance(value, str) and path and path[0] == "body"]
    named = [element.name for element in demand.elements]
    for index, element in enumerate(demand.elements):
        here: KeyPath = (*at, "elements", index)
        if element.name not in wanted:
            yield context.say(name, (*here, "name"), f"条款没有要求“{element.name}”", near(element.name, wanted))
        for position, ident in enumerate(element.fields):
            if ident not in fields:
                yield context.unknown(name, (*here, "fields", position), "栏目", ident, fields)
        if element.text and not any(element.text in text for text in texts):
            said = f"正文里没有“{element.text}”"
            yield context.say(name, (*here, "text"), said, "请照正文里的字写，或在正文里补上")
        if not element.fields and not element.text:
            yield context.say(
                name, here, f"“{element.name}”没有写在哪里", "请写 fields（栏目编号），或写 text（印好的字）"
            )
    for missing in (word for word in wanted if word not in named):
        said = f"缺少条款要求的“{missing}”"
        yield context.say(name, (*at, "elements"), said, "请在正文里加上对应的栏目，再写进这里")
