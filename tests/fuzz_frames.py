"""What a hostile or broken side may send, as hypothesis draws it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.serving import START
from tests.test_server_fields import GPT_LIVE, REALTIME

_EXTRAS = ["extra", "aside", "type", "at", "event_id"]
KINDS = {"live": GPT_LIVE, "realtime": REALTIME}
_HUGE = st.sampled_from([10**30, -(10**30), 1e308, -0.0, 2**53, 2**63, 2**64])
_TEXT = st.one_of(
    st.text(max_size=20), st.sampled_from(["\x00", "\ud800", "é" * 300, "x" * 9000, "A" * 40_001])
)
ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _HUGE, _TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
_RAW = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "{", "[" * 9000, '{"a":' * 9000, "null", "1e999", '{"type":"\\ud800"}']),
)


@st.composite
def messages(draw: st.DrawFn, protocol: str) -> dict[str, Any]:
    """A right message of any type of the protocol; those that end a session are rarer."""
    kinds = sorted(KINDS[protocol])
    kind = draw(st.sampled_from(kinds))
    if kind in ("session.close", "aside.session.rest") and draw(st.integers(0, 9)):
        kind = draw(st.sampled_from(kinds))
    fields = json.loads(json.dumps(KINDS[protocol][kind]))
    event_id = {"event_id": "e"} if draw(st.booleans()) else {}
    return {"type": kind, **event_id, **fields}


@st.composite
def spoilt(draw: st.DrawFn, protocol: str) -> str:
    """A message with something missing, extra, wrong, huge or doubled, at any depth."""
    message = draw(messages(protocol))
    for _ in range(draw(st.integers(1, 3))):
        place = message
        while True:
            key = draw(st.sampled_from(sorted(place) or [""]))
            inner = place.get(key)
            if not (isinstance(inner, dict) and inner and draw(st.booleans())):
                break
            place = inner
        match draw(st.integers(0, 2)):
            case 0:
                place.pop(key, None)
            case 1:
                place[key] = draw(ODD)
            case _:
                place[draw(st.sampled_from(_EXTRAS))] = draw(ODD)
    text = json.dumps(message)
    if draw(st.integers(0, 4)) == 0:  # a name twice
        text = text[:-1] + ', "type": "session.close"}'
    return text


@st.composite
def damaged(draw: st.DrawFn, protocol: str) -> str:
    """A right message's text with some characters cut, put in or swapped."""
    text = json.dumps(draw(messages(protocol)))
    at, until = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return draw(
        st.sampled_from([text[:at], text[:at] + text[until:], text[:at] + "\x00" + text[at:],
                         text[:at] + text[at:until] * 2 + text[until:]])
    )  # fmt: skip


def frames(protocol: str) -> st.SearchStrategy[str | bytes]:
    right = messages(protocol).map(json.dumps)
    return st.one_of(right, spoilt(protocol), spoilt(protocol), damaged(protocol), _RAW,
                     st.binary(max_size=80))  # fmt: skip


@st.composite
def sessions(draw: st.DrawFn) -> dict[str, Any]:
    """What a session may be started with, right or nearly."""
    session: dict[str, Any] = {**START, "aside": {"keep_s": draw(st.sampled_from([0, 30]))}}
    if draw(st.integers(0, 3)) == 0:
        session[draw(st.sampled_from([*session, "input", "instructions", "extra"]))] = draw(ODD)
    return session


@st.composite
def sounds(draw: st.DrawFn) -> list[tuple[int, int]]:
    """(at, samples) of pieces of sound: in order, doubled, out of order, with gaps."""
    at, pieces = 0, []
    for _ in range(draw(st.integers(1, 20))):
        length = draw(st.sampled_from([0, 1, 160, 1600, 3200, 3201, 9600]))
        jump = draw(st.sampled_from([0, 0, 0, -3200, -1, 1, 3200, 100_000, -10**6]))
        pieces.append((max(0, at + jump), length))
        at = max(at, pieces[-1][0] + length)
    return pieces


_LINES = [
    b"Host: a", b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"Authorization: Bearer x",
    b"X: " + b"y" * 9000, b": ", b"Content-Length: 99999999999",
]  # fmt: skip
_PATHS = [b"/v1/live/sessions", b"/v1/realtime?seed=9" + b"9" * 4000, b"/%00", b"*"]
requests = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda verb, path, more: b"\r\n".join([b"%s %s HTTP/1.1" % (verb, path), *more, b"", b""]),
        st.sampled_from([b"GET", b"POST", b"get", b""]),
        st.sampled_from(_PATHS),
        st.lists(st.sampled_from(_LINES), max_size=8),
    ),
)
# Bytes where WebSocket frames should be: bad opcodes, reserved bits, lengths that lie, no mask.
_MASK = b"\0\0\0\0"
_FRAMES = [
    b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", b"\x81\x05hello", b"\x8f\x80" + _MASK,
    b"\xf1\x80" + _MASK, b"\x01\x82" + _MASK + b'{"', b"\x81\x82" + _MASK + b"\xff\xfe",
    b"\x89\xfe\x01" + _MASK + b"\0", b"\x88\x81" + _MASK + b"x", b"\x80\x80" + _MASK,
    b"\x89\x80" + _MASK,
]  # fmt: skip
wires = st.lists(
    st.one_of(st.binary(max_size=30), st.sampled_from(_FRAMES)), min_size=1, max_size=8
).map(b"".join)
