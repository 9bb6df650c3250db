"""A new object is valid as it stands, in the small library and in the real one."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from handbook.use_cases.check import check
from handbook.use_cases.create import KINDS, CreateError, create
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

ROOT = Path(__file__).parents[2]
BASE = Path(__file__).parent / "base"
ON = dt.date(2026, 7, 1)


def copy_of(docs, to):
    shutil.copytree(docs, to / "docs", ignore=shutil.ignore_patterns("assets"))
    return to


@pytest.fixture
def project(tmp_path):
    return copy_of(BASE / "docs", tmp_path)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return copy_of(ROOT / "docs", tmp_path_factory.mktemp("real"))


def snapshot(project):
    return {path: path.read_bytes() for path in sorted(project.rglob("*")) if path.is_file()}


def test_all_kinds_have_a_chinese_name():
    assert KINDS["procedures"] == "程序"
    assert len(KINDS) == 14


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_new_object_passes_the_check_in_the_small_library(kind, project):
    made = create(project, kind, "brand-new")
    assert made[0] == project / "docs" / "_data" / kind / "brand-new.yml"
    assert len(made) == (2 if kind in ("procedures", "meetings", "practices") else 1)
    assert all("# " in path.read_text(encoding="utf-8") for path in made[:1])
    assert check(project, ON) == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_new_object_passes_the_check_in_the_real_library(kind, real):
    made = create(real, kind, "brand-new")
    try:
        assert check(real, ON) == ()
    finally:
        for path in made:
            path.unlink()


def test_new_objects_of_all_kinds_can_be_published_and_are_not_listed(project):
    for kind in KINDS:
        create(project, kind, f"new-{kind}")
    publication = Publication(prepare(project / "docs", project, ON))
    assert "forms/new-forms.md" in {page.uri for page in publication.pages}
    assert list(publication.files())
    bodies = {page.uri: publication.expand(page).body for page in publication.site.library.pages.values()}
    assert "# 新程序new-procedures" in bodies["procedures/new-procedures.md"]
    assert "# 新会议规程new-meetings" in bodies["meetings/new-meetings.md"]
    assert "开茶室" in bodies["index.md"]
    assert "新程序" not in bodies["index.md"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_creating_twice_is_refused_and_changes_nothing(kind, project):
    create(project, kind, "brand-new")
    before = snapshot(project)
    with pytest.raises(CreateError, match=r"编号 brand-new 已被 docs/\S+ 使用 → 请换一个编号"):
        create(project, kind, "brand-new")
    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("kind", "ident", "said"),
    [
        ("roles", "Brand_New", "编号 'Brand_New' 含有全角字符、大写、空格或下划线 → 请改成 brand-new"),
        ("roles", "新角色", "编号 '新角色' 不合规则 → 编号只用半角小写字母、数字和连字符，如 member-admission"),
        ("roles", "../keeper", "编号 '../keeper' 不合规则"),
        ("role", "brand-new", "没有“role”这个种类 → 是否想写 'roles'？"),
        ("meetings", "open-room", "编号 open-room 已被 docs/_data/procedures/open-room.yml 使用"),
        ("reports", "tea-year", "编号 tea-year 已被 docs/_data/genres/tea-year.yml 使用"),
    ],
)
def test_what_cannot_be_created_is_refused_and_changes_nothing(kind, ident, said, project):
    before = snapshot(project)
    with pytest.raises(CreateError) as refusal:
        create(project, kind, ident)
    assert said in str(refusal.value)
    assert snapshot(project) == before


def test_an_id_whose_page_exists_is_refused(project):
    (project / "docs" / "forms").mkdir()
    (project / "docs" / "forms" / "index.md").write_text("---\nid: index\n---\n", encoding="utf-8")
    with pytest.raises(CreateError, match=r"docs/forms/index\.md"):
        create(project, "forms", "index")


def test_missing_neighbours_are_named(tmp_path):
    (tmp_path / "docs").mkdir()
    with pytest.raises(CreateError, match=r"还没有可用的角色 → 请先新建一个：scripts/new\.py roles 编号"):
        create(tmp_path, "procedures", "brand-new")
    create(tmp_path, "roles", "first-role")
    with pytest.raises(
        CreateError, match=r"程序还没有分组 → 请先在 docs/_data/groups\.yml 里写一组，section 写 procedures"
    ):
        create(tmp_path, "procedures", "brand-new")
    groups = (BASE / "docs" / "_data" / "groups.yml").read_text(encoding="utf-8")
    (tmp_path / "docs" / "_data" / "groups.yml").write_text(groups, encoding="utf-8")
    create(tmp_path, "procedures", "brand-new")
    assert check(tmp_path, ON) == ()


def test_a_refused_write_leaves_no_half(project, monkeypatch):
    before = snapshot(project)
    write_text = Path.write_text

    def refuse(self, *args, **kwargs):
        if self.suffix == ".md":
            raise OSError(28, "full")
        return write_text(self, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(CreateError, match="写不了文件"):
        create(project, "procedures", "brand-new")
    assert snapshot(project) == before
