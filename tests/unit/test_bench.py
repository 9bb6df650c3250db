"""The bench says what it measured: real counts, targets held or not, and the same for programs."""

import importlib.util
import json
import math
from pathlib import Path

import pytest

import _bench_child
import _bench_data
import _bootstrap
from _bench_data import Size, exponents, show, verdicts

PROJECT = Path(__file__).resolve().parents[2]


def size(wanted, cpu, *, records=None, rss=100.0, growing=None):
    seconds = dict.fromkeys(_bench_data.STAGES, 0.0) | {"load": growing if growing is not None else cpu}
    counts = {
        "records": records or wanted, "files": 1, "units": 2, "metrics": 3, "figures": 4, "reports": 5, "mistakes": [], "breaks": 0,
    }  # fmt: skip
    return Size(wanted, counts, seconds, cpu, cpu, cpu, rss)


def test_targets_are_held_or_not():
    found = verdicts((size(4000, 1.9, records=4487), size(100_000, 9.0, rss=800.0)))
    assert [(item.what, item.held) for item in found] == [
        ("4487 条：CPU", True),
        ("100000 条：CPU", False),
        ("100000 条：内存峰值", False),
        ("增长指数（4487 → 100000 条，只算随记录增长的几步）", True),
    ]


def test_a_size_without_a_target_shows_only_the_growth():
    found = verdicts((size(1000, 1.0), size(10_000, 15.0, rss=None)))
    assert [item.what for item in found] == ["增长指数（1000 → 10000 条，只算随记录增长的几步）"]
    assert not found[0].held


def test_the_exponent_is_that_of_the_growing_stages():
    sizes = (size(1000, 5.0, growing=1.0), size(10_000, 15.0, growing=10.0), size(100_000, 200.0, growing=1000.0))
    assert [(one, other, round(value, 6)) for one, other, value in exponents(sizes)] == [
        (1000, 10_000, 1.0),
        (10_000, 100_000, 2.0),
        (1000, 100_000, 1.5),
    ]
    assert exponents((size(1000, 1.0), size(1000, 1.0))) == ()
    assert math.isclose(exponents(sizes)[0][2], 1.0)


def test_the_report_names_what_is_wrong_with_the_data():
    broken = size(4000, 1.0, rss=None)
    broken.counts.update(mistakes=["一处：不对 → 改"], breaks=2)
    said = show((broken,))
    assert "内存峰值 测不了" in said
    assert "数据有问题：一处：不对 → 改" in said
    assert "有 2 处数字对不上" in said
    assert "达到  4000 条：CPU：1.00 秒，目标 ≤ 2 秒" in said
    assert "没有达到" in show((size(4000, 3.0),))


def test_laps_follow_each_other():
    times = iter((1.0, 1.5, 4.0))
    clock = _bench_child._Clock(lambda: next(times))
    for name in ("start", "load", "check"):
        clock.lap(name)
    assert clock.laps == {"start": 1.0, "load": 0.5, "check": 2.5}


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr(_bootstrap, "enter", lambda _name: None)
    spec = importlib.util.spec_from_file_location("door_bench", PROJECT / "scripts" / "bench.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded.main


def test_the_door_measures_in_a_process_of_its_own(door, capsys):
    assert door(["data", "--records", "2000", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (measured,) = found["sizes"]
    assert 1500 < measured["records"] <= 2600
    assert measured["mistakes"] == []
    assert measured["figures"] > 0
    assert measured["reports"] > 0
    assert set(measured["stages"]) == set(_bench_data.STAGES)
    assert measured["cpu_seconds"] > 0
    assert found["growth"] == []


@pytest.mark.parametrize("arguments", [["web"], ["data", "--records", "0"], ["data", "--records", "1e3"]])
def test_a_wrong_command_is_explained(door, arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        door(arguments)
    assert caught.value.code == 2
    assert "用法" in capsys.readouterr().err
