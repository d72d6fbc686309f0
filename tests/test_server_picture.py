"""Pictures arrive as they were, newest first, and bad ones cost an error and no more."""

from __future__ import annotations

import base64
import struct
import zlib

import cv2
import numpy as np
import pytest

from tests.scripted import tone
from tests.serving import START, alive, serving, wire

pytestmark = pytest.mark.timeout(30)


def png(height: int, width: int) -> bytes:
    """A PNG whose header promises a size and whose data keep nothing of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))


def picture(kind: str = ".jpg", shape: tuple[int, int] = (40, 80)) -> bytes:
    pixels = np.full((*shape, 3), (10, 120, 240), np.uint8)  # opencv's order: blue first
    return cv2.imencode(kind, pixels)[1].tobytes()


@pytest.mark.parametrize("kind", [".jpg", ".png"])
def test_a_picture_reaches_the_session_in_true_colours(kind: str) -> None:
    """What a client sends as red arrives as red, upright, at its size."""
    with serving() as server, wire(server, START) as client:
        image = base64.b64encode(picture(kind)).decode()
        client.send("aside.input_video.append", source="camera", image=image)
        client.hear(tone(0))
        seen = client.until("aside.act")["arguments"]
        assert (seen["source"], seen["size"]) == ("camera", [40, 80])
        assert np.abs(np.subtract(seen["mean"], [240, 120, 10])).max() <= 2


def test_only_the_newest_picture_of_a_source_is_seen() -> None:
    """Pictures that come faster than micro-turns replace each other; sources do not mix."""
    with serving() as server, wire(server, START) as client:
        for source, size in (("camera", 8), ("screen", 16), ("camera", 24)):
            image = base64.b64encode(picture(".png", (size, size))).decode()
            client.send("aside.input_video.append", source=source, image=image)
        client.hear(tone(0))
        acts = [client.until("aside.act")["arguments"] for _ in range(2)]
        assert [(a["source"], a["size"]) for a in acts] == [
            ("camera", [24, 24]),
            ("screen", [16, 16]),
        ]
        client.turns(1)
        assert len([event for event in client.seen if event["type"] == "aside.act"]) == 2


BAD_PICTURES = {
    "empty": b"",
    "text": b"GIF89a not one of ours",
    "bomb": png(100_000, 100_000),
    "flat": png(0, 10),
    "hollow": png(10, 10),
    "wide": picture(".png", (1, 4000))[:30],
    "cut": picture()[:20],
    "endless": b"\xff\xd8" + b"\xff" * 5000,
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_a_bad_picture_is_an_error_and_the_turn_goes_on(name: str) -> None:
    """No size, too large, damaged: told to the client; the micro-turn happens without it."""
    with serving() as server, wire(server, START) as client:
        image = base64.b64encode(BAD_PICTURES[name]).decode()
        client.send("aside.input_video.append", source="screen", image=image)
        client.hear(tone(0))
        assert client.until("error")["error"]["code"] == "invalid_image"
        alive(client)


def test_a_picture_too_large_is_refused_before_it_is_decoded() -> None:
    """Sixteen million pixels of black fit into few bytes; they are refused at the door."""
    with serving() as server, wire(server, START) as client:
        image = base64.b64encode(picture(".png", (4000, 4000))).decode()
        client.send("aside.input_video.append", source="screen", image=image, event_id="big")
        refused = client.until("error")["error"]
        assert (refused["code"], refused["client_event_id"]) == ("invalid_image", "big")
        assert "4000x4000" in refused["message"]
