"""A language model's endpoint that answers by script, and everything that went wrong with one.

Bare asyncio and bare HTTP/1.1, so that it can break the rules: a reply is a list of steps, each
either bytes to send, a pause in seconds, `Until` a test allows more, `Cut` (the connection is
torn), or `Stall` (nothing more comes until the client leaves).
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cut:
    """The connection is closed in the middle of the body."""


@dataclass(frozen=True)
class Stall:
    """Nothing more is sent; the connection stays."""


@dataclass(frozen=True)
class Until:
    """Nothing more is sent before the test allows it."""

    allowed: threading.Event


Step = bytes | float | Cut | Stall | Until


@dataclass(frozen=True)
class Reply:
    """steps: of the body; a stream of events unless `headers` say otherwise."""

    steps: Sequence[Step] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before_s: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as it came. first_byte_s, sent_s: on time.perf_counter."""

    path: str
    headers: dict[str, str]
    body: bytes
    first_byte_s: float

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def texts(self) -> str:
        """All the words of all messages."""
        return json.dumps(self.json["messages"], ensure_ascii=False)


Script = Callable[[Asked], Reply]


def event(**chunk: Any) -> bytes:
    return f"data: {json.dumps(chunk)}\n\n".encode()


def delta(finish: str | None = None, **fields: Any) -> bytes:
    return event(choices=[{"index": 0, "delta": fields, "finish_reason": finish}])


def usage(tokens_in: int, tokens_out: int) -> bytes:
    return event(choices=[], usage={"prompt_tokens": tokens_in, "completion_tokens": tokens_out})


DONE = b"data: [DONE]\n\n"


def says(*pieces: str, pause_s: float = 0.0, tokens: tuple[int, int] = (100, 10)) -> Reply:
    """Streams these pieces of text and ends as it should."""
    steps: list[Step] = [delta(role="assistant", content="")]
    for piece in pieces:
        steps += [pause_s] if pause_s else []
        steps.append(delta(content=piece))
    return Reply([*steps, delta(finish="stop"), usage(*tokens), DONE])


def calls(*wanted: tuple[str, dict[str, Any]], tokens: tuple[int, int] = (100, 10)) -> Reply:
    """Asks for tools; the arguments come in parts, as they do."""
    steps: list[Step] = []
    for index, (name, arguments) in enumerate(wanted):
        written = json.dumps(arguments)
        first = {"index": index, "id": f"c{index}", "type": "function",
                 "function": {"name": name, "arguments": written[:3]}}  # fmt: skip
        steps.append(delta(tool_calls=[first]))
        steps.append(delta(tool_calls=[{"index": index, "function": {"arguments": written[3:]}}]))
    return Reply([*steps, delta(finish="tool_calls"), usage(*tokens), DONE])


def refuses(status: int, message: str = "no", **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply([body], status, {"content-type": "application/json", **named})


def in_turn(*replies: Reply) -> Script:
    """The first request gets the first reply, and so on; the last one is given for ever."""
    left = list(replies)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


class MindServer:
    """Listens on a free port of loopback. `asked` is what came; `open` how many connections are."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.open = 0
        self.sent_first_s: list[float] = []
        self.url = ""

    async def serve(self, ready: threading.Event, done: threading.Event) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, limit=64 << 20)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        ready.set()
        while not done.is_set():
            await asyncio.sleep(0.02)
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first = await reader.readexactly(1)
        came_s = time.perf_counter()
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
        line, *rest = head.split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (one.partition(":") for one in rest) if k}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(line.split()[1], headers, body, came_s)
        self.asked.append(asked)
        reply = self.script(asked)
        await asyncio.sleep(reply.before_s)
        return await self._reply(reader, writer, reply)

    async def _reply(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: Reply
    ) -> bool:
        headers = {"content-type": "text/event-stream", "transfer-encoding": "chunked"}
        lines = [f"{k}: {v}" for k, v in {**headers, **reply.headers}.items()]
        start = f"HTTP/1.1 {reply.status} Scripted\r\n" + "\r\n".join(lines) + "\r\n\r\n"
        writer.write(start.encode())
        fresh = True
        for step in reply.steps:
            if isinstance(step, Cut):
                await writer.drain()
                return False
            if isinstance(step, Stall):
                await reader.read(1)  # returns when the client goes away
                return False
            if isinstance(step, float):
                await asyncio.sleep(step)
                continue
            if isinstance(step, Until):
                while not step.allowed.is_set():
                    await asyncio.sleep(0.02)
                continue
            if fresh:
                self.sent_first_s.append(time.perf_counter())
                fresh = False
            writer.write(b"%x\r\n%b\r\n" % (len(step), step))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


@contextmanager
def mind_server(script: Script | Reply) -> Iterator[MindServer]:
    """In a thread of its own until the block ends."""
    server = MindServer(script if callable(script) else in_turn(script))
    ready, done = threading.Event(), threading.Event()

    def run() -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(server.serve(ready, done))

    thread = threading.Thread(target=run, name="scripted mind")
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        done.set()
        thread.join(10)
