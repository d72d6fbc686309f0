"""What this server speaks beyond the protocols, and its limits: one event, after the session's."""

from __future__ import annotations

from typing import Any

from engine.microturn import SAMPLE_RATE_HZ, TURN_S
from engine.server import strict
from engine.server.dialect import Identity
from engine.server.settings import Settings
from engine.server.visit import Protocol
from engine.signal.patches import CAMERA_GRID, COARSE_EVERY_TURNS, FINE_GRID, PATCH

CONTENT_TOKENS = 500
_CLIENT = (
    "aside.addressed", "aside.input_text.append", "aside.input_video.append", "aside.playback.ack",
)  # fmt: skip
_SERVER = (
    "aside.act", "aside.capabilities", "aside.input_text.appended", "aside.playback.acknowledged",
    "aside.session.resumed", "aside.state",
)  # fmt: skip
CLIENT_EVENTS: dict[Protocol, tuple[str, ...]] = {
    "live": (*_CLIENT, "aside.output_audio.cancel", "aside.session.rest"),
    "realtime": _CLIENT,
}
SERVER_EVENTS: dict[Protocol, tuple[str, ...]] = {
    "live": (*_SERVER, "aside.output_audio.cancelled", "aside.turn"),
    "realtime": (*_SERVER, "aside.info", "aside.session.closed"),
}
# What the model makes of a picture: more pixels, or more pictures, would be thrown away.
LOOKS = {
    "camera": {
        "width": CAMERA_GRID[1] * PATCH, "height": CAMERA_GRID[0] * PATCH, "hz": 1 / TURN_S,
        "refresh_s": 0.0,
    },
    "screen": {
        "width": FINE_GRID[1] * PATCH, "height": FINE_GRID[0] * PATCH, "hz": 1 / TURN_S,
        "refresh_s": COARSE_EVERY_TURNS * TURN_S,
    },
}  # fmt: skip


def capabilities(
    identity: Identity, settings: Settings, keep_s: float, protocol: Protocol
) -> dict[str, Any]:
    """`aside.capabilities`: who computes, cadence, modalities, sizes, limits, how to come back."""
    return {
        "type": "aside.capabilities",
        "version": 1,
        "engine": identity.engine,
        "computes": identity.computes,
        "turn_ms": round(TURN_S * 1000),
        "sample_rate_hz": SAMPLE_RATE_HZ,
        "hears": ["audio", *identity.sees, "text", "updates"],
        "does": ["audio", "heard", "say", "acts"],
        "client_events": list(CLIENT_EVENTS[protocol]),
        "server_events": list(SERVER_EVENTS[protocol]),
        "video": {
            "sources": ["camera", "screen"],  # taken, and of use if they are among `hears`
            "formats": ["image/jpeg", "image/png"],
            "max_width": 3840,
            "max_height": 2160,
            "looks": LOOKS,
        },
        "limits": {
            "behind_ms": settings.behind_turns * round(TURN_S * 1000),
            "message_bytes": settings.max_message_bytes,
            "content_chars": strict.MAX_CONTENT_CHARS,
            "content_tokens": CONTENT_TOKENS,
        },
        "resume": {
            "keep_s": min(keep_s, settings.keep_s),
            "events": settings.journal_events,
            "outlives_server": settings.journal is not None,
        },
    }
