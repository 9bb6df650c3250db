"""Filling in on the page: what a page carries for it, and the scripts that hold the files to be filled in.

A page holds only the fields; the files are scripts of their own, loaded when a reader asks for the finished file, because
a page opened from a USB stick may load scripts and nothing else.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handbook.composition.filling import Fillable, Lists, Values, data_for_page
from handbook.renderers.download import Download
from handbook.renderers.view import View

ANCHOR = "fill"
"""``…/public-notice.html#fill`` opens the panel."""
_FOLDERS = ("forms/", "reports/")
_NOT_TO_FILL = ("-guide.docx", "-example.docx")
_HEAD = "-head.docx"
_EMPTY_CONTROL = b"<w:showingPlcHdr/>"


@dataclass(frozen=True, slots=True)
class FillFile:
    """A file of the page that can be filled in."""

    address: str
    label: str
    """What tells it from the others: 普通版式, 红头版式."""

    @property
    def head(self) -> bool:
        """It has the red head, and the fields in it."""
        return self.address.endswith(_HEAD)


def fill_panel(
    view: View, fillable: Fillable, files: Sequence[FillFile], example: tuple[Values, Lists] | None = None
) -> str:
    """Give the panel, hidden until its script runs; nothing where nothing is to be filled in."""
    if not (fillable.fields or fillable.lists) or not files:
        return ""
    data = data_for_page(fillable, example)
    data["files"] = [
        {
            "address": file.address,
            "label": file.label,
            "head": file.head,
            "script": view.href(script_address(file.address)),
        }
        for file in files
    ]
    return str(
        Markup(
            '<div class="hb-fill" id="{}" data-fill="{}" data-handbook="fill/{}" hidden>\n'
            '<script type="application/json">{}</script>\n</div>'
        ).format(ANCHOR, fillable.owner, fillable.owner.rpartition("/")[2], Markup(_json(data)))  # noqa: S704
    )


def to_fill(downloads: Iterable[Download]) -> list[FillFile]:
    """Give those of a page's downloads that can be filled in."""
    return [
        FillFile(item.address, "红头版式" if item.address.endswith(_HEAD) else "普通版式")
        for item in downloads
        if _is_to_fill(item.address, item.content)
    ]


def script_address(address: str) -> str:
    """Give the address of the script that holds a file."""
    return f"{address}.js"


def docx_script(address: str, content: bytes) -> tuple[str, bytes]:
    """Give the script that holds a file, under the file's address in ``HandbookFiles``."""
    data = base64.b64encode(content).decode()
    text = f'(window.HandbookFiles = window.HandbookFiles || {{}})[{json.dumps(address)}] = "{data}";\n'
    return script_address(address), text.encode()


def docx_scripts(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give a script for each Word file of a form or report in which something is to be filled in."""
    for address, content in files.items():
        if _is_to_fill(address, content):
            yield docx_script(address, content)


def _is_to_fill(address: str, content: bytes) -> bool:
    ours = address.startswith(_FOLDERS) and address.endswith(".docx") and not address.endswith(_NOT_TO_FILL)
    return ours and _EMPTY_CONTROL in content


def _json(data: object) -> str:
    """Give JSON that no HTML parser can take for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
