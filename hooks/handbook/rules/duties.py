"""Suggested reminders of duties lie in the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.context import Context


def reminders_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check months, the week of the month and the weekday, and that a recurring duty is due at least once."""
    for duty in context.library.duties.values():
        name = f"duties/{duty.id}"
        if duty.times == 0:
            yield context.say(name, ("times",), "次数是0", "请写至少1次，或删去这个文件")
        if not duty.reminder.months:
            yield context.say(name, ("reminder", "months"), "没有写哪个月提醒", "请至少写一个月，如 - 3")
        for index, month in enumerate(duty.reminder.months):
            if not 1 <= month <= 12:
                yield context.say(name, ("reminder", "months", index), f"没有{month}月", "请写1到12")
            elif month in duty.reminder.months[:index]:
                yield context.say(name, ("reminder", "months", index), f"{month}月写了两次", "请删去一处")
        for key, most, what in (("week", 5, "第几周"), ("weekday", 7, "星期几")):
            number = getattr(duty.reminder, key)
            if not 1 <= number <= most:
                yield context.say(name, ("reminder", key), f"{what}不能写{number}", f"请写1到{most}")
