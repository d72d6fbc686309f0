"""Each event on the page is sent, and is what the `openai` package's types describe."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from openai.types.realtime import RealtimeSessionCreateResponse
from pydantic import TypeAdapter

from engine.server import wire as protocol
from engine.server.capabilities import SERVER_EVENTS
from engine.server.server import Server
from tests.scripted import ScriptedEngine, tone
from tests.serving import START, Wire, pcm, realtime_wire, serving, wire
from tests.standin_gptlive import SERVER as LIVE
from tests.standin_realtime import SERVER as REALTIME
from tests.standin_realtime import checked
from tests.test_server_resume import back, cut, number

pytestmark = pytest.mark.timeout(60)
PAGE = (Path(protocol.__file__).parent / "PROTOCOL.md").read_text("utf-8")
STOCK = {key: value for key, value in START.items() if key != "aside"}
OURS = {**START, "aside": {"ticks": True, "keep_s": 20}}
DELEGATE = {"type": "function", "name": "delegate", "parameters": {"type": "object"}}


def told_by_page(section: str) -> set[str]:
    """The server's events that this section of the page names."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    asked = text.split("| from the client | |")[1].split("\n\n")[0]
    names = re.findall(r"`((?:error|info|[a-z_]+\.[a-z_.]+))`", text.replace(asked, ""))
    return {name for name in names if not name.startswith(("session.aside", "transport"))}


def described(types: TypeAdapter[Any], events: list[dict[str, Any]]) -> None:
    """Raises ValueError for an event with a field that the types do not know, or without one."""
    for event in events:
        ours = {key: value for key, value in event.items() if key != "aside"}
        if event["type"] == "session.output_audio.delta":
            del ours["event_id"]  # every event of ours has one
        if types is REALTIME and event["type"] in ("session.created", "session.updated"):
            # Their types of the event lack what every session has: its id, for one.
            RealtimeSessionCreateResponse.model_validate(ours.pop("session"), extra="forbid")
            ours["session"] = {"type": "realtime"}
        checked(types, json.dumps(ours))


def kinds(client: Wire) -> set[str]:
    return {event["type"] for event in client.seen}


def live_talk(client: Wire) -> None:
    """All that a stock client of GPT-Live can do, and all that it can be told."""
    client.send("session.update", session={"delegation": {"type": "client"}}, event_id="u")
    client.send("session.input_audio.mute", event_id="m")
    client.send("session.input_audio.unmute")
    client.send("session.instructions.append", content="delegate it", delegation_id=None)
    client.hear(tone(440))
    task = client.until("session.delegation.created")["delegation"]["id"]
    client.send("session.thinking.append", content="a", delegation_id=task, event_id="t")
    client.send("session.commentary.append", content="one two", delegation_id=task)
    for _ in range(3):
        client.hear(tone(440))
        client.until("session.input_transcript.delta")
    client.send("session.thinking.append", content="a", delegation_id="none", event_id="e")
    client.hear(np.zeros(10 * 16_000, np.float32))  # more than may wait
    client.until("session.usage.updated")
    client.send("session.close")
    client.rest()


def test_gpt_live_is_as_described() -> None:
    """A stock session: every event of the page comes, each with the fields of its type alone."""
    with serving(behind_turns=30) as server, wire(server, STOCK) as client:
        live_talk(client)
    assert kinds(client) == told_by_page("GPT-Live")
    described(LIVE, client.seen)


def picture() -> str:
    encoded = cv2.imencode(".png", np.zeros((36, 64, 3), np.uint8))[1].tobytes()
    return "data:image/png;base64," + base64.b64encode(encoded).decode()


def listen(client: Wire, turns: int, hz: float = 0.0) -> None:
    sound = tone(hz, turns * 4800, 24_000)
    client.send("input_audio_buffer.append", audio=pcm(sound))


def say(client: Wire, *content: dict[str, Any], role: str = "user") -> None:
    item = {"type": "message", "role": role, "content": list(content)}
    client.send("conversation.item.create", item=item)


