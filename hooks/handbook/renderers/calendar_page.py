"""The calendar files on the calendar page: a row for each role, a column for each year, with what is known of holidays."""

from __future__ import annotations

from handbook.renderers.calendar_shelf import all_duties_address, calendar_roles, calendar_years, role_address
from handbook.renderers.press import Press
from handbook.renderers.templating import render
from handbook.renderers.view import View


def calendar_files(press: Press, view: View) -> str:
    """Give the downloads."""
    site, shelf = press.site, press.shelf
    years = [
        {"year": year, "holidays": site.library.holidays.get(year), "all": shelf[all_duties_address(year)]}
        for year in calendar_years(site)
    ]
    roles = [
        (
            role,
            [
                tuple(shelf[role_address(role.id, year, plain=plain)] for plain in (False, True))
                for year in calendar_years(site)
            ],
        )
        for role in calendar_roles(site)
    ]
    return render("calendar_files.html", view=view, years=years, roles=roles)
