"""The doors keep their word where the machine does not: old Python, odd consoles, full disks, taken ports, interruptions."""

import argparse
import ast
import errno
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import pytest

import _bootstrap
import _cli
import _console
import _environment
import _lockfile
import _mkdocs_log
import _pip
import _preview
import _process
import _server
import _swap
import _watch

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = PROJECT / "scripts"
DOORS = sorted(path for path in SCRIPTS.glob("*.py") if not path.name.startswith("_"))
LOCKS = SCRIPTS / "locks"
NOBODY = 2**22 + 1
"""A process number above what Linux gives out."""


def run(*command, **variables):
    """Run a door as a person would, from another folder."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=PROJECT.parent,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def built(folder, text, *, whole=True):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    if whole:
        _swap.finish(folder)
    return folder


def shown(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


# --- Python and console


@pytest.mark.parametrize(
    "path", [*DOORS, SCRIPTS / "_bootstrap.py", SCRIPTS / "_console.py"], ids=lambda path: path.name
)
def test_an_old_python_can_read_the_door(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("door", DOORS, ids=lambda path: path.name)
def test_an_old_python_is_refused_in_chinese(door):
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); sys.path.insert(0, sys.argv[1]);"
        "runpy.run_path(sys.argv[2], run_name='__main__')"
    )
    result = run("-c", pretend, SCRIPTS, door)
    said = result.stderr.decode()
    assert result.returncode == 2
    assert "Python 版本太低：需要 3.11 或更新的版本，现在运行的是 3.8.18" in said
    assert "办法：" in said
    assert "Traceback" not in said


def test_the_advice_for_an_old_python_fits_the_system():
    assert "py -3.11 scripts\\serve.py" in _bootstrap.too_old((3, 10, 2), "nt")
    assert "python3.11 scripts/serve.py" in _bootstrap.too_old((3, 10, 2), "posix")
    assert not _bootstrap.too_old((3, 11, 0), "posix")


def test_a_chinese_windows_console_shows_what_it_can_and_never_fails():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp936")
    _console.make_safe(stream)
    stream.write("党务：→ ⺠ 🙂\n")
    stream.flush()
    assert stream.encoding == "cp936"
    assert raw.getvalue().decode("cp936") == "党务：→ ? ?" + os.linesep
    stream.close()


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1"])
def test_a_console_without_chinese_is_switched_to_utf8(encoding):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    _console.make_safe(stream)
    stream.write("党务")
    stream.flush()
    assert raw.getvalue().decode("utf-8") == "党务"
    stream.close()


def test_a_stream_that_is_none_or_cannot_change_is_left_alone():
    _console.make_safe(None)
    _console.make_safe(io.StringIO())


def test_a_door_speaks_cp936_where_the_console_does():
    result = run(SCRIPTS / "build.py", "--help", PYTHONIOENCODING="cp936")
    assert result.returncode == 0
    assert "构建网站" in result.stdout.decode("cp936")


# --- the command line


@pytest.mark.parametrize(
    ("door", "arguments", "words"),
    [
        ("build", ["--overlay", "x"], "不认识的参数：--overlay x"),
        ("serve", ["--port"], "--port 后面缺少一个值"),
        ("serve", ["--port", "http"], "端口应为 0 到 65535 的整数，这里是“http”"),
        ("serve", ["--port", "70000"], "端口应为 0 到 65535 的整数"),
        ("serve", ["--por", "8000"], "不认识的参数：--por 8000"),
        ("build", ["--date", "2026-02-30"], "日期应写成 YYYY-MM-DD、真实存在"),
        ("build", ["--date", "20260228"], "日期应写成 YYYY-MM-DD"),
        ("build", ["--offline=1"], "--offline 后面不能带值"),
        ("check", ["--format", "xml"], "只能是 text、json，这里是“xml”"),
        ("new", ["procedure"], "缺少参数：ID"),
        ("export", ["somewhere"], "不认识的参数：somewhere"),
        ("test", ["-k", "x"], "不认识的参数：-k x"),
    ],
)
def test_a_wrong_command_is_explained_in_chinese(door, arguments, words):
    result = run(SCRIPTS / f"{door}.py", *arguments)
    said = result.stderr.decode()
    assert result.returncode == 2
    assert words in said
    assert f"用法：{door}.py" in said
    assert not re.search(r"usage|error|expected|invalid|Traceback", said)


@pytest.mark.parametrize("door", DOORS, ids=lambda path: path.name)
def test_help_is_chinese(door):
    said = run(door, "--help").stdout.decode()
    assert said.startswith("用法：")
    assert "显示这段说明" in said
    assert "show this help" not in said


def test_a_sentence_of_argparse_that_nobody_foresaw_still_gets_a_chinese_frame():
    assert _cli.translate("something new").startswith("参数有误：")


def test_the_given_date_beats_the_epoch_and_the_epoch_beats_today(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767196800))  # 2026-01-01 00:00 in +08:00
    assert _cli.build_date(None) == date(2026, 1, 1)
    assert _cli.build_date(date(2025, 7, 1)) == date(2025, 7, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", _cli.noon(date(2026, 7, 1)))
    assert _cli.build_date(None) == date(2026, 7, 1)


def test_a_wrong_epoch_is_explained(monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(SystemExit, match="2"):
        _cli.build_date(None)
    assert "SOURCE_DATE_EPOCH 应为整数秒，这里是“yesterday”" in capsys.readouterr().err


def test_dates_are_read_by_one_pattern_only():
    assert _cli.day("2026-07-01") == date(2026, 7, 1)
    with pytest.raises(argparse.ArgumentTypeError):
        _cli.day("2026-W01-1")


# --- endings


def ended(capsys, error):
    def main(_arguments):
        raise error

    with pytest.raises(SystemExit) as caught:
        _cli.run(main)
    return caught.value.code, capsys.readouterr().err


def windows_error(number):
    error = OSError("磁盘空间不足")
    error.winerror = number
    return error


@pytest.fixture
def signals_kept(monkeypatch):
    monkeypatch.setattr(_cli.signal, "signal", lambda *_: None)


@pytest.mark.usefixtures("signals_kept")
@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "磁盘空间不足"),
        (windows_error(112), 1, "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied", "D:\\手册\\site"), 1, "没有权限写入或读取：D:\\手册\\site"),
        (OSError(errno.EROFS, "Read-only file system"), 1, "没有权限"),
        (KeyboardInterrupt(), 130, "已中断"),
    ],
)
def test_what_the_machine_refuses_is_a_sentence(capsys, error, code, words):
    ending, said = ended(capsys, error)
    assert ending == code
    assert words in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("signals_kept")
def test_a_programming_mistake_goes_into_a_file(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(_cli.tempfile, "gettempdir", lambda: str(tmp_path))
    code, said = ended(capsys, ZeroDivisionError("division by zero"))
    (report,) = tmp_path.iterdir()
    assert code == 1
    assert "程序出错（不是数据的问题）：ZeroDivisionError: division by zero" in said
    assert str(report) in said
    assert "Traceback" not in said
    assert "Traceback" in report.read_text(encoding="utf-8")


# --- the swap


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "手册 项目"
    for name in ("docs", "hooks"):
        (folder / name).mkdir(parents=True)
    return folder


def test_a_swap_puts_the_new_site_in_place_and_leaves_nothing_else(project):
    out = built(project / "site", "旧")
    fresh = _swap.staging(out)
    (fresh / "index.html").write_text("新", encoding="utf-8")
    _swap.finish(fresh)
    _swap.swap(fresh, out, project)
    assert shown(out) == "新"
    assert sorted(path.name for path in project.iterdir()) == [".venv", "docs", "hooks", "site"]
    assert not list((project / ".venv").iterdir())


def test_a_swap_into_an_empty_or_absent_folder(project):
    for name in ("empty", "absent"):
        out = project / name
        if name == "empty":
            out.mkdir()
        _swap.swap(built(project / f"{name}.new-{os.getpid()}", "新"), out, project)
        assert shown(out) == "新"


def test_a_failed_second_rename_puts_the_old_site_back(project, monkeypatch):
    out = built(project / "site", "旧")
    fresh = built(project / f"site.new-{os.getpid()}", "新")
    real = _swap._rename

    def rename(source, target):
        if source == fresh:
            raise PermissionError(errno.EACCES, "busy", str(source))
        real(source, target)

    monkeypatch.setattr(_swap, "_rename", rename)
    with pytest.raises(PermissionError):
        _swap.swap(fresh, out, project)
    assert shown(out) == "旧"


@pytest.mark.parametrize(("whole", "expected"), [(True, "新"), (False, "旧")])
def test_dying_between_the_renames_is_healed_by_the_next_door(project, tmp_path, whole, expected):
    out = built(tmp_path / "elsewhere" / "web", "旧")
    die = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import _swap\n"
        "out, project, real = Path(sys.argv[2]), Path(sys.argv[3]), _swap._rename\n"
        "fresh = _swap.staging(out); (fresh / 'index.html').write_text('新', encoding='utf-8')\n"
        f"{whole} and _swap.finish(fresh)\n"
        "_swap._rename = lambda source, target: os._exit(9) if source == fresh else real(source, target)\n"
        "_swap.swap(fresh, out, project)"
    )
    assert run("-c", die, SCRIPTS, out, project, PYTHONUTF8="1").returncode == 9
    assert not out.exists()
    note = project / ".venv" / "pending-swap.json"
    assert note.exists()
    _swap.heal_pending(project)
    assert shown(out) == expected
    assert [path.name for path in out.parent.iterdir()] == ["web"]
    assert not note.exists()


def test_a_swap_that_is_under_way_is_not_disturbed(project):
    built(project / "site.old", "旧")
    (project / ".venv").mkdir()
    (project / ".venv" / "pending-swap.json").write_text(
        json.dumps({"out": str(project / "site"), "pid": os.getpid()}), encoding="utf-8"
    )
    _swap.heal_pending(project)
    assert not (project / "site").exists()


def test_healing_removes_leftovers_of_dead_builds_only(project):
    out = built(project / "site", "好")
    built(project / "site.old", "旧")
    built(project / f"site.new-{NOBODY}", "半", whole=False)
    built(project / f"site.new-{os.getpid()}", "正在构建", whole=False)
    built(project / "site.new-mine", "别人的", whole=False)
    assert _swap.heal(out)
    left = sorted(path.name for path in project.iterdir() if path.name.startswith("site"))
    assert left == ["site", f"site.new-{os.getpid()}", "site.new-mine"]
    assert shown(out) == "好"


def test_a_persons_own_old_folder_is_neither_healed_nor_replaced(project):
    mine = built(project / "site.old", "我的备份", whole=False)
    assert not _swap.heal(project / "site")
    built(project / "site", "旧")
    with pytest.raises(_swap.SwapError, match="不是构建的结果"):
        _swap.swap(built(project / f"site.new-{os.getpid()}", "新"), project / "site", project)
    assert shown(mine) == "我的备份"


def test_the_mark_is_the_same_bytes_everywhere(tmp_path):
    _swap.finish(tmp_path)
    assert (tmp_path / _swap.MARK).read_bytes() == _swap.MARK_TEXT.encode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "项目文件夹或它的上级"),
        ("..", "项目文件夹或它的上级"),
        ("/", "项目文件夹或它的上级"),
        ("docs", "docs 文件夹里"),
        ("docs/_site", "docs 文件夹里"),
        ("hooks/out", "hooks 文件夹里"),
        ("scripts", "scripts 文件夹里"),
        ("tests/out", "tests 文件夹里"),
        (".git/site", ".git 文件夹里"),
        ("full", "不是空文件夹"),
        ("file", "是一个文件"),
        ("docs/../docs/x", "docs 文件夹里"),
    ],
)
def test_a_dangerous_target_is_refused(project, capsys, name, words):
    (project / "full").mkdir()
    (project / "full" / "家谱.txt").write_text("1", encoding="utf-8")
    (project / "file").write_text("1", encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        _cli.target(project / name, project / "site", project)
    assert words in capsys.readouterr().err
    assert (project / "full" / "家谱.txt").exists()


def test_a_former_build_an_empty_and_a_new_folder_are_taken(project):
    built(project / "site", "旧")
    (project / "empty").mkdir()
    for name in ("site", "empty", "new/deep"):
        assert _cli.target(project / name, project / "site", project) == (project / name).resolve()
    assert _cli.target(None, project / "site", project) == project / "site"


# --- environments and locks


@pytest.fixture
def locks(project):
    folder = project / "scripts" / "locks"
    folder.mkdir(parents=True)
    (folder / "runtime.txt").write_bytes(b"a==1\n")
    (folder / "dev.txt").write_bytes(b"a==1\r\nb==2\r\n")
    return _environment.lock_hashes(project)


def stamped(folder, held):
    python = _environment.interpreter(folder)
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    (folder / _environment.STAMP).write_text(json.dumps({"locks": held}), encoding="utf-8")
    return python


def test_the_tests_environment_serves_the_other_doors_too(project, locks):
    python = stamped(_environment.place(project, "dev", locks), locks)
    assert _environment.ensure(project, "runtime") == python
    assert _environment.ensure(project, "dev") == python


def test_an_interpreter_that_holds_the_lock_is_used_as_it_is(project, locks, monkeypatch, tmp_path):
    stamped(tmp_path / "env", locks)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    assert _environment.ensure(project, "runtime") is None


def test_a_changed_lock_asks_for_another_environment(project, locks):
    before = _environment.place(project, "runtime", locks)
    stamped(before, locks)
    (project / "scripts" / "locks" / "runtime.txt").write_bytes(b"a==2\n")
    after = _environment.lock_hashes(project)
    assert _environment.place(project, "runtime", after) != before
    assert not _environment._holds(before, "runtime", after)


def test_line_ends_of_a_checkout_do_not_change_a_lock(project, locks):
    (project / "scripts" / "locks" / "dev.txt").write_bytes(b"a==1\nb==2\n")
    assert _environment.lock_hashes(project) == locks


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "已中断，运行环境没有装完"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied"), 2, "项目文件夹不可写"),
    ],
)
def test_an_environment_that_was_not_finished_is_removed(project, locks, monkeypatch, capsys, raised, code, words):
    folder = _environment.place(project, "runtime", locks)

    def fill(*_):
        folder.mkdir()
        raise raised

    monkeypatch.setattr(_environment, "_fill", fill)
    monkeypatch.setattr(_environment, "_require_venv", lambda: None)
    with pytest.raises(SystemExit) as caught:
        _environment.ensure(project, "runtime")
    assert caught.value.code == code
    assert words in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="Debian only")
def test_a_missing_venv_module_names_the_one_command(monkeypatch, capsys):
    monkeypatch.setattr(_environment, "_can_create", lambda: False)
    monkeypatch.setattr(_environment.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(_environment.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="2"):
        _environment._require_venv()
    said = capsys.readouterr().err
    assert f"apt-get install -y python{sys.version_info[0]}.{sys.version_info[1]}-venv" in said


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("Retrying ... NewConnectionError('...')\nERROR: No matching distribution found for a", "连不上软件源"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "校验值不一致"),
        ("ERROR: Could not find a version that satisfies the requirement a==1", "没有适合本机"),
        ("OSError: [WinError 5] Access is denied: 'D:\\\\手册\\\\.venv'", "项目文件夹不可写"),
        ("ERROR: what nobody foresaw", "没有装好运行环境"),
    ],
)
def test_why_packages_could_not_be_installed_is_said_in_chinese(tmp_path, output, words):
    said = _pip.explain(output, tmp_path)
    assert words in said
    assert "办法：" in said
    assert output.splitlines()[-1] in said


def test_packages_that_cannot_be_fetched_end_in_words(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text(f"nothing==1 \\\n    --hash=sha256:{'0' * 64}\n", encoding="ascii")
    variables = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}
    with pytest.MonkeyPatch.context() as patch:
        for key, value in variables.items():
            patch.setenv(key, value)
        trouble = _pip.install(Path(sys.executable), lock)
    assert "软件源里没有锁文件要的软件包" in _pip.explain(trouble, tmp_path)


def test_an_environment_has_its_python_where_the_system_keeps_it():
    assert _environment.interpreter(Path("env"), "nt").parts[-2:] == ("Scripts", "python.exe")
    assert _environment.interpreter(Path("env"), "posix").parts[-2:] == ("bin", "python")


def test_two_doors_do_not_make_one_environment(tmp_path, capsys):
    path = tmp_path / "making.lock"
    entered = threading.Event()

    def second():
        with _lockfile.exclusive(path, waiting="等待中"):
            entered.set()

    with _lockfile.exclusive(path, waiting=""):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.5)
    thread.join(5)
    assert entered.is_set()
    assert capsys.readouterr().err.strip() == "等待中"


@pytest.mark.skipif(os.name == "nt", reason="groups of processes")
def test_an_interrupted_installer_takes_its_children_along(tmp_path):
    child = f"import time; time.sleep(1); open({str(tmp_path / 'late')!r}, 'w').close()"
    parent = f"import subprocess, sys; print('ready', flush=True); subprocess.run([sys.executable, '-c', {child!r}])"
    process = _process.start([sys.executable, "-c", parent], dict(os.environ))
    with process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        _process.end(process)
    time.sleep(1)
    assert not (tmp_path / "late").exists()


def pins(name):
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return {line.split("==")[0]: line for line in text.splitlines() if line and not line.startswith("#")}


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_a_lock_pins_and_hashes_everything_and_names_no_address(name):
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|@ |--(extra-)?index-url|--find-links|file:", text)
    for package, line in pins(name).items():
        assert re.match(r"[a-z0-9.-]+==[0-9][^ ]* ", line), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), package


def test_the_locks_hold_all_platforms_of_what_is_compiled():
    for package in ("pydantic-core", "pyyaml", "markupsafe", "watchdog"):
        assert pins("runtime")[package].count("--hash=") >= 20, package


def test_the_tests_lock_holds_the_runtime_lock():
    assert pins("runtime").items() <= pins("dev").items()


def test_what_is_asked_for_stands_in_the_lock():
    for name in ("runtime", "dev"):
        for line in (LOCKS / f"{name}.in").read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.startswith("#"):
                assert pins(name)[line.split("==")[0].lower()].startswith(line.lower())
    assert "mkdocs==1.6.1" in pins("runtime")["mkdocs"]


def test_the_npm_lock_names_no_address():
    folder = PROJECT / "tests" / "browser"
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert "http" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text(encoding="utf-8")


# --- what MkDocs says


@pytest.fixture
def page(project):
    (project / "docs" / "a.md").write_text("# 甲\n\n见 [乙](b.md)、[丙](c.md#x)\n", encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (
            "WARNING -  Doc file 'a.md' contains a link 'b.md', but the target is not found among documentation files.",
            "docs/a.md:3:7: 链接: 找不到链接指向的文件“b.md” → 改成存在的文件，或先建立这个文件",
        ),
        (
            "WARNING -  Doc file 'a.md' contains a link 'c.md#x', but the doc 'c.md' does not contain an anchor '#x'.",
            "docs/a.md:3:17: 链接: 链接“c.md#x”指向的位置在页面里不存在 → 改成页面里有的标题或条目的编号",
        ),
        (
            "ERROR   -  数据有 1 处问题：\ndocs/_data/roles/a.yml:2:1: titel: 不认识的键 → 改成 title\n\nAborted with a BuildError!",
            "docs/_data/roles/a.yml:2:1: titel: 不认识的键 → 改成 title",
        ),
        (
            "ERROR   -  Config value 'tehme': Unrecognised configuration name: tehme\nAborted with 1 configuration errors!",
            "mkdocs.yml:1:1: tehme: 不认识的配置项 → 改正拼写，或删去它",
        ),
        (
            'Error: MkDocs encountered an error parsing the configuration file: while parsing\n  in "m.yml", line 9, column 6',
            "mkdocs.yml:9:6: (文件): 配置文件不是正确的 YAML → 检查这一行的缩进、冒号和引号",
        ),
        ("OSError: [Errno 28] No space left on device: '/x'", _cli.DISK_FULL),
        ("Traceback (most recent call last):\nKeyError: 'x'", "程序出错（不是数据的问题）：KeyError: 'x'"),
        ("", "程序出错（不是数据的问题）：构建程序没有说明原因"),
    ],
)
def test_a_failed_build_speaks_chinese(page, log, expected):
    assert _mkdocs_log.problems(log, page) == (expected,)


def test_the_share_of_the_hooks_is_passed_on():
    assert _mkdocs_log.notes("INFO    -  钩子用时 0.31 秒，占构建 9%\n") == ("钩子用时 0.31 秒，占构建 9%",)


# --- serving


def test_a_taken_port_is_named_with_a_free_one(tmp_path, capsys):
    with socket.socket() as taken:
        taken.bind((_server.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert _preview.run(tmp_path, port) == 2
    said = capsys.readouterr().err
    assert f"端口 {port} 已被占用" in said
    suggested = int(re.search(r"--port (\d+)", said)[1])
    assert suggested != port


def test_a_port_that_needs_rights_is_explained():
    assert "没有权限使用端口 80" in _preview.refused(80, PermissionError(errno.EACCES, "Permission denied"))


@pytest.fixture
def server(tmp_path):
    server = _server.Server(0, 1)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server, path, method="GET"):
    request = urllib.request.Request(f"http://{_server.HOST}:{server.server_port}{path}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def test_pages_get_the_script_and_the_banner_but_the_files_stay_as_built(server, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    original = b"<html><body class=x><h1>A</h1></body></html>"
    (site / "index.html").write_bytes(original)
    server.show(site, ("docs/a.yml:1:1: <b>: 错 → 改",))
    status, text, headers = ask(server, "/")
    assert status == 200
    assert "/livereload/" in text
    assert '<body class=x><div id="handbook-problems"' in text
    assert "docs/a.yml:1:1: &lt;b&gt;: 错 → 改" in text
    assert headers["Cache-Control"] == "no-store"
    assert (site / "index.html").read_bytes() == original
    server.show(site, ())
    assert "handbook-problems" not in ask(server, "/index.html")[1]
    assert ask(server, "/index.html", "HEAD")[:2] == (200, "")


def test_without_any_site_a_plain_page_lists_the_problems(server):
    assert ask(server, "/x.html")[0] == 503
    server.show(None, ("docs/a.yml:1:1: k: 错 → 改",))
    status, text, _ = ask(server, "/x.html")
    assert status == 503
    assert "docs/a.yml:1:1: k: 错 → 改" in text
    assert "还没有" in text


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/a/", "/nothing", "/%00"]
)
def test_nothing_outside_the_site_and_no_listing_is_served(server, tmp_path, path):
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    (tmp_path / "site" / "a").mkdir(parents=True)
    server.show(tmp_path / "site", ())
    status, text, _ = ask(server, path)
    assert status == 404
    assert "秘密" not in text


def test_a_page_that_waits_hears_of_the_next_view(server, tmp_path):
    seen = str(server.view.number)
    threading.Timer(0.2, server.show, (tmp_path, ())).start()
    assert ask(server, f"/livereload/{seen}")[1] == str(int(seen) + 1)


def test_changes_are_seen_and_named_with_slashes(project):
    (project / "mkdocs.yml").write_text("a", encoding="utf-8")
    before = _watch.snapshot(project)
    (project / "docs" / "_data").mkdir()
    (project / "docs" / "_data" / "新.yml").write_text("a", encoding="utf-8")
    (project / "docs" / ".a.swp").write_text("a", encoding="utf-8")
    (project / "hooks" / "__pycache__").mkdir()
    (project / "hooks" / "__pycache__" / "a.pyc").write_text("a", encoding="utf-8")
    (project / "mkdocs.yml").unlink()
    assert _watch.changed(before, _watch.snapshot(project), project) == ["docs/_data/新.yml", "mkdocs.yml"]


def test_paths_are_shown_from_the_project_with_slashes(project):
    assert _cli.shown(project / "docs" / "a" / "b.md", project) == "docs/a/b.md"
