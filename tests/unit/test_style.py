"""Style sheets and scripts as they are shipped: lighter, and otherwise the same."""

import re
from pathlib import Path

import pytest

from handbook.renderers.style import combine, lighten

SCRIPTS = sorted((Path(__file__).parents[2] / "docs/assets").glob("*.js"))


def test_sheets_become_one_without_comments() -> None:
    sheets = ["/* a */\n.x,\n.z {\n  color: red;\n  font:\n    bold 1em serif;\n}\n", ".y { }\n"]
    assert combine(sheets) == b".x,.z{color: red;font: bold 1em serif}.y{ }\n"


def test_a_script_loses_comments_that_fill_or_end_a_line() -> None:
    script = "/* head\n * more */\n(() => {\n  /* one */\n  a(); /* two */\n  /* three */ b('/* no */');\n\n  c('*/');\n})();\n"
    assert lighten(script).decode() == "(() => {\na();\n/* three */ b('/* no */');\nc('*/');\n})();\n"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_keep_every_line_of_code(path: Path) -> None:
    """No text of ours spans lines, so that taking indentation away changes nothing."""
    text = path.read_text(encoding="utf-8")
    assert "`" not in "".join(
        line for line in text.splitlines() if "/*" not in line and not line.lstrip().startswith("*")
    )
    light = lighten(text).decode().splitlines()
    code = [re.sub(r"\s+/\*.*\*/$", "", line).strip() for line in text.splitlines() if line.strip()]
    assert [line for line in code if line in set(light)] == light
    assert all(not line.startswith("/*") or "*/" in line for line in light)
