"""The page on the protocol says what the code does: every message has its line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from engine.server import strict, wire
from engine.server.capabilities import CLIENT_EVENTS, SERVER_EVENTS
from engine.server.realtime import wire as realtime

SERVER = Path(wire.__file__).parent
PAGE = (SERVER / "PROTOCOL.md").read_text("utf-8")
EVENT = re.compile(
    r"(error|info|(session|response|conversation|(in|out)put_audio_buffer|aside)(\.[a-z_]+)+)"
)
CODE = re.compile(r'WireError\(\s*"([a-z_]+)"')
NO_EVENTS = {"aside.socket", "session.aside"}


def client_events() -> list[type[strict.ClientEvent]]:
    return [*get_args(wire.LiveEvent), *get_args(realtime.RealtimeEvent)]


def types_of(event: type[strict.ClientEvent]) -> tuple[str, ...]:
    return get_args(event.model_fields["type"].annotation)


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def in_code() -> set[str]:
    found = {text for path in SERVER.rglob("*.py") for text in strings(path)}
    return {text for text in found if EVENT.fullmatch(text)} - NO_EVENTS


def on_page() -> set[str]:
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    return {text for text in re.findall(r"`([^`\n]+)`", prose) if EVENT.fullmatch(text)}


def row(kind: str) -> str:
    """The line of a table that begins with this client event."""
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}`")]
    assert rows, f"{kind} has no line"
    return " ".join(rows)


def test_every_message_has_its_line() -> None:
    """Every event type in the code is named on the page."""
    assert len(in_code()) > 70
    assert not in_code() - on_page()


def test_no_line_without_a_message() -> None:
    """The page names no event type that the code does not know."""
    assert not on_page() - in_code() - NO_EVENTS - {"error.event_id"}


@pytest.mark.parametrize("event", client_events(), ids=lambda event: event.__name__)
def test_every_field_of_a_client_is_explained(event: Any) -> None:
    """Each field that a client may send stands in the line of its event."""
    fields = set(event.model_fields) - {"type", "event_id"}
    for kind in types_of(event):
        assert not [name for name in fields if f"`{name}`" not in row(kind)]


def test_every_error_code_is_listed() -> None:
    """Each code that a refusal can have is on the page."""
    source = "".join(path.read_text("utf-8") for path in SERVER.rglob("*.py"))
    codes = set(CODE.findall(source)) | set(strict._CODES.values())
    assert len(codes) > 20
    assert not [code for code in codes if f"`{code}`" not in PAGE]


def test_capabilities_name_the_extensions() -> None:
    """What a server says that it can do in a protocol is what it can: all of ours, and no other."""
    for protocol, union in (("live", wire.LiveEvent), ("realtime", realtime.RealtimeEvent)):
        kinds = {kind for event in get_args(union) for kind in types_of(event)}
        named = CLIENT_EVENTS[protocol]  # type: ignore[index]
        assert set(named) == {kind for kind in kinds if kind.startswith("aside.")}
    asked = {kind for event in client_events() for kind in types_of(event)}
    told = {kind for kind in in_code() - asked if kind.startswith("aside.")}
    assert {kind for kinds in SERVER_EVENTS.values() for kind in kinds} == told
