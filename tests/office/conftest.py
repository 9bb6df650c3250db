"""Lets these tests run alone: the core package and the helpers beside them are found from anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE, HERE.parents[1] / "hooks"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
