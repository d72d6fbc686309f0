"""What serving a micro-turn is made of: by thread, and each part of it alone.

A part alone runs the server's own code over and over, on a warm cache. Between two micro-turns of
a real session the model has gone over all its weights, so the same code costs more: with the event
loop itself, that is the rest.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from engine.client import wire as sent
from engine.evaluation.bench.served import Caller, Served, calling, served
from engine.evaluation.bench.tape import input_at
from engine.microturn import SAMPLE_RATE_HZ, InputTurn, OutputTurn, Session
from engine.runtime import load
from engine.server import wire
from engine.server.inbox import Inbox
from engine.server.narrator import Narrator
from engine.server.outbox import Outbox
from engine.server.sound import decode_pcm16

TIMES, ROUNDS = 200, 5
QUIET, SHORT = OutputTurn(0), b'{"type": "aside.turn", "turn": 0}'


@dataclass(frozen=True)
class Parts:
    """Microseconds of a core a micro-turn, medians of the rounds. bare: one step after the other;
    bare_between: the same when a served micro-turn ran between two; step: in the server's worker,
    loop: in its event loop; client: of the asking side, which is no part of the server. alone: what
    the loop does, part by part, and `rest`, what that leaves of it."""

    bench: str
    turns: int
    bare_us: float
    bare_between_us: float
    step_us: float
    loop_us: float
    client_us: float
    alone: dict[str, float]


async def parts(model: Path | None, rounds: int, round_turns: int) -> Parts:
    """Rounds that see the same machine: bare, served, and bare between served micro-turns."""
    bare, at = load(model).session(0), 0
    costs = []
    async with served(model) as server, calling(server) as caller:
        for _ in range(rounds):
            warm = [_step_us(bare, at + n) for n in range(round_turns)]
            at += round_turns
            shares = await _served(server, caller, round_turns)
            between = []
            for _ in range(round_turns):
                await caller.ask()
                between.append(_step_us(bare, at))
                at += 1
            costs.append([sum(warm) / round_turns, sum(between) / round_turns, *shares])
        known = await asyncio.to_thread(alone)
    one, other, step, loop, client = (round(median(each), 1) for each in zip(*costs, strict=True))
    known["rest"] = loop - sum(known.values())
    told = {name: round(us, 1) for name, us in known.items()}
    return Parts("served-parts", rounds * round_turns, one, other, step, loop, client, told)


def _step_us(session: Session, turn: int) -> float:
    """Of this process, for a bare micro-turn of people talking."""
    given = InputTurn(turn, input_at(turn).audio)
    began = time.process_time()
    session.step(given)
    return 1e6 * (time.process_time() - began)


async def _served(server: Served, caller: Caller, turns: int) -> tuple[float, float, float]:
    """Microseconds of the server's workers, of its loop, and of this process, a micro-turn."""
    before, own_s = server.threads_s(), time.process_time()
    for _ in range(turns):
        await caller.ask()
    own_s, after = time.process_time() - own_s, server.threads_s()
    used = {one: spent_s - before.get(one, 0.0) for one, spent_s in after.items()}
    loop_s = used.pop(min(used))  # the first thread of a process has the smallest number
    step_s = sum(used.values())
    return 1e6 * step_s / turns, 1e6 * loop_s / turns, 1e6 * own_s / turns


def alone() -> dict[str, float]:
    """Each part of what the loop does for a micro-turn of sound that is answered with nothing."""
    message = json.dumps(sent.audio(input_at(0).audio))
    audio = json.loads(message)["audio"]
    samples, inbox = decode_pcm16(audio, SAMPLE_RATE_HZ), Inbox(SAMPLE_RATE_HZ, 5, 256)
    frame = Frame(Opcode.TEXT, message.encode()).serialize(mask=True)
    costs = {
        "socket": _socket_us(frame),
        "frames": _cost_us(_framing(frame)),
        "check JSON": _cost_us(lambda: wire.parse(message)),
        "base64 to samples": _cost_us(lambda: decode_pcm16(audio, SAMPLE_RATE_HZ)),
        "cut micro-turn": _cost_us(lambda: (inbox.hear(samples), inbox.take(0))),
        "tell as JSON": _cost_us(_telling()),
    }
    return costs | {"to the worker and back": _hop_us()}


def _framing(frame: bytes) -> Callable[[], object]:
    """A frame read, and one written."""
    protocol = ServerProtocol(state=State.OPEN)

    def work() -> None:
        protocol.receive_data(frame)
        for event in protocol.events_received():
            assert isinstance(event, Frame)
            str(event.data, "utf-8")
        protocol.send_text(SHORT)
        protocol.data_to_send()

    return work


def _telling() -> Callable[[], object]:
    narrator, outbox = Narrator("session_0", SAMPLE_RATE_HZ, True), Outbox(512)

    def work() -> None:
        for event in (*narrator.tell(QUIET), json.loads(SHORT)):
            outbox.put(event)
        outbox.settle()

    return work


def _socket_us(frame: bytes) -> float:
    """The system's share at the server's end of a connection: sound read, a short answer sent."""
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.create_connection(door.getsockname()) as far,
        door.accept()[0] as near,
    ):
        for end in (far, near):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def work() -> None:
            left = len(frame)
            while left:
                left -= len(near.recv(left))
            near.send(SHORT)

        return _cost_us(work, lambda: far.sendall(frame), lambda: far.recv(len(SHORT)))


def _hop_us() -> float:
    """The loop gives a thread something to do, and hears that it is done."""

    async def hop(worker: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(TIMES):
            ended = loop.create_future()
            worker.submit(loop.call_soon_threadsafe, ended.set_result, None)
            await ended

    costs = []
    with ThreadPoolExecutor(1) as worker:
        for _ in range(ROUNDS):
            began = time.process_time()
            asyncio.run(hop(worker))
            costs.append(1e6 * (time.process_time() - began) / TIMES)
    return min(costs)


def _cost_us(
    work: Callable[[], object],
    before: Callable[[], object] = lambda: None,
    after: Callable[[], object] = lambda: None,
) -> float:
    """Of `work` alone, in the round that was least disturbed."""
    costs = []
    for _ in range(ROUNDS):
        spent = 0
        for _ in range(TIMES):
            before()
            began = time.thread_time_ns()
            work()
            spent += time.thread_time_ns() - began
            after()
        costs.append(spent / TIMES / 1e3)
    return min(costs)
