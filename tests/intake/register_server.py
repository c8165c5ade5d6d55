"""A public register on this machine that answers as told, its faults too. Each path has its replies in order; the last one repeats."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote


@dataclass
class Reply:
    """``wait`` seconds before each of the ``pieces`` in which the body is sent."""

    body: str = "[]"
    status: int = 200
    wait: float = 0.0
    pieces: int = 1
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    base: str
    replies: dict[str, list[Reply]]
    asked: list[str]

    def say(self, *replies: Reply, containing: str = "") -> None:
        """What to answer to addresses that contain a text."""
        self.replies[containing] = list(replies)


@contextmanager
def serving() -> Iterator[Server]:
    replies: dict[str, list[Reply]] = defaultdict(list)
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path)
            asked.append(path)
            key = max((k for k in replies if k in path), key=len)
            reply = replies[key][0] if len(replies[key]) == 1 else replies[key].pop(0)
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            size = -(-len(body) // reply.pieces) or 1
            for start in range(0, len(body), size):
                time.sleep(reply.wait)
                try:
                    self.wfile.write(body[start : start + size])
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/od/data/api/", replies, asked)
    finally:
        server.shutdown()
        server.server_close()
