"""Forms (模板): fields, the blocks of the document they stand in, what must agree, and a filled example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from handbook.model.base import Grouped, Model
from handbook.model.citation import Basis
from handbook.model.scalars import Count, FactReference, Flag, Ident, IsoDate, Reference, Text

FieldType = Literal["text", "long", "date", "time", "choice", "count", "amount", "doc-number"]
"""``doc-number``: 发文字号, 机关代字〔年份〕顺序号号."""
Paper = Literal["portrait", "landscape", "ballot"]
"""A4 upright, A4 on its side, and the small sheet of a ballot."""
DocumentKind = Literal[
    "request", "reply", "report", "notice", "letter", "minutes", "publicity", "record", "plan", "outline", "table",
    "list", "ballot", "certificate", "statement", "agreement", "method", "summary", "article", "slip", "guide",
]  # fmt: skip
KIND_WORDS: Mapping[str, str] = {
    "request": "请示", "reply": "批复", "report": "报告", "notice": "通知", "letter": "函", "minutes": "纪要",
    "publicity": "公示", "record": "记录", "plan": "方案", "outline": "提纲", "table": "表格", "list": "清单",
    "ballot": "票", "certificate": "证明信", "statement": "承诺书", "agreement": "协议",
    "method": "办法", "summary": "总结", "article": "稿件", "slip": "条据", "guide": "填写说明",
}  # fmt: skip
"""文种, as readers filter by it."""


class FormField(Model):
    """A place to fill in. ``【待填：id】`` in a text of the form stands for it; its label is what people see."""

    id: Ident
    shared: Ident | None = None
    """The value of ``values.yml`` it stands for: entered once for all forms; label, type, rule and example come from there."""
    label: Text = ""
    """Empty only where a shared value gives it."""
    type: FieldType = "text"
    options: tuple[Text, ...] = ()
    rule: Text | None = None
    """How to fill it in right."""
    short: Flag = False
    """In a narrow cell: shown as 【待填】, the label stays in the control's title."""
    optional: Flag = False
    """May stay empty in a finished document."""
    unended: tuple[Text, ...] = ()
    """What the value must not end in, since the printed text goes on with it: 的请示 after 事由."""
    opens: Text | None = None
    """The title of the group that begins with this field, where the form is filled in on the page."""
    example: Text | None = None
    """What stands there in the filled example: invented. A date as YYYY-MM-DD, a time as HH:MM, a count in digits."""


class SharedValue(Model):
    """A value that many forms ask for under one name: 党支部名称, 会议日期."""

    id: Ident
    label: Text
    type: FieldType = "text"
    options: tuple[Text, ...] = ()
    rule: Text | None = None
    example: Text


class SharedValues(Model):
    """``values.yml``."""

    values: tuple[SharedValue, ...]


class HeadingBlock(Model):
    """A heading; the number (一、（一）) is typed, because automatic numbers get lost in copying."""

    block: Literal["heading"]
    level: Count = 1
    text: Text


class ParagraphBlock(Model):
    """A paragraph of the body; ``align: plain`` leaves out the first-line indent."""

    block: Literal["paragraph"]
    text: Text
    align: Literal["body", "plain", "center", "right"] = "body"


class BlankBlock(Model):
    """An empty line."""

    block: Literal["blank"]


class RecipientBlock(Model):
    """主送机关, without the colon."""

    block: Literal["recipient"]
    text: Text


class SignatureBlock(Model):
    """Organ and date at the end, set by GB/T 9704."""

    block: Literal["signature"]
    organ: Text
    date: Text
    seal: Flag = False


class AttachmentNoteBlock(Model):
    """附件说明: the names of the attachments below the text, numbered where there are several."""

    block: Literal["attachment-note"]
    names: tuple[Text, ...]


class AttachmentBlock(Model):
    """An attachment begins: ``附件1`` on the first line of a new page, its title centred below."""

    block: Literal["attachment"]
    label: Text
    title: Text


class SheetBlock(Model):
    """What follows stands on sheets of this kind: a wide table lies on its side."""

    block: Literal["sheet"]
    paper: Literal["portrait", "landscape"]


class Cell(Model):
    """A cell of a grid; texts may hold fields."""

    text: Text | None = None
    head: Flag = False
    span: Count = 1
    align: Literal["left", "center", "right"] = "left"
    lines: Count = 1


class GridBlock(Model):
    """A table to fill in. ``widths``: shares of the text width; each row's spans add up to their number."""

    block: Literal["grid"]
    widths: tuple[Count, ...]
    header: Count = 0
    """Rows repeated on each page."""
    rows: tuple[tuple[Cell, ...], ...]


