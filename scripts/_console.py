"""The console: Chinese on any code page, and lines for the person apart from what a program reads.

Standard library only, in words that Python 3.6 can read, because `_bootstrap` needs it before it can refuse an old Python.
"""

import sys

SAMPLE = "党务：→—《》"
"""What a console must be able to show; one that cannot is switched to UTF-8."""


def make_safe(stream):
    # type: (object) -> None
    """Let a console stream replace what its code page cannot hold; a page without Chinese is switched to UTF-8."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    try:
        SAMPLE.encode(getattr(stream, "encoding", None) or "ascii")
    except (LookupError, UnicodeError):
        reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    else:
        reconfigure(errors="replace", line_buffering=True)


def say(text):
    # type: (str) -> None
    """Print a line for the person at the console, apart from what a program may read from standard output."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the console
