"""What new.py makes can be built at once: a start is withdrawn, kept, and shown nowhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from handbook.use_cases.create import create

PROJECT = Path(__file__).parents[2]


def test_a_fresh_procedure_and_meeting_build(tmp_path) -> None:
    for name in ("mkdocs.yml", "docs", "hooks"):
        source = PROJECT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    create(tmp_path, "procedures", "reading-room")
    create(tmp_path, "meetings", "quiet-hour")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "site")],
        cwd=tmp_path,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795233600", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert (tmp_path / "site" / "procedures" / "reading-room.html").is_file()
    assert "reading-room" not in (tmp_path / "site" / "procedures" / "index.html").read_text(encoding="utf-8")
