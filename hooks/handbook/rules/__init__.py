"""Rules over the whole library: each yields what it finds, none raises. `RULES` is the list that a check runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.citations import citations_resolve
from handbook.rules.claims_hold import claims_hold
from handbook.rules.context import Context
from handbook.rules.dates import dates_are_in_order
from handbook.rules.duties import reminders_are_sound
from handbook.rules.editorial import ends_are_right, members_are_grounded, texts_are_clean
from handbook.rules.form_fields import demands_are_met, form_examples_are_right, forms_are_sound
from handbook.rules.forms import grids_add_up, placeholders_match
from handbook.rules.genres import frozen_reports_are_sealed, genres_are_sound, reports_are_sound
from handbook.rules.holidays import holidays_are_sound
from handbook.rules.identity import ids_are_unique, pages_have_data, record_ids_are_unique
from handbook.rules.ledgers import checklists_do_not_collide, duties_find_their_records, ledgers_are_sound
from handbook.rules.metrics import metrics_are_sound
from handbook.rules.page_links import links_lead_somewhere, no_page_is_alone
from handbook.rules.page_parts import ids_do_not_clash, names_for_search, pages_are_complete
from handbook.rules.pages import directives_resolve, headings_are_sound
from handbook.rules.record_rows import no_row_stands_twice
from handbook.rules.references import references_exist
from handbook.rules.regulation_facts import facts_are_sound
from handbook.rules.regulations import names_are_unique, replacements_are_sound, versions_are_sound
from handbook.rules.report_words import reports_say_what_they_can
from handbook.rules.reviews import reviews_are_sound
from handbook.rules.word_choice import wording_is_sound
from handbook.rules.workbooks import sheets_are_sound

Rule = Callable[[Context], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    ids_are_unique,
    record_ids_are_unique,
    no_row_stands_twice,
    pages_have_data,
    references_exist,
    citations_resolve,
    versions_are_sound,
    replacements_are_sound,
    facts_are_sound,
    names_are_unique,
    placeholders_match,
    grids_add_up,
    forms_are_sound,
    form_examples_are_right,
    demands_are_met,
    ledgers_are_sound,
    sheets_are_sound,
    metrics_are_sound,
    genres_are_sound,
    reports_are_sound,
    reports_say_what_they_can,
    frozen_reports_are_sealed,
    duties_find_their_records,
    checklists_do_not_collide,
    reminders_are_sound,
    holidays_are_sound,
    directives_resolve,
    headings_are_sound,
    claims_hold,
    reviews_are_sound,
    wording_is_sound,
    texts_are_clean,
    ends_are_right,
    members_are_grounded,
    names_for_search,
    pages_are_complete,
    ids_do_not_clash,
    links_lead_somewhere,
    no_page_is_alone,
    dates_are_in_order,
)


def run_rules(context: Context) -> Iterator[Diagnostic]:
    """Run all rules over one reading."""
    for rule in RULES:
        yield from rule(context)
