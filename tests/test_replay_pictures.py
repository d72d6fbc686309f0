"""Films and pictures become the camera and the screen: at most one frame per micro-turn."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from test_replay_media import sine, write_video, written

from engine.replay.errors import MediaError
from engine.replay.pictures import Pictures

pytestmark = pytest.mark.timeout(60)


def greys(path: Path) -> list[float | None]:
    """Mean brightness of the frame of each micro-turn, None where none is new."""
    frames = Pictures(path, "camera").frames()
    return [None if frame is None else float(frame.pixels.mean()) for frame in frames]


def test_a_fast_film_gives_the_latest_picture_of_each_micro_turn(tmp_path: Path) -> None:
    """Of ten pictures a second, micro-turn k gets the last one that was shown in it."""
    got = greys(write_video(tmp_path / "film.mp4", 2.0, fps=10))
    assert len(got) == 10
    for turn, grey in enumerate(got):
        assert grey == pytest.approx(20 + 11 * (2 * turn + 1), abs=4)


def test_a_slow_film_leaves_micro_turns_without_a_picture(tmp_path: Path) -> None:
    """Of one picture a second, every fifth micro-turn gets one, and the others none."""
    got = greys(write_video(tmp_path / "film.mkv", 3.0, fps=1))
    assert [turn for turn, grey in enumerate(got) if grey is not None] == [0, 5, 10]


def test_frames_are_rgb_pixels(tmp_path: Path) -> None:
    """A frame has the picture's own size and colours, and says where it comes from."""
    pixels = np.zeros((30, 40, 3), np.uint8)
    pixels[..., 0] = 200
    Image.fromarray(pixels).save(tmp_path / "red.png")
    (frame,) = Pictures(tmp_path / "red.png", "screen").frames()
    assert frame is not None
    assert frame.source == "screen"
    assert frame.pixels.dtype == np.uint8
    np.testing.assert_array_equal(frame.pixels, pixels)


def turned_film(path: Path, pixels: np.ndarray) -> None:
    """A film of one picture, marked to be shown turned counterclockwise by 90 degrees."""
    with av.open(str(path), "w") as film:
        video = film.add_stream("mpeg4", rate=5)
        video.height, video.width = pixels.shape[:2]
        video.pix_fmt = "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        film.mux(video.encode(picture))
        film.mux(video.encode(None))
    straight = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    turned = struct.pack(">9i", 0, -1 << 16, 0, 1 << 16, 0, 0, 0, 0, 1 << 30)
    before, track, after = path.read_bytes().partition(b"tkhd")
    path.write_bytes(before + track + after.replace(straight, turned, 1))


def test_a_film_from_a_turned_phone_stands_upright(tmp_path: Path) -> None:
    """Pictures that are marked as turned arrive as a player would show them."""
    upright = np.zeros((64, 48, 3), np.uint8)
    upright[:16] = 250
    turned_film(tmp_path / "turned.mp4", np.rot90(upright, -1))
    frame = next(Pictures(tmp_path / "turned.mp4", "camera").frames())
    assert frame is not None
    assert frame.pixels.shape == upright.shape
    assert frame.pixels[:12].mean() > 200 > 60 > frame.pixels[24:].mean()


def test_bad_pictures_are_named(tmp_path: Path) -> None:
    """A file without pictures, a damaged one and a missing one are errors with their name."""
    sound = written(tmp_path / "talk.wav", sine(440, 0.5, 16_000), 16_000)
    (tmp_path / "noise.mp4").write_bytes(b"\0" * 1000)
    for path, message in (
        (sound, "no pictures in it"),
        (tmp_path / "noise.mp4", "not a sound or video file"),
        (tmp_path / "missing.mp4", "no such file"),
    ):
        with pytest.raises(MediaError, match=message) as caught:
            Pictures(path, "camera")
        assert str(path) in str(caught.value)
