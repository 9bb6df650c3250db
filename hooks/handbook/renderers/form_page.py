"""The page of a form: what it is, its files, when and how, how it looks, field by field, and where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from handbook.composition.filling import Fillable, example_values, fillable_form
from handbook.composition.form import compose_form, with_letterhead
from handbook.composition.form_example import example_document
from handbook.composition.form_use import Place
from handbook.composition.packages import Entry, Package
from handbook.model.form import KIND_WORDS, Demand, Form
from handbook.renderers.fill_page import fill_panel, to_fill
from handbook.renderers.forms_shelf import variants
from handbook.renderers.head import Status, head, status_of
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.to_preview import preview
from handbook.renderers.view import View

TYPE_WORDS: Mapping[str, str] = {
    "text": "文字", "long": "一段文字", "date": "日期", "time": "时间", "choice": "选一项", "count": "整数",
    "amount": "金额，单位元", "doc-number": "发文字号，如示档支〔2026〕3号",
}  # fmt: skip
"""How a field is filled in that has no rule of its own."""
CATALOGUE = "forms/catalogue.html"


@dataclass(frozen=True, slots=True)
class _Use:
    """The places of one owner, and the form's number in that owner's package."""

    owner: str
    title: str
    places: tuple[Place, ...]
    package: Package | None
    entry: Entry | None

    @property
    def roles(self) -> tuple[str, ...]:
        """Who has to do with it there, each once."""
        return tuple(dict.fromkeys(role for place in self.places for role in place.roles))


def form_page(press: Press, form: Form) -> Page:
    """Give the page of a form."""
    uri = f"forms/{form.id}.md"
    view = press.view(uri)
    files = [press.shelf[address] for _, address in variants(form)]
    fillable = fillable_form(form)
    example = example_values(form)
    blocks = [
        head(view, form, _status(view, form)),
        render("form_files.html", view=view, items=files, catalogue=CATALOGUE),
        fill_panel(view, fillable, to_fill(files), example),
        "## 什么时候用 {#when}",
        str(view.text(form.used)),
    ]
    if form.guidance:
        blocks += ["## 怎么填 {#how}", render("form_guidance.html", view=view, form=form)]
    plain = compose_form(form)
    document = with_letterhead(form, plain) if form.letterhead else plain
    blocks += ["## 样子 {#looks}", preview(view, document, head_waits=True)]
    if any(example):
        made = preview(view, example_document(form), table="示例表格")
        blocks.append(render("form_example.html", sheet=Markup(made)))  # noqa: S704 - our own markup
    if form.fields:
        blocks += ["## 栏目 {#fields}", _fields(view, form, fillable)]
    if form.demands:
        blocks += ["## 条文要求写明的，都在哪里 {#demands}", _demands(view, form)]
    uses = _uses(view, form)
    if uses:
        blocks += ["## 用在哪里 {#used}", render("form_uses.html", view=view, uses=uses, shelf=press.shelf)]
    if form.related:
        blocks += ["## 相关 {#related}", render("related.html", view=view, references=form.related)]
    return Page(uri, form.title, form.summary, "\n\n".join(blocks) + "\n", f"_data/forms/{form.id}.yml")


def _status(view: View, form: Form) -> Status:
    """Give the common status line with what only a form has: 文种, 版本, 校验码."""
    tier, *rest = status_of(view, form, form.basis)
    code = view.site.freshness[form.id].code
    version = Markup("{}　<small>{}改</small>").format(form.version, form.changed)
    mine = (
        ("文种", escape(KIND_WORDS[form.kind])),
        ("版本", version),
        ("校验码", Markup('<code data-handbook="freshness/{}">{}</code>').format(form.id, code)),
    )
    return (tier, mine[0], mine[1], *rest, mine[2])


def _fields(view: View, form: Form, fillable: Fillable) -> str:
    """Give the fields in their groups, those of a list under the list's name."""
    groups = [*fillable.groups, *((f"{rows.title}（每行）", rows.fields) for rows in fillable.lists if rows.fields)]
    return render("form_fields.html", view=view, form=form, groups=groups, types=TYPE_WORDS)


def _demands(view: View, form: Form) -> str:
    labels = {field.id: field.label for field in form.fields}
    known = [(view.fact_clause(view.site.clauses.fact_names[item.fact]), item) for item in form.demands]
    demands: Sequence[tuple[Markup, Demand]] = known
    return render("form_demands.html", form=form, demands=demands, labels=labels)


def _uses(view: View, form: Form) -> list[_Use]:
    found: list[_Use] = []
    for owner, places in groupby(view.site.form_uses.get(form.id, ()), key=lambda place: place.owner):
        listed = tuple(places)
        package = view.site.packages.get(owner.partition("/")[2])
        entry = package.entry(form.id) if package and package.owner == owner else None
        found.append(_Use(owner, listed[0].title, listed, package if entry else None, entry))
    return found