def text(words: str) -> dict[str, Any]:
    return {"type": "input_text", "text": words}


def realtime_talk(client: Wire) -> None:
    """All that a stock client of Realtime can do, and all that it can be told."""
    client.send("session.update", session={"type": "realtime", "tools": [DELEGATE]})
    say(client, text("delegate it"), {"type": "input_image", "image_url": picture()})
    listen(client, 2, hz=440)
    call = client.until("response.function_call_arguments.done")
    client.until("response.done")
    answer = {"type": "function_call_output", "call_id": call["call_id"], "output": "one two"}
    client.send("conversation.item.create", item=answer)
    listen(client, 4)
    item = client.until("response.done")["response"]["output"][0]["id"]
    at = {"content_index": 0, "audio_end_ms": 100}
    client.send("conversation.item.truncate", item_id=item, **at)
    client.send("conversation.item.retrieve", item_id=item)
    client.send("conversation.item.delete", item_id=item)
    client.send("conversation.item.delete", item_id=item, event_id="twice")
    say(client, text("recall"), role="system")
    say(client, text("recall"))
    client.send("response.create", response={"output_modalities": ["text"]})
    listen(client, 12)
    client.until("response.done")
    client.send("input_audio_buffer.clear")
    say(client, text("one two three four five six seven"))
    listen(client, 3)
    client.until("response.output_audio.delta")
    client.send("output_audio_buffer.clear")
    client.until("output_audio_buffer.cleared")
    client.send("input_audio_buffer.commit")
    listen(client, 6)
    client.until("input_audio_buffer.committed")


def test_realtime_is_as_described() -> None:
    """The same for the other protocol, calls, pictures, cancelling and text alone included."""
    with serving(behind_turns=50) as server, realtime_wire(server, "model=any") as client:
        realtime_talk(client)
    assert kinds(client) == told_by_page("Realtime")
    described(REALTIME, client.seen)
    cancelled = [e for e in client.seen if e["type"] == "response.done"][-1]["response"]
    assert cancelled["status"] == "cancelled"


@contextmanager
def ours(server: Server, path: str) -> Iterator[Wire]:
    """A client that asked for the extensions."""
    if path == "/live/sessions":
        with wire(server, OURS) as client:
            yield client
    else:
        with realtime_wire(server, "aside=1&keep_s=20") as client:
            yield client


@pytest.mark.parametrize(("path", "name"), [("/live/sessions", "live"), ("/realtime", "realtime")])
def test_every_extension_is_sent(path: str, name: str) -> None:
    """What the capabilities announce for a protocol comes in it, and nothing else of ours."""
    sound = "session.input_audio.append" if name == "live" else "input_audio_buffer.append"
    second = 24_000 if name == "realtime" else 16_000
    much, little = (pcm(np.zeros(length, np.float32)) for length in (second, second // 2))
    with serving(ScriptedEngine(step_s=0.02), behind_turns=3, lease_s=3) as server:
        with ours(server, path) as client:
            opened = "session.started" if name == "live" else "session.created"
            session = next(e for e in client.seen if e["type"] == opened)["session"]["id"]
            client.send("aside.input_text.append", text="act wave")
            client.send(sound, audio=much)
            client.until("aside.state", state="delayed")
            client.until("aside.state", state="listening")
            client.send("aside.input_text.append", text="one two")
            client.send(sound, audio=little)
            client.until("aside.state", state="speaking")
            client.send("aside.playback.ack", generation=1, played_ms=0)
            client.until("aside.playback.acknowledged")
            if name == "live":
                client.send("aside.output_audio.cancel", generation=1)
                client.until("aside.output_audio.cancelled")
            cut(client)
        with back(server, session, number(client.seen[-1]), path) as again:
            again.rest()  # until its lease has run out
    told = {kind for kind in kinds(client) | kinds(again) if kind.startswith("aside.")}
    announced = next(e for e in client.seen if e["type"] == "aside.capabilities")
    assert told == set(announced["server_events"]) == set(SERVER_EVENTS[name])  # type: ignore[index]