class ListColumn(Model):
    """A column of a list: filled in field by field, or by hand (签名) where it names no field."""

    title: Text
    width: Count
    field: Ident | None = None
    align: Literal["left", "center", "right"] = "center"


class ListBlock(Model):
    """A table of one kind of row, as many as there are: 签到, 名单, 清单.

    The file holds one row with fields and empty rows below it, to be written on by hand; filling in on the page makes
    as many rows as there are entries.
    """

    block: Literal["list"]
    id: Ident
    title: Text
    """What one calls the rows on the page: 到会人员."""
    rows: Count = 10
    """Rows of the empty file."""
    numbered: Flag = True
    """A first column 序号."""
    columns: tuple[ListColumn, ...]
    examples: tuple[dict[Ident, Text], ...] = ()
    """Rows of the filled example: field id to value; invented."""


Block = Annotated[
    HeadingBlock | ParagraphBlock | BlankBlock | RecipientBlock | SignatureBlock | AttachmentNoteBlock | AttachmentBlock
    | SheetBlock | GridBlock | ListBlock,
    Field(discriminator="block"),
]  # fmt: skip


class RowCount(Model):
    """How many rows of a list have one of these options: 有无表决权 is 有."""

    list: Ident
    field: Ident
    equals: tuple[Text, ...]


class Agreement(Model):
    """What the values must agree in: the sum of the left fields against the sum of the right ones.

    Counts, amounts, dates or times; a date ``at-least`` another is the same day or later. Names ``differs``: nobody is
    named twice in the fields of both sides. Checked while filling in, and on the example by the build.
    """

    left: tuple[Ident, ...]
    compare: Literal["at-least", "more-than", "equals", "differs"]
    right: tuple[Ident, ...] = ()
    count: RowCount | None = None
    """Added to the right side; without rows, or with the field empty in one of them, the agreement waits."""
    number: Count | None = None
    """Added to the right side."""
    twice: Flag = False
    """The left sum counts twice: twice 赞成 ``more-than`` 应到 is 超过应到的半数."""
    when: tuple[Text, ...] = ()
    """A field and the options for which it holds: ``[result, 通过]``; empty: always."""
    message: Text
    """What is wrong and what to do, where it does not hold."""


class Element(Model):
    """Something a clause demands in the document, and where the document has it."""

    name: Text
    """One of the fact's elements."""
    fields: tuple[Ident, ...] = ()
    text: Text | None = None
    """Printed text that provides the place instead: 支部书记签名."""


class Demand(Model):
    """A fact that lists what the document must hold, element by element."""

    fact: FactReference
    elements: tuple[Element, ...]


class Letterhead(Model):
    """The red head of a document that a unit issues; a second download, since many units print on their own red paper."""

    organ: Text
    """发文机关标志: 中共××委员会文件; may hold fields."""
    number: Text | None = None
    """发文字号."""
    signer: Text | None = None
    """签发人, in documents to a superior."""
    form: Literal["file", "minutes", "letter"] = "file"
    """文件、纪要、信函."""


class Imprint(Model):
    """版记: whom copies go to, who printed it and when."""

    copies: Text | None = None
    printer: Text
    date: Text


class Form(Grouped):
    """A downloadable document to fill in."""

    kind: DocumentKind
    version: Text
    """Printed nowhere, kept in the file's properties, so that a file can be traced to its page."""
    changed: IsoDate
    """The day of this version; the files say that they were made then, so unchanged forms give unchanged files."""
    paper: Paper = "portrait"
    heading: tuple[Text, ...]
    """The document's title, line by line; may hold fields."""
    used: Text
    """When it is used."""
    basis: tuple[Basis, ...] = ()
    guidance: tuple[Text, ...] = ()
    """How to fill it in; on the page and in the file 带说明, never in the clean file."""
    letterhead: Letterhead | None = None
    imprint: Imprint | None = None
    fields: tuple[FormField, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    demands: tuple[Demand, ...] = ()
    body: tuple[Block, ...]
    related: tuple[Reference, ...] = ()

    @property
    def lists(self) -> tuple[ListBlock, ...]:
        """Its tables of as many rows as there are."""
        return tuple(block for block in self.body if isinstance(block, ListBlock))

    def list_fields(self) -> Iterator[tuple[str, str]]:
        """Walk list id and field id of the fields that stand in lists."""
        for block in self.lists:
            yield from ((block.id, column.field) for column in block.columns if column.field)
