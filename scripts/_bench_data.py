"""The data part of the bench: how long ledgers of several sizes take to load, check and derive, against the targets.

Each size is an invented example of `make_example.py` in a temporary folder beside the real definitions (ledgers, metrics,
genres, duties). Each run is a process of its own; CPU seconds and memory are what the system says about it.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _console import say
from _example_data import make, write
from _example_units import COMMITTEE, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (4_000, 20_000, 100_000)
TARGETS = {4_000: (2.0, None), 100_000: (8.0, 700.0)}
"""Records → CPU seconds, MiB; other sizes only show how it grows."""
EXPONENT = 1.05
_NEARLY = 0.25
"""A size counts as that of a target where it differs by less than this share."""
_DEFINITIONS = ("duties", "genres", "ledgers", "metrics", "reports", "roles")
_GROWING = ("load", "check", "derive", "duties")
"""Stages that see every record; the others are the same whatever the size."""
STAGES = {
    "start": "启动（导入模块）", "load": "读入", "check": "检查", "derive": "算指标并核对", "duties": "台账体检",
    "reports": "填十五个单位的报告",
}  # fmt: skip
_MIB = 1024
_GUESSES = 3


@dataclass(frozen=True)
class Size:
    """What the runs of one size gave: medians, and the range of the CPU seconds."""

    wanted: int
    counts: dict[str, Any]
    seconds: dict[str, float]
    cpu: float
    least: float
    most: float
    rss: float | None
    """MiB; None where the system does not say."""

    @property
    def growing(self) -> float:
        """CPU seconds of the stages that see every record."""
        return sum(self.seconds[stage] for stage in _GROWING)

    @property
    def records(self) -> int:
        """Records that there really are."""
        return int(self.counts["records"])


@dataclass(frozen=True)
class Verdict:
    """One target."""

    what: str
    found: str
    target: str
    held: bool


def run(project: Path, scratch: Path, sizes: Sequence[int], repeat: int) -> tuple[Size, ...]:
    """Make the data of every size and measure them in turn, so that a busy neighbour meets them all."""
    folders = {size: _prepare(project, scratch / str(size), size) for size in sorted(set(sizes))}
    runs: dict[int, list[tuple[dict[str, Any], float, float | None]]] = {size: [] for size in folders}
    for turn in range(repeat):
        for size, folder in folders.items():
            say(f"第 {turn + 1}/{repeat} 轮，约 {size} 条……")
            runs[size].append(_child(folder))
    return tuple(_summed(size, found) for size, found in runs.items())


def exponents(sizes: Sequence[Size]) -> tuple[tuple[int, int, float], ...]:
    """Give the growth exponent between neighbours, and between the first and the last where there are more than two."""
    pairs = list(itertools.pairwise(sizes))
    if len(sizes) > 2:
        pairs.append((sizes[0], sizes[-1]))
    return tuple(
        (one.records, other.records, math.log(other.growing / one.growing) / math.log(other.records / one.records))
        for one, other in pairs
        if other.records > one.records and one.growing > 0
    )


def verdicts(sizes: Sequence[Size]) -> tuple[Verdict, ...]:
    """Hold the sizes against the targets."""
    found = []
    for size in sizes:
        target = next((limit for at, limit in TARGETS.items() if abs(size.wanted - at) <= at * _NEARLY), None)
        if target is None:
            continue
        seconds, memory = target
        name = f"{size.records} 条"
        found.append(Verdict(f"{name}：CPU", f"{size.cpu:.2f} 秒", f"≤ {seconds:g} 秒", size.cpu <= seconds))
        if memory is not None and size.rss is not None:
            found.append(Verdict(f"{name}：内存峰值", f"{size.rss:.0f} MiB", f"≤ {memory:g} MiB", size.rss <= memory))
    for one, other, exponent in exponents(sizes):
        what = f"增长指数（{one} → {other} 条，只算随记录增长的几步）"
        found.append(Verdict(what, f"{exponent:.2f}", f"≤ {EXPONENT}", exponent <= EXPONENT))
    return tuple(found)


def show(sizes: Sequence[Size]) -> str:
    """Give the report for people."""
    lines = []
    for size in sizes:
        counts = size.counts
        lines.append(
            f"约 {size.wanted} 条：实有 {counts['records']} 条记录、{counts['files']} 个台账文件、{counts['units']} 个单位、"
            f"{counts['metrics']} 个指标；算出 {counts['figures']} 个数，填了 {counts['reports']} 份报告"
        )
        memory = "测不了" if size.rss is None else f"{size.rss:.0f} MiB"
        lines.append(f"  CPU {size.cpu:.2f} 秒（{size.least:.2f}—{size.most:.2f}），内存峰值 {memory}")
        lines.extend(f"    {title} {size.seconds[stage]:.2f} 秒" for stage, title in STAGES.items())
        lines.extend(f"  数据有问题：{said}" for said in counts["mistakes"])
        if counts["breaks"]:
            lines.append(f"  有 {counts['breaks']} 处数字对不上")
    lines.append("目标")
    lines.extend(
        f"  {'达到' if item.held else '没有达到'}  {item.what}：{item.found}，目标 {item.target}"
        for item in verdicts(sizes)
    )
    return "\n".join(lines)


def as_json(sizes: Sequence[Size]) -> str:
    """Give the same for programs."""
    listed = [
        {
            "wanted": size.wanted, **size.counts, "stages": size.seconds, "cpu_seconds": size.cpu,
            "cpu_range": [size.least, size.most], "peak_rss_mib": size.rss,
        }
        for size in sizes
    ]  # fmt: skip
    for item in listed:
        del item["seconds"]
    growth = [{"from": one, "to": other, "exponent": round(value, 3)} for one, other, value in exponents(sizes)]
    told = [
        {"what": item.what, "found": item.found, "target": item.target, "held": item.held} for item in verdicts(sizes)
    ]
    return json.dumps({"sizes": listed, "growth": growth, "targets": told}, ensure_ascii=False, indent=2)


def _prepare(project: Path, folder: Path, records: int) -> Path:
    """Lay out the definitions with so many invented records, as nearly as whole branches give it."""
    data = folder / "docs" / "_data"
    for section in _DEFINITIONS:
        shutil.copytree(project / "docs" / "_data" / section, data / section)
    shutil.copy(project / "docs" / "_data" / "groups.yml", data / "groups.yml")
    scale = Scale()
    files = make(scale)
    # what committees keep does not grow with their branches, so the first guess falls short
    for _ in range(_GUESSES):
        factor = records / sum(text.count("\n  - id: ") for text in files.values())
        if 1 - _NEARLY / 10 <= factor <= 1 or (scale == Scale() and abs(factor - 1) <= _NEARLY):
            break
        branches = max(1, math.ceil(scale.branches * factor))
        scale = Scale(members=max(4 * branches, math.ceil(scale.members * factor)), branches=branches)
        files = make(scale)
    write(data, files)
    for report in sorted((data / "reports").glob("*.yml")):
        text = report.read_text(encoding="utf-8")
        unit = re.search(r"^unit: (\S+)$", text, re.MULTILINE)
        if unit and f"units/{unit[1]}.yml" not in files:
            # a small example has fewer units than the reports of the large one speak of
            report.write_text(text.replace(unit[0], f"unit: {COMMITTEE}"), encoding="utf-8", newline="\n")
    return folder


def _child(folder: Path) -> tuple[dict[str, Any], float, float | None]:
    """Measure a folder in a fresh process: what it says, its CPU seconds, its peak memory in MiB."""
    command = [sys.executable, str(Path(__file__).with_name("_bench_child.py")), str(folder)]
    variables = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=variables, text=True, encoding="utf-8") as process:  # noqa: S603 - our own program
        text = process.stdout.read() if process.stdout else ""
        if not hasattr(os, "wait4"):
            process.wait()
            found = json.loads(text)
            del found["peak_kib"]
            return found, sum(found["seconds"].values()), None
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the measured process ended with {process.returncode}")
    found = json.loads(text)
    # what the system keeps for a child begins with its parent's memory, so the child's own word counts where it has one
    peak = found.pop("peak_kib") or usage.ru_maxrss / (_MIB if sys.platform == "darwin" else 1)
    return found, usage.ru_utime + usage.ru_stime, peak / _MIB


def _summed(wanted: int, runs: Sequence[tuple[dict[str, Any], float, float | None]]) -> Size:
    counts = runs[0][0]
    cpu = [seconds for _, seconds, _ in runs]
    rss = [memory for _, _, memory in runs if memory is not None]
    seconds = {stage: round(statistics.median(run["seconds"][stage] for run, _, _ in runs), 3) for stage in STAGES}
    return Size(
        wanted,
        counts,
        seconds,
        round(statistics.median(cpu), 3),
        round(min(cpu), 3),
        round(max(cpu), 3),
        round(statistics.median(rss), 1) if rss else None,
    )
