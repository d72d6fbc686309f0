"""Sound files and containers, decoded block by block.

libsndfile reads what it knows (wav, flac, ogg, opus, mp3, aiff ...), PyAV everything else
(mp4, mkv, webm, m4a ...). A block is (n, channels) float32 and at most a few seconds long, so
a file of any length costs the same memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import soundfile

from engine.replay.errors import MediaError

BLOCK_SAMPLES = 16_384
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 4_000, 768_000
_UNKNOWN_FRAMES = 1 << 50
_LOCAL_ONLY = {"protocol_whitelist": "file"}


@dataclass(frozen=True)
class SoundInfo:
    """What a file's header says. seconds is None where the header does not say."""

    rate_hz: int
    channels: int
    seconds: float | None
    container: bool


def open_container(path: Path) -> av.container.InputContainer:
    """The file as a media container that may not reach for anything but itself.

    Raises MediaError where it is none.
    """
    try:
        return av.open(str(path.resolve()), options=_LOCAL_ONLY)
    except (av.error.FFmpegError, ValueError) as error:
        raise MediaError(
            f"{path}: not a sound or video file that can be read ({_reason(error)}). "
            "Give a wav, flac, ogg, opus, mp3, mp4 or mkv file."
        ) from error


def require_file(path: Path) -> None:
    """Raises MediaError unless `path` is a file with something in it that may be read."""
    if not path.exists():
        raise MediaError(f"{path}: no such file. Check the name and the folder.")
    if path.is_dir():
        raise MediaError(f"{path}: a folder, and not a tape. Give a sound file or a tape.")
    if not path.is_file():
        raise MediaError(f"{path}: a device or a pipe, not a file. Give a file.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise MediaError(
            f"{path}: cannot be opened ({error.strerror}). Check its permissions."
        ) from error
    if empty:
        raise MediaError(f"{path}: empty (0 bytes). Record or copy it again.")


def probe_sound(path: Path) -> SoundInfo:
    """Header of a sound file or of a container's first sound stream. Raises MediaError."""
    require_file(path)
    info = _probe_soundfile(path) or _probe_container(path)
    if not LOWEST_RATE_HZ <= info.rate_hz <= HIGHEST_RATE_HZ:
        raise MediaError(
            f"{path}: a sample rate of {info.rate_hz} Hz cannot carry speech. "
            f"Convert it to 16000 Hz (from {LOWEST_RATE_HZ} Hz on is accepted)."
        )
    return info


def sound_blocks(path: Path, info: SoundInfo) -> Iterator[np.ndarray]:
    """Sound of a probed file: blocks of (n, channels) float32. Raises MediaError midway where
    the file is broken."""
    blocks = _container_blocks(path) if info.container else _soundfile_blocks(path)
    done = 0
    try:
        for block in blocks:
            done += len(block)
            yield block
    except (soundfile.LibsndfileError, av.error.FFmpegError, ValueError) as error:
        raise MediaError(
            f"{path}: broken after {done / info.rate_hz:.1f} s ({_reason(error)}). "
            "Copy or convert it again."
        ) from error


def _reason(error: Exception) -> str:
    text = getattr(error, "error_string", None) or getattr(error, "strerror", None) or str(error)
    return str(text).strip().rstrip(".") or type(error).__name__


def _probe_soundfile(path: Path) -> SoundInfo | None:
    # TypeError: soundfile takes a name ending in .raw for headerless sound.
    with (
        suppress(soundfile.LibsndfileError, TypeError),
        soundfile.SoundFile(str(path)) as file,
    ):
        known = 0 <= file.frames < _UNKNOWN_FRAMES
        seconds = file.frames / file.samplerate if known else None
        return SoundInfo(file.samplerate, file.channels, seconds, container=False)
    return None


def _probe_container(path: Path) -> SoundInfo:
    with open_container(path) as container:
        if not container.streams.audio:
            raise MediaError(
                f"{path}: no sound in it. Give a file with sound, "
                f"or use its pictures with --camera or --screen."
            )
        stream = container.streams.audio[0]
        seconds = _seconds(container, stream)
        return SoundInfo(int(stream.rate or 0), int(stream.channels), seconds, container=True)


def _seconds(
    container: av.container.InputContainer, stream: av.audio.stream.AudioStream
) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _soundfile_blocks(path: Path) -> Iterator[np.ndarray]:
    with soundfile.SoundFile(str(path)) as file:
        while len(block := file.read(BLOCK_SAMPLES, dtype="float32", always_2d=True)):
            yield block


def _container_blocks(path: Path) -> Iterator[np.ndarray]:
    with open_container(path) as container:
        for frame in container.decode(audio=0):
            yield _samples(frame)


def _samples(frame: av.AudioFrame) -> np.ndarray:
    """One decoded frame as (n, channels) float32 in [-1, 1]."""
    channels = len(frame.layout.channels)
    raw = frame.to_ndarray()
    wave = raw.T if frame.format.is_planar else raw.reshape(-1, channels)
    if wave.dtype.kind == "f":
        return wave.astype(np.float32)
    half = 2.0 ** (8 * wave.dtype.itemsize - 1)
    centre = half if wave.dtype.kind == "u" else 0.0
    return ((wave - centre) / half).astype(np.float32)
