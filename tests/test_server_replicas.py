"""Many machines, rehearsed on one: replicas behind Ray Serve, one of them killed in mid-session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from engine.client.events import Heard, Notice, Said
from engine.client.live import LiveClient, Opening
from engine.server.command import run
from engine.server.replicas.names import prefix, replica_of
from tests.replicas import TOKEN, Elsewhere, elsewhere
from tests.scripted import load, tone
from tests.serving import Wire, eventually

pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: pip install 'aside[ray]'"
)
REPLICAS = 3
START = {"model": "m", "audio": {"format": {"type": "audio/pcm", "rate": 16_000}},
         "aside": {"keep_s": 60}}  # fmt: skip


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster") / "journal"


@pytest.fixture(scope="module")
def cluster(journal: Path) -> Iterator[Elsewhere]:
    """`aside serve --ray` with three replicas, which takes half a minute to come up."""
    options = ("--ray", "--replicas", str(REPLICAS), "--journal", str(journal))
    with elsewhere(*options) as cluster:
        yield cluster


@contextmanager
def line(cluster: Elsewhere, query: str = "", token: str = TOKEN) -> Iterator[Wire]:
    header = {"Authorization": f"Bearer {token}"}
    url = f"{cluster.url}/live/sessions{query}"
    with connect(url, additional_headers=header, proxy=None, open_timeout=60) as socket:
        yield Wire(socket)


def number(event: dict[str, Any]) -> int:
    return int(event["event_id"].removeprefix("event_"))


def start(client: Wire) -> str:
    client.send("session.start", session=START)
    return client.until("session.started")["session"]["id"]


@needs_ray
def test_a_session_stays_on_its_replica(cluster: Elsewhere, journal: Path) -> None:
    """Its cable pulled six times, it comes back each time to the process that has it."""
    with ExitStack() as stack:
        others = [stack.enter_context(line(cluster)) for _ in range(4)]
        homes = {replica_of(start(other)) for other in others}
        assert len(homes) > 1, "sessions are spread over replicas"
        with line(cluster) as client:
            session = start(client)
            client.turns(2)
            last = number(client.seen[-1])
            home = cluster.writer(journal / session)
            client.socket.socket.shutdown(2)
        for time in range(6):
            with line(cluster, f"?resume={session}&after={last}") as again:
                assert again.until("aside.session.resumed")["turn"] == 2 + time
                again.turns(1)
                last = number(again.seen[-1])
                assert cluster.writer(journal / session) == home
                again.socket.socket.shutdown(2)
        claims = list((journal / session).glob("*.claim"))
        assert len(claims) == 1, "no other process ever had it"


@needs_ray
def test_a_killed_replica_costs_no_conversation(cluster: Elsewhere, journal: Path) -> None:
    """kill -9 while it speaks and is spoken to: our own client comes back by itself, on another
    replica, and nothing is missing, neither heard nor said, nor there twice; others notice
    nothing."""
    with ExitStack() as stack:
        neighbours = [stack.enter_context(line(cluster)) for _ in range(3)]
        homes = {neighbour: start(neighbour) for neighbour in neighbours}
        heard, said, told, session = asyncio.run(through_the_death(cluster, journal))
        assert heard == [f"hz{300 + 20 * n}" for n in range(30)]
        assert said == [f"w{n}" for n in range(20)]
        assert "resumed" in told
        claims = list((journal / session).glob("*.claim"))
        assert len(claims) in (0, 2), "one other process has taken it up"
        for neighbour in neighbours:
            if replica_of(homes[neighbour]) != replica_of(session):
                neighbour.turns(2)
    with line(cluster) as client:  # and who comes now finds a place
        start(client)
        client.turns(1)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(1200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("a minute has passed and it is not so")


async def through_the_death(
    cluster: Elsewhere, journal: Path
) -> tuple[list[str], list[str], list[str], str]:
    """Thirty micro-turns of tones and twenty words said; the replica dies after the twelfth."""
    heard: list[str] = []
    said: list[str] = []
    told: list[str] = []
    async with LiveClient(cluster.address, Opening(keep_s=60, start_s=60)) as client:
        assert client.started is not None
        session = client.started.session_id

        async def listen() -> None:
            async for event in client:
                if isinstance(event, Heard):
                    heard.extend(event.text.split())
                elif isinstance(event, Said):
                    said.extend(event.text.split())
                elif isinstance(event, Notice):
                    told.append(event.code)

        listening = asyncio.create_task(listen())
        await client.send_text(" ".join(f"w{n}" for n in range(20)))
        for n in range(30):
            await client.send_audio(tone(300 + 20 * n))
            if n == 12:
                victim = cluster.writer(journal / session)
                assert victim is not None
                victim.kill()
            if not 12 <= n < 16:  # those are on their way when it dies; of six one would be dropped
                await until(lambda n=n: len(heard) > n)
        await until(lambda: len(said) == 20)
        await client.close()
        await asyncio.wait({listening}, timeout=30)
    return heard, said, told, session


@needs_ray
def test_the_gate_is_the_same(cluster: Elsewhere, journal: Path) -> None:
    """No token, another path, a session that is not: refused as by one server, by their status;
    a frame that is too big ends its own connection; who closes in order is told so."""
    for query, token, status in (
        ("", "wrong", 401), ("?after=x", TOKEN, 400), ("/x", TOKEN, 404),
        (f"?resume=session_{prefix('none')}{'0' * 24}", TOKEN, 410),
    ):  # fmt: skip
        with pytest.raises(InvalidStatus) as refused, line(cluster, query, token):
            pass
        assert refused.value.response.status_code == status
    with line(cluster) as greedy, line(cluster) as client:
        start(greedy)
        session = start(client)
        greedy.socket.send("x" * (9 << 20))
        greedy.rest()
        assert greedy.socket.close_code == 1009
        client.turns(1)
        client.send("session.close")
        assert client.rest()[-1]["reason"] == "close_requested"
        assert client.socket.close_code == 1000
    assert eventually(lambda: not (journal / session).exists(), within_s=20)


def test_ray_needs_a_journal(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the folder that replicas hand sessions over through, it says what to give."""
    assert run(["--ray"], load) == 2
    assert "--journal DIR" in capsys.readouterr().err


def test_an_id_names_its_replica() -> None:
    """And only an id of that shape does; those of a single server name none."""
    assert replica_of(f"session_{prefix('ab12')}{'0f' * 12}") == "ab12"
    for name in ("", "session_00ff", "session__00", "session_ab_", "x_ab_00", "session_a/b_00"):
        assert replica_of(name) is None
