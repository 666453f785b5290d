"""Shared by all rooms: a place to work in, the command line as a person runs it, and small sites on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None] | bytes | str
REGISTRY_HEAD = "id,name,city,province,address,postal_code,website,booking_url,booking_platform,source\n"


@pytest.fixture
def ratecard(tmp_path):
    """Runs ``ratecard ARGS`` (or another module) in an empty folder, allowed to visit ``*.localhost`` without waiting."""

    def run(*args: str, module: str = "ratecard", env: dict[str, str] | None = None, **options):
        settings = {
            "RATECARD_DELAY_SECONDS": "0",
            "RATECARD_TIMEOUT_SECONDS": "2",
            "RATECARD_ALLOW_PRIVATE_HOSTS": '["*.localhost"]',
            "PYTHONPATH": str(Path(__file__).parents[1]),
            **(env or {}),
        }
        return subprocess.run(
            [sys.executable, "-m", module, *args], cwd=options.pop("cwd", tmp_path), capture_output=True, text=True,
            timeout=90, env={**os.environ, **settings}, **options,
        )  # fmt: skip

    return run


@contextmanager
def site(pages: dict[str, Answer]) -> Iterator[int]:
    """Serve paths (with a leading host for some: ``b.localhost/x``) on a loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            host = self.headers["Host"].partition(":")[0]
            answer = pages.get(f"{host}{self.path}", pages.get(self.path))
            if callable(answer):
                answer(self)
            elif answer is None:
                reply(self, b"not found", status=404)
            else:
                body = answer.encode() if isinstance(answer, str) else answer
                reply(self, body.replace(b"{port}", str(server.server_port).encode()))

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def reply(handler, body: bytes, status: int = 200, media_type: str = "text/html", **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
