"""A language model on loopback that answers by rule, as late as the scene wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_REQUEST = "The request: "


class ScriptedMind:
    """Use it as a context manager. answer: what it says to a request, once `release` was called.
    asked: the requests so far."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        self.asked: list[str] = []
        self._answer, self._released = answer, threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def released(self) -> bool:
        return self._released.is_set()

    def release(self) -> None:
        self._released.set()

    def __enter__(self) -> ScriptedMind:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def says(self, body: bytes) -> str:
        """The answer to a request as it came over the wire, when it is time for it."""
        request = _request(json.loads(body))
        self.asked.append(request)
        self._released.wait()
        return self._answer(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        mind = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = mind.says(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                try:
                    self.wfile.write(_events(said))
                except OSError:  # what was asked was cancelled or corrected meanwhile
                    return

            def log_message(self, *_: Any) -> None:
                """Nothing of a conversation is logged."""

        return Handler


def _request(body: dict[str, Any]) -> str:
    """What was asked for, out of everything that a task is given."""
    content = body["messages"][1]["content"]
    text = content if isinstance(content, str) else content[0]["text"]
    return next(
        line.removeprefix(_REQUEST) for line in text.splitlines() if line.startswith(_REQUEST)
    )


def _events(said: str) -> bytes:
    chunks = [{"delta": {"content": said}}, {"delta": {}, "finish_reason": "stop"}]
    lines = [json.dumps({"choices": [chunk]}) for chunk in chunks] + ["[DONE]"]
    return "".join(f"data: {line}\n\n" for line in lines).encode()
