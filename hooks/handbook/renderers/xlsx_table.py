"""The first sheet of a workbook: title, cells above the table, header, prepared rows; for ledgers and other tables alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from handbook.composition.formula_values import SheetError, Value
from handbook.model.formula import Ref, formula_of
from handbook.model.ledger import Column
from handbook.model.sheet import AS_OF, AS_OF_NOTE, AS_OF_TITLE, Derived
from handbook.model.workbook import HeadCell, SumLine
from handbook.renderers.xlsx_page import (
    PROTECTION,
    height_of,
    lines_of,
    merged,
    pages_across,
    print_setup,
    row_height,
    string,
)
from handbook.renderers.xlsx_plan import Plan
from handbook.renderers.xlsx_rows import cell_value, escaped, formula_cell, row_xml, short, text_content
from handbook.renderers.xlsx_rules import entry_rule, head_rule
from handbook.renderers.xlsx_styles import Styles
from handbook.renderers.xlsx_values import RowValues, TableValues

_MOST_FROZEN = 6
"""Rows above the header that may stay in view; more would leave no room for the table."""
_MOST_REPEATED = 4
"""Rows above the header that are printed again on every page; where there are more, the header alone is."""
_DATE_WIDTH, _LEAST_WIDTH = 12, 6
_SPARE_HEIGHT, _HEAD_HEIGHT = 24, 22
"""Points."""
_LABEL_WIDTH, _VALUE_WIDTH, _NOTE_WIDTH = 24, 30, 38


class Table:
    """Writes a plan: what stands once through XlsxWriter, the rows as XML."""

    def __init__(self, book: Workbook, plan: Plan, styles: Styles) -> None:
        self.book, self.plan, self.styles = book, plan, styles
        self._texts: dict[str, str] = {}
        self.idents = [ident for ident, _, _ in plan.lead] + [slot.id for slot in plan.slots]
        self.titles = [title for _, title, _ in plan.lead] + [slot.title for slot in plan.slots]
        self.widths = [width for _, _, width in plan.lead] + [_width(slot) for slot in plan.slots]
        self.letters = {ident: xl_col_to_name(place) for place, ident in enumerate(self.idents)}
        self.last_column = len(self.idents) - 1
        repeated = len(plan.lead) or 1
        self.pages, self.page_end = pages_across(self.widths, repeated)
        # What is merged over a column that comes on each page, and over one that does not, would be cut there.
        self.label_width = _LABEL_WIDTH if self.pages == 1 else min(_LABEL_WIDTH, sum(self.widths[:repeated]))
        self.header = 1 + len(plan.head) + len(plan.lines) + plan.sums
        self.first = self.header + 1
        self.last = self.first + len(plan.rows) + plan.spare - 1
        self.names = {cell.id: cell.title for cell in plan.head} | {item.id: item.title for item in plan.standards}
        fixed: dict[str, Value | SheetError] = {item.id: item.value for item in plan.standards}
        if plan.dated:
            self.names[AS_OF] = AS_OF_TITLE
            fixed[AS_OF] = cell_value(plan.as_of)
        fixed |= {cell.id: cell_value(plan.head_values.get(cell.id)) for cell in plan.head if not cell.formula}
        self.values = TableValues(
            self.idents, plan.derived, [self._typed(row) for row in plan.rows], plan.spare, fixed,
            {cell.id: cell.formula for cell in plan.head if cell.formula}
            | {_cell_of(line, ident): text for line in plan.lines for ident, text in line.cells.items()},
        )  # fmt: skip

    def _typed(self, row: Mapping[str, object]) -> dict[str, Value]:
        return {ident: cell_value(value) for ident, value in row.items()}

    @property
    def used(self) -> str:
        """The range of all cells."""
        return str(xl_range(0, 0, self.last + bool(self.plan.sign), self.last_column))

    def write(self, sheet: Worksheet) -> None:
        """Write what stands once; the rows follow by `rows`."""
        plan, styles = self.plan, self.styles
        # What stands above a table of several pages across stands on the first one.
        merged(sheet, 0, 0, self.page_end, plan.heading, styles.title)
        sheet.set_row(0, 30)
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)
        if plan.head:
            self._head(sheet)
        for row, line in enumerate(plan.lines, 1 + len(plan.head)):
            self._line(sheet, row, line)
        if plan.sums:
            self._sums(sheet)
        sheet.set_row(self.header, self._header_height())
        for place, title in enumerate(self.titles):
            derived = place >= len(plan.lead) and isinstance(plan.slots[place - len(plan.lead)], Derived)
            string(sheet, self.header, place, title, styles.derived_header if derived else styles.header)
        self._marks(sheet)
        if plan.sign:
            merged(sheet, self.last + 1, 0, self.last_column, plan.sign, styles.sign)
            sheet.set_row(self.last + 1, 36)
        frozen = self.first if self.header <= _MOST_FROZEN else 0
        sheet.freeze_panes(frozen, len(plan.lead) or 1)
        entered = len(plan.lead) + sum(isinstance(slot, Column) for slot in plan.slots)
        if plan.filters:
            sheet.autofilter(self.header, 0, self.last, entered - 1)
        repeated = 0 if self.header <= _MOST_REPEATED else self.header
        last = (self.last + bool(plan.sign), self.last_column)
        print_setup(sheet, plan.title, (repeated, self.header), last, pages=self.pages, portrait=plan.portrait)
        if self.pages > 1:
            sheet.repeat_columns(0, max(len(plan.lead) - 1, 0))
        sheet.ignore_errors({"number_stored_as_text": xl_range(self.first, 0, self.last, self.last_column)})
        if plan.locked:
            sheet.protect("", PROTECTION)

    def _header_height(self) -> float:
        return max(32.0, row_height(self.titles, [width + 1 for width in self.widths]))

    # -- above the table ------------------------------------------------------------------------------------------

    def _head(self, sheet: Worksheet) -> None:
        """One line per cell: its label, its value, what to know about it, all on the first page across."""
        label_end = min(self._wide(0, self.label_width), max(self.last_column - 1, 0))
        value_end = self._wide(label_end + 1, _VALUE_WIDTH)
        page_end = max(self.page_end, value_end)
        room = sum(self.widths[value_end + 1 : page_end + 1])
        for row, cell in enumerate(self.plan.head, 1):
            style = self.styles.head(cell)
            merged(sheet, row, 0, label_end, cell.title, self.styles.label)
            merged(sheet, row, label_end + 1, value_end, "", style)
            self._put(sheet, row, label_end + 1, cell, style)
            if value_end < page_end:
                merged(sheet, row, value_end + 1, page_end, cell.note or "", self.styles.note)
            value = self.values.head(cell.id)
            texts = [cell.note or "", value if isinstance(value, str) else ""]
            sheet.set_row(
                row,
                max(float(_HEAD_HEIGHT), row_height(texts, [room, sum(self.widths[label_end + 1 : value_end + 1])])),
            )
            self.book.define_name(
                cell.title, f"='{self.plan.sheet}'!{xl_rowcol_to_cell(row, label_end + 1, row_abs=True, col_abs=True)}"
            )
            if cell.type:
                rule = head_rule(cell)
                if rule:
                    sheet.data_validation(row, label_end + 1, row, label_end + 1, rule)
            if cell.good:
                at = xl_rowcol_to_cell(row, label_end + 1, row_abs=True, col_abs=True)
                for mark, color in (("=", "green"), ("<>", "red")):
                    criteria = f'=AND({at}<>"",{at}{mark}"{cell.good}")'
                    sheet.conditional_format(
                        row, label_end + 1, row, value_end, {"type": "formula", "criteria": criteria, "format": self.styles.marks[color]}
                    )  # fmt: skip

    def _wide(self, start: int, least: int) -> int:
        """Give the last of the columns that together are wide enough; one at least stays for what follows."""
        total = 0
        for place in range(start, self.last_column + 1):
            total += self.widths[place]
            if total >= least or place == self.last_column - (start > 0):
                return place
        return self.last_column

    def _put(self, sheet: Worksheet, row: int, column: int, cell: HeadCell, style: Format) -> None:
        if cell.formula:
            self._formula(sheet, row, column, cell.formula, cell.id, style)
            return
        value = self.values.name(cell.id)
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            string(sheet, row, column, value, style)
        else:
            sheet.write_number(row, column, float(value), style)

    def _formula(self, sheet: Worksheet, row: int, column: int, text: str, ident: str, style: Format) -> None:
        """Write a formula that reads no row, with its value."""
        written = "=" + formula_of(text).written(lambda ref: self._place(ref, ""))
        sheet.write_formula(row, column, written, style, _shown(self.values.head(ident)))

    def _line(self, sheet: Worksheet, row: int, line: SumLine) -> None:
        """A line above the header with formulas for some columns, its name before the first of them."""
        free = [place for place, ident in enumerate(self.idents) if ident not in line.cells]
        for place in free:
            sheet.write_blank(row, place, None, self.styles.label)
        _, height = self._spread(sheet, row, free, self.label_width, line.title, self.styles.label)
        sheet.set_row(row, max(_HEAD_HEIGHT, height))
        for ident, text in line.cells.items():
            style = self.styles.total(line.shows)
            self._formula(sheet, row, self.idents.index(ident), text, _cell_of(line, ident), style)

    def _sums(self, sheet: Worksheet) -> None:
        """The row above the header: 统计日期 and what to do with it, the number of rows, sums of those that a filter leaves."""
        plan, row = self.plan, self.header - 1
        height = float(_HEAD_HEIGHT)
        free = [place for place in range(self.last_column + 1) if self.idents[place] not in plan.totals]
        for place in free:
            sheet.write_blank(row, place, None, self.styles.label)
        if plan.dated and free[:2] == [0, 1]:
            self._as_of(sheet, row)
            taken, high = self._spread(sheet, row, free[2:], _NOTE_WIDTH, AS_OF_NOTE, self.styles.hint)
            free, height = free[2 + taken :], max(height, high)
        if plan.totals and free and plan.count_by:
            counted = self._range(plan.count_by)
            number = sum(row.shown(plan.count_by) is not None for row in self.values.rows)
            label = f"{plan.total_title}（筛出" if plan.filters else f"{plan.total_title}（"
            text = f'="{label}"&SUBTOTAL(103,{counted})&"行）"'
            shown = f"{label}{number}行）"
            _, high = self._spread(sheet, row, free, self.label_width, shown, self.styles.label)
            sheet.write_formula(row, free[0], text, self.styles.label, shown)
            height = max(height, high)
        sheet.set_row(row, height)
        for ident in plan.totals:
            place = self.idents.index(ident)
            numbers = [v for v in self.values.column(ident) if v is not None and not isinstance(v, (str, bool))]
            sheet.write_formula(
                row, place, f"=SUBTOTAL(109,{self._range(ident)})", self.styles.total(self._shows(ident)), short(sum(numbers))
            )  # fmt: skip

    def _as_of(self, sheet: Worksheet, row: int) -> None:
        string(sheet, row, 0, AS_OF_TITLE, self.styles.label)
        if self.plan.as_of:
            sheet.write_datetime(row, 1, self.plan.as_of, self.styles.head_date)
        else:
            sheet.write_blank(row, 1, None, self.styles.head_date)
        sheet.data_validation(row, 1, row, 1, entry_rule("date", "") or {})
        at = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        self.book.define_name(AS_OF_TITLE, f"='{self.plan.sheet}'!{at}")

    def _spread(
        self, sheet: Worksheet, row: int, free: Sequence[int], least: int, text: str, style: Format
    ) -> tuple[int, float]:
        """Write a text over as many of the first free cells as it needs; give their number and the height it takes."""
        taken = 1
        while taken < len(free) and free[taken] == free[0] + taken and self._room(free[:taken]) < least:
            taken += 1
        merged(sheet, row, free[0], free[taken - 1], text, style)
        return taken, row_height((text,), (self._room(free[:taken]),))

    def _room(self, places: Sequence[int]) -> int:
        return sum(self.widths[place] for place in places)

    def _shows(self, ident: str) -> str:
        slot = next(slot for slot in self.plan.slots if slot.id == ident)
        return slot.shows if isinstance(slot, Derived) else slot.type

    # -- the table --------------------------------------------------------------------------------------------------

    def rows(self) -> list[str]:
        """Give the rows of the table as XML."""
        styles = self.styles
        entered = [(self.letters[ident], ident, styles.index("text")) for ident, _, _ in self.plan.lead]
        worked_out: list[tuple[str, str, int, str]] = []
        order: list[tuple[int, int]] = [(0, place) for place in range(len(entered))]
        for slot in self.plan.slots:
            if isinstance(slot, Derived):
                text = escaped(formula_of(slot.formula).written(lambda ref: self._place(ref, "\0")))
                order.append((1, len(worked_out)))
                worked_out.append((self.letters[slot.id], slot.id, styles.index(f"locked-{slot.shows}"), text))
            else:
                order.append((0, len(entered)))
                entered.append((self.letters[slot.id], slot.id, styles.index(slot.type)))
        texts = [
            (place, ident)
            for place, ident in enumerate(self.idents)
            if not isinstance(self._slot(place), Derived)
            and self._kind(place) in ("text", "choice", "members", "member")
        ]
        lines = []
        for number, row in enumerate(self.values.rows, self.first + 1):
            cells = self._entered(row.entered, entered, number)
            lines.append(
                row_xml(number, self._height(row, texts), self._in_order(order, cells, worked_out, row, number))
            )
        blank = self.values.blank
        for number in range(self.first + len(self.values.rows) + 1, self.last + 2):
            cells = [f'<c r="{letter}{number}" s="{style}"/>' for letter, _, style in entered]
            lines.append(row_xml(number, _SPARE_HEIGHT, self._in_order(order, cells, worked_out, blank, number)))
        return lines

    def _entered(self, row: Mapping[str, Value], entered: Sequence[tuple[str, str, int]], number: int) -> list[str]:
        """Give the cells that somebody entered; texts come again and again, so their XML is kept."""
        cells = []
        for letter, ident, style in entered:
            value = row.get(ident)
            if value is None:
                cells.append(f'<c r="{letter}{number}" s="{style}"/>')
            elif isinstance(value, str):
                content = self._texts.get(value)
                if content is None:
                    content = self._texts[value] = text_content(value)
                cells.append(f'<c r="{letter}{number}" s="{style}"{content}')
            else:
                cells.append(f'<c r="{letter}{number}" s="{style}"><v>{value}</v></c>')
        return cells

    def _in_order(
        self,
        order: Sequence[tuple[int, int]],
        cells: list[str],
        worked_out: Sequence[tuple[str, str, int, str]],
        row: RowValues,
        number: int,
    ) -> list[str]:
        if not worked_out:
            return cells
        here = str(number)
        made = [
            formula_cell(f"{letter}{number}", style, text.replace("\0", here), row.shown(ident))
            for letter, ident, style, text in worked_out
        ]
        return [made[place] if kind else cells[place] for kind, place in order]

    def _slot(self, place: int) -> Column | Derived | None:
        at = place - len(self.plan.lead)
        return self.plan.slots[at] if at >= 0 else None

    def _kind(self, place: int) -> str:
        slot = self._slot(place)
        return slot.type if isinstance(slot, Column) else "text"

    def _height(self, row: RowValues, texts: Sequence[tuple[int, str]]) -> float:
        lines = 1
        for place, ident in texts:
            value = row.entered.get(ident)
            if isinstance(value, str):
                room = self.widths[place] - 3
                if len(value) * 2 > room or "\n" in value:
                    lines = max(lines, lines_of(value, room))
        return height_of(lines)

    def _range(self, ident: str) -> str:
        place = self.idents.index(ident)
        return str(xl_range(self.first, place, self.last, place))

    def _place(self, ref: Ref, row: str, *, fixed: bool = False) -> str:
        """Give the address of what a formula reads, in the row of this number."""
        if ref.kind == "name":
            return self.names[ref.id]
        letter = self.letters[ref.id]
        if ref.kind == "all":
            place = self.idents.index(ref.id)
            return str(xl_range_abs(self.first, place, self.last, place))
        sign = "$" if fixed else ""
        if ref.kind == "span":
            return f"{sign}{letter}{row}:{sign}{self.letters[ref.last]}{row}"
        return f"{sign}{letter}{row}"

    def _marks(self, sheet: Worksheet) -> None:
        """Shade rows or cells; the first mark that holds wins."""
        for mark in self.plan.marks:
            text = formula_of(mark.when).written(lambda ref: self._place(ref, str(self.first + 1), fixed=True))
            rule = {
                "type": "formula",
                "criteria": f"={text}",
                "format": self.styles.marks[mark.color],
                "stop_if_true": True,
            }
            for ident in mark.columns or ("",):
                left, right = (self.idents.index(ident),) * 2 if ident else (0, self.last_column)
                sheet.conditional_format(self.first, left, self.last, right, rule)


def _cell_of(line: SumLine, ident: str) -> str:
    """Give the name under which the value of a line's cell is kept; no cell above the table has a / in its own."""
    return f"{line.title}/{ident}"


def _width(slot: Column | Derived) -> int:
    is_date = slot.shows == "date" if isinstance(slot, Derived) else slot.type == "date"
    return max(slot.width, _DATE_WIDTH if is_date else _LEAST_WIDTH)


def _shown(value: Value | SheetError) -> object:
    if value is None or isinstance(value, SheetError):
        return "" if value is None else str(value)
    return value if isinstance(value, (str, bool)) else short(value)
