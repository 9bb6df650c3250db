"""Every sentence that the check can say is said in some golden case; a new one without a case fails here."""

import ast
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from golden_case import case_paths, read_case

HANDBOOK = Path(__file__).parents[2] / "hooks" / "handbook"
HAN = re.compile(r"[\u4e00-\u9fff]")
SPEAKING = re.compile(r"\b(?:Diagnostic|Finding|Unresolved|refuse|say|_say|unknown|report)\(")
"""Ways of saying something; a module without any only reads."""
SPEAKERS = sorted(
    path
    for pattern in (
        "loading/*.py",
        "rules/*.py",
        "model/scalars.py",
        "model/citation.py",
        "model/review.py",
        "use_cases/prepare.py",
    )
    for path in HANDBOOK.glob(pattern)
    if SPEAKING.search(path.read_text(encoding="utf-8"))
)
SILENT = {
    # tables and patterns, never shown
    "loading/text_checks.py": ("厂乙冂几",),
    "loading/records.py": ("姓名", "身份证", "证件号", "手机", "电话", "住址"),
    "model/citation.py": ("零一二三四五六七八九", "[（(", "十", "百", "第.*?款", "第.*?章"),
    "model/scalars.py": ("(?:程序|",),
    "rules/form_fields.py": ("[一二三四五六七八九十]+、", "（[一二三四五六七八九十]+）", "（\\d+）"),
    "rules/forms.py": ("【待填：([^】]*)】", "【指标：([^】]*)】"),
    # the net under kinds of refusals that no model of today can raise
    "loading/validate.py": ("内容不合要求", "请对照同类文件改写"),
    # measure words and comparators by which claims are compared
    "rules/clause_numbers.py": ("不超过", "不足"),
    "rules/known_facts.py": ("学时", "小时", "厘米", "不少于", "以上", "超过", "不超过", "以内", "以下", "不足"),
    # comparators, compared with what a fact says
    "rules/regulation_facts.py": ("以下", "不足"),
    # hints are no mistakes, their own test reads them; placeholders and heads of columns are patterns
    "rules/sentence_length.py": ("【(?:待填|指标)：[^】]*】", "能拆成两句更好读", "这一句有"),
    "rules/texts.py": ("不要|别这样|错|不对|不当",),
    # placeholders and the words of real reports, looked for and never said
    "rules/genres.py": ("【栏：([^】]*)】", "【(同比|环比)：", "【(?:(?:指标|"),
    "rules/report_words.py": (
        "一年来|一年以来",
        "半年来|半年以来",
        "[省市县区州]",
        "[XＸ]{1,6}",
        "百分之百|",
        "【指标：|【栏：",
        "，、：一二三",
    ),
    # units by which a year is twelve months
    "rules/workbooks.py": ("年", "个月"),
    # labels of clauses on pages
    "rules/clauses.py": ("（未逐条核对）", "（条号待核）"),
}


def templates(path: Path) -> list[tuple[int, re.Pattern[str]]]:
    """Line and pattern of every Chinese text literal of a module; what is filled in matches anything."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node) for node in docstrings(tree)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            apart.update(id(part) for part in node.values)
            pieces = [re.escape(part.value) if isinstance(part, ast.Constant) else ".*?" for part in node.values]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            pieces = [re.escape(node.value)]
        else:
            continue
        pattern = "".join(pieces)
        if HAN.search(pattern):
            found.append((node.lineno, re.compile(pattern)))
    return found


def docstrings(tree: ast.AST) -> list[ast.AST]:
    """Text that stands as a statement of its own."""
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]


def silent(path: Path, pattern: str) -> bool:
    known = SILENT.get(path.relative_to(HANDBOOK).as_posix(), ())
    return any(pattern == text or (len(text) > 1 and re.escape(text) in pattern) for text in known)


@pytest.fixture(scope="module")
def lines():
    return [line for path in case_paths() for line in read_case(path).diagnostics]


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda path: path.relative_to(HANDBOOK).as_posix())
def test_every_message_has_a_golden_case(path, lines):
    unsaid = [
        f"{path.name}:{line}: {pattern.pattern}"
        for line, pattern in templates(path)
        if not silent(path, pattern.pattern) and not any(pattern.search(said) for said in lines)
    ]
    assert unsaid == []


def test_a_message_without_case_would_be_noticed(tmp_path, lines):
    module = tmp_path / "module.py"
    module.write_text(
        '"""文档。"""\n\ndef f(x):\n    """也是文档。"""\n    return f"这句话{x}没有任何样例"\n', encoding="utf-8"
    )
    ((line, pattern),) = templates(module)
    assert line == 5
    assert pattern.search("这句话甲没有任何样例")
    assert not any(pattern.search(said) for said in lines)
