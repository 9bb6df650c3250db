"""The project, and the day on which these tests build it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 21)
