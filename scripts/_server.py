"""Serve a built folder on this machine only, with live reload and the current diagnostics on every page.

The script and the banner are put into the answers, never into the built files.
"""

from __future__ import annotations

import html
import os
import socket
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

HOST = "127.0.0.1"
RELOAD = "/livereload/"
HOLD = 25.0
"""Seconds that a question for news is held open; shorter than what proxies and browsers allow."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yml": "text/yaml; charset=utf-8",
}
"""Said outright, because Windows takes types from its registry and often calls scripts text/plain."""

SCRIPT = """<script>(function () {
  var seen = "%s", asking = false;
  function ask() {
    if (asking || document.hidden) { return; }
    asking = true;
    var request = new XMLHttpRequest();
    request.open("GET", "/livereload/" + seen);
    request.onload = function () {
      asking = false;
      if (request.status === 200 && request.responseText !== seen) { location.reload(); } else { setTimeout(ask, 200); }
    };
    request.onerror = function () { asking = false; setTimeout(ask, 1500); };
    request.send();
  }
  document.addEventListener("visibilitychange", ask);
  ask();
})();</script>"""

BANNER = """<div id="handbook-problems" role="alert" style="all:initial;display:block;position:relative;z-index:99;box-sizing:border-box;\
padding:12px 20px;background:#8f1d14;color:#fff;font:15px/1.7 sans-serif;overflow-wrap:anywhere;max-height:60vh;overflow:auto">\
<strong>%s</strong><ol style="margin:6px 0 0;padding-left:24px;color:#fff">%s</ol></div>"""

PLAIN = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
<title>%s</title></head><body style="margin:0;font:16px/1.8 sans-serif"><p style="padding:12px 20px">%s</p></body></html>"""


@dataclass(frozen=True, slots=True)
class View:
    """What is served at one moment: a folder, where there is one, and what is wrong now."""

    folder: Path | None = None
    problems: tuple[str, ...] = ()
    number: int = 0


class Server(ThreadingHTTPServer):
    """The server and the view it shows; `show` wakes every page that waits for news."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share a port

    def __init__(self, port: int, first_number: int) -> None:
        self.news = threading.Condition()
        self.view = View(number=first_number)
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking the network for our own name, which can take seconds."""
        if os.name == "nt":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: a browser that goes away in mid-answer is no news."""

    def show(self, folder: Path | None, problems: tuple[str, ...]) -> None:
        """Serve another folder, or the same with other problems."""
        with self.news:
            self.view = View(folder, problems, self.view.number + 1)
            self.news.notify_all()

    def next_number(self, seen: str) -> str:
        """Wait until the view is another one than the reader has seen, and give its number."""
        with self.news:
            self.news.wait_for(lambda: str(self.view.number) != seen, timeout=HOLD)
            return str(self.view.number)


class Handler(SimpleHTTPRequestHandler):
    """Answers from the folder shown at this moment; never lists folders, never leaves them."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the file."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer with the headers only."""
        self._answer()

    def log_message(self, *_: object) -> None:
        """Keep the console for the diagnostics."""

    def _answer(self) -> None:
        view, path = self.server.view, urlsplit(self.path).path
        if path.startswith(RELOAD):
            self._send(HTTPStatus.OK, "text/plain", self.server.next_number(path[len(RELOAD) :]).encode())
        elif view.folder is None:
            text = (
                "还没有可以显示的网站，改好上面的问题后本页会自动更新。"
                if view.problems
                else "正在构建网站，完成后本页会自动更新……"
            )
            page = (PLAIN % ("机关党务工作手册", text)).encode()
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, TYPES[".html"], decorate(page, view))
        else:
            self._answer_file(view, path)

    def _answer_file(self, view: View, path: str) -> None:
        self.directory = str(view.folder)
        target, status = Path(self.translate_path(self.path)), HTTPStatus.OK
        if target.is_dir():
            if not path.endswith("/"):
                self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", location=path + "/")
                return
            target /= "index.html"
        try:
            body = target.read_bytes()
        except (OSError, ValueError):
            status, target = HTTPStatus.NOT_FOUND, Path(self.directory, "404.html")
            body = target.read_bytes() if target.is_file() else (PLAIN % ("没有这个页面", "没有这个页面。")).encode()
        kind = TYPES.get(target.suffix.lower()) or self.guess_type(str(target))
        self._send(status, kind, decorate(body, view) if target.suffix == ".html" else body)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "2")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def decorate(page: bytes, view: View) -> bytes:
    """Put the problems at the top of a page, and the script at its end."""
    if view.problems:
        head = f"数据有 {len(view.problems)} 处问题，这里显示的是上一次构建成功的网站。"
        if view.folder is None:
            head = f"数据有 {len(view.problems)} 处问题，网站还没有构建出来。"
        items = "".join(f'<li style="color:#fff">{html.escape(problem)}</li>' for problem in view.problems)
        page = _after_body_tag(page, (BANNER % (head, items)).encode())
    script = (SCRIPT % view.number).encode()
    start, end, rest = page.rpartition(b"</body>")
    return start + script + end + rest if end else page + script


def _after_body_tag(page: bytes, addition: bytes) -> bytes:
    start = page.find(b"<body")
    end = page.find(b">", start)
    return page[: end + 1] + addition + page[end + 1 :] if start >= 0 else addition + page
