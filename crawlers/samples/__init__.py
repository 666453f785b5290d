"""The bundled sample clinics: invented sites, served on loopback, so that all can be tried without bothering anybody.

Every clinic has a host of its own, ``<slug>.localhost``; one server answers for all of them by the Host header.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import unquote, urlsplit

#: Tried first, so that the sample clinics keep their addresses from one demo to the next.
PORT = 8753
#: A site folder with this file plays a server that drops every connection.
_DOWN = "DOWN"
_TYPES = {".html": "text/html", ".txt": "text/plain; charset=utf-8", ".css": "text/css", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class SampleServer:
    """A running server: its port, and the registry of its clinics."""

    port: int
    clinics_csv: Path


def sites() -> Path:
    """The folder that holds one folder a host."""
    return Path(str(resources.files("crawlers.samples").joinpath("sites")))


class _Handler(BaseHTTPRequestHandler):
    """Static files of the site that the Host header names."""

    server_version = "SampleClinics"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the file, 404, or not at all."""
        host = (self.headers.get("Host") or "").partition(":")[0].removesuffix(".localhost")
        site = sites() / host
        if not host or "/" in host or host.startswith(".") or (site / _DOWN).exists():
            self.close_connection = True
            self.connection.close()
            return
        file = _file(site, unquote(urlsplit(self.path).path))
        if file is None:
            self._answer(404, "text/plain; charset=utf-8", b"not found\n")
        else:
            port = (self.headers["Host"].partition(":")[2] or "80").encode()
            media_type = _TYPES.get(file.suffix, "application/octet-stream")
            self._answer(200, media_type, file.read_bytes().replace(b"{port}", port))

    def _answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet; the crawl says what it visits."""


def _file(site: Path, path: str) -> Path | None:
    """The file that a path means inside a site, never outside of it."""
    parts = PurePosixPath(path).parts[1:]
    if ".." in parts or _DOWN in parts:
        return None
    file = site.joinpath(*parts)
    if file.is_dir():
        file = file / "index.html"
    return file if file.is_file() and file.resolve().is_relative_to(site.resolve()) else None


class _Server(ThreadingHTTPServer):
    """One thread a request; all the clinics' first pages may be asked for at once."""

    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Keep quiet about visitors who hang up in the middle of an answer."""


def _server(port: int) -> _Server:
    try:
        return _Server(("127.0.0.1", port), _Handler)
    except OSError:  # somebody else has the port; any free one will do
        return _Server(("127.0.0.1", 0), _Handler)


@contextmanager
def serve(port: int = PORT) -> Iterator[SampleServer]:
    """Serve the sample clinics on 127.0.0.1 while the context lasts; on a free port if ``port`` is taken, or 0."""
    server = _server(port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with TemporaryDirectory(prefix="ratecard-samples-") as folder:
            registry = Path(folder) / "clinics.csv"
            actual = server.server_port
            template = resources.files("crawlers.samples").joinpath("clinics.csv").read_text(encoding="utf-8")
            registry.write_text(template.replace("{port}", str(actual)), encoding="utf-8")
            yield SampleServer(actual, registry)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
