"""Serve files on this machine, well or badly."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a server says at one path; one that stalls keeps the connection open after the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    stalls: bool = False


@dataclass(frozen=True)
class Site:
    """The address of a running server, and the paths that were asked for so far."""

    address: str
    asked: list[str]
    stalled: threading.Event


@contextmanager
def serving(replies: Mapping[str, Reply]) -> Iterator[Site]:
    """Serve replies by their path for the length of the block."""
    released, stalled, asked = threading.Event(), threading.Event(), list[str]()

    class Speaker(BaseHTTPRequestHandler):
        """Answer requests."""

        def do_GET(self) -> None:
            """Serve what is planned for a path."""
            asked.append(self.path)
            reply = replies.get(self.path, Reply(status=404))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            self.wfile.write(reply.body)
            if reply.stalls:
                self.wfile.flush()
                stalled.set()
                released.wait()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library's name
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Speaker)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", asked, stalled)
    finally:
        released.set()
        server.shutdown()
        thread.join()
        server.server_close()
