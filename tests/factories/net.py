"""A service on the net for tests: a real server on this machine that answers as it is told, and remembers questions."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Question:
    """What somebody asked."""

    path: str
    query: dict[str, str]
    agent: str
    body: str = ""


@dataclass
class Service:
    """A server under way. `answer` makes (status, body) of a question; a body of bytes is sent as it is."""

    address: str
    answer: Callable[[Question], tuple[int, Any]]
    asked: list[Question] = field(default_factory=list)


@contextmanager
def service(answer: Callable[[Question], tuple[int, Any]]) -> Iterator[Service]:
    """Run a server until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def _reply(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            question = Question(parts.path, query, self.headers.get("User-Agent", ""), body)
            running.asked.append(question)
            status, told = running.answer(question)
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", told.decode())
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever has heard enough hangs up
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running = Service(f"http://127.0.0.1:{server.server_address[1]}", answer)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
