"""A conversation as a file for other programs: text, subtitles, JSON, or sound."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import soundfile

from app.history.moment import SIDES, Moment, Talk
from app.history.sound import tracks
from app.history.store import Store
from app.window.words import tr
from engine.microturn import SAMPLE_RATE_HZ

SHORTEST_SUBTITLE_S = 1.2
SPOKEN = ("heard", "said", "typed")


class ExportError(Exception):
    """What could not be written, and why."""


def as_text(talk: Talk, moments: Iterable[Moment]) -> str:
    """For people: who said what when, by the clock on the wall."""
    lines = [f"{_date(talk.began_s)}: {talk.title}", ""]
    lines += [f"{clock(talk, one.at_s)}  {one.name}: {one.text}" for one in moments]
    return "\n".join(lines) + "\n"


def as_srt(_: Talk, moments: Iterable[Moment]) -> str:
    """Subtitles for the exported sound; acts are no words and stay out."""
    spoken = [one for one in moments if one.kind in SPOKEN]
    blocks = []
    for number, one in enumerate(spoken, 1):
        end_s = max(one.end_s, one.at_s + SHORTEST_SUBTITLE_S)
        words = one.text.replace("-->", "→")
        blocks.append(f"{number}\n{_stamp(one.at_s)} --> {_stamp(end_s)}\n{one.name}: {words}\n")
    return "\n".join(blocks)


def as_json(talk: Talk, moments: Iterable[Moment]) -> str:
    whole = {**asdict(talk), "lines": [asdict(one) for one in moments]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


TEXTS: dict[str, Callable[[Talk, Iterable[Moment]], str]] = {
    "txt": as_text, "srt": as_srt, "json": as_json,
}  # fmt: skip
FORMATS = (*TEXTS, "wav")


def export(store: Store, talk: Talk, path: Path, form: str) -> None:
    """Writes one conversation. Raises ExportError; then there is no half file at `path`."""
    half = path.with_name(f".{path.name}.half")
    try:
        if form == "wav":
            _write_sound(store, talk, half)
        else:
            half.write_text(TEXTS[form](talk, store.moments(talk.id)), "utf-8")
        os.replace(half, path)
    except (OSError, soundfile.SoundFileError) as error:
        with suppress(OSError):
            half.unlink()
        refused = tr("{path} could not be written: {error}. Choose another place.")
        raise ExportError(refused.format(path=path, error=error)) from error


def clock(talk: Talk, at_s: float) -> str:
    """The time of day of a moment."""
    return datetime.fromtimestamp(talk.began_s + at_s).strftime("%H:%M:%S")


def _write_sound(store: Store, talk: Talk, path: Path) -> None:
    """The user left, Aside right; what the computer played is a third channel, if it was heard."""
    if not talk.has_sound:
        silent = tr(
            "Conversation {number} was kept without its sound, so there is no wav to write. "
            "To keep sound from now on: aside history keep --sound on"
        )
        raise ExportError(silent.format(number=talk.id))
    sides = SIDES if "system" in store.sides(talk.id) else SIDES[:2]
    with soundfile.SoundFile(
        path, "w", SAMPLE_RATE_HZ, len(sides), "PCM_16", format="WAV"
    ) as file:
        for block in tracks(store.sound(talk.id), sides):
            file.write(block)


def _date(epoch_s: float) -> str:
    return datetime.fromtimestamp(epoch_s).strftime("%Y-%m-%d %H:%M")


def _stamp(at_s: float) -> str:
    milliseconds = max(0, round(at_s * 1000))
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02},{milliseconds:03}"
