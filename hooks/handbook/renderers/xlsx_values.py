"""A table of typed rows with everything its formulas come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbook.composition.formula_values import SheetError, Value, computed
from handbook.model.formula import formula_of
from handbook.model.sheet import Derived


class TableValues:
    """All values of a sheet: what was entered, what formulas give, and the rows that are still empty."""

    def __init__(
        self,
        order: Sequence[str],
        derived: Sequence[Derived],
        rows: Sequence[dict[str, Value]],
        spare: int,
        names: Mapping[str, Value | SheetError],
        head_formulas: Mapping[str, str],
    ) -> None:
        self.order = {ident: place for place, ident in enumerate(order)}
        self.idents = tuple(order)
        self.formulas = {column.id: computed(formula_of(column.formula)) for column in derived}
        self.rows = [RowValues(self, row) for row in rows]
        self.spare = spare
        self.blank = RowValues(self, {})
        """Stands for every empty row: they all come to the same."""
        self.names: dict[str, Value | SheetError] = dict(names)
        self._head = {ident: computed(formula_of(text)) for ident, text in head_formulas.items()}
        self._columns: dict[str, Sequence[Value]] = {}

    def column(self, ident: str) -> Sequence[Value]:
        """Give a whole column; an error in it is none of its own."""
        found = self._columns.get(ident)
        if found is None:
            every = [row.shown(ident) for row in self.rows] + [self.blank.shown(ident)] * self.spare
            found = self._columns[ident] = [None if isinstance(value, SheetError) else value for value in every]
        return found

    def name(self, ident: str) -> Value:
        """Give a cell above the table or a number of the sheet 标准; raises `SheetError`."""
        if ident not in self.names:
            try:
                self.names[ident] = self._head[ident](self.blank)
            except SheetError as error:
                self.names[ident] = error
        value = self.names[ident]
        if isinstance(value, SheetError):
            raise value
        return value

    def head(self, ident: str) -> Value | SheetError:
        """Give what a cell above the table shows."""
        try:
            return self.name(ident)
        except SheetError as error:
            return error


class RowValues:
    """One row; worked-out cells are kept once they are known."""

    __slots__ = ("entered", "known", "table")

    def __init__(self, table: TableValues, entered: dict[str, Value]) -> None:
        self.table = table
        self.entered = entered
        self.known: dict[str, Value | SheetError] = dict(entered)

    def shown(self, ident: str) -> Value | SheetError:
        """Give what a cell shows, an error value too."""
        known = self.known
        if ident in known:
            return known[ident]
        compute = self.table.formulas.get(ident)
        value: Value | SheetError = None
        if compute is not None:
            try:
                value = compute(self)
            except SheetError as error:
                value = error
        known[ident] = value
        return value

    def cell(self, ident: str) -> Value:
        """Give this row's cell of a column; raises `SheetError` where it shows an error."""
        value = self.shown(ident)
        if isinstance(value, SheetError):
            raise value
        return value

    def column(self, ident: str) -> Sequence[Value]:
        """Give a whole column."""
        return self.table.column(ident)

    def span(self, first: str, last: str) -> Sequence[Value]:
        """Give the cells from one column to another."""
        order = self.table.order
        return [self.cell(ident) for ident in self.table.idents[order[first] : order[last] + 1]]

    def name(self, ident: str) -> Value:
        """Give a cell above the table or a number of the sheet 标准."""
        return self.table.name(ident)
