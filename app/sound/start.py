"""What the command line and the settings say of sound, for `aside`."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.settings.schema import (
    ECHO_CANCELLATION,
    GAIN_CONTROL,
    MICROPHONE,
    NOISE_SUPPRESSION,
    SPEAKER,
    SYSTEM_SOUND,
)
from app.settings.store import Settings
from app.sound.desk import SoundDesk
from app.sound.devices import Kind
from app.sound.echo import Cleaning
from app.sound.system import device_list


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--microphone", metavar="NAME", help="take this microphone while it is there")
    add("--speaker", metavar="NAME", help="take this speaker while it is there")
    add("--no-echo-cancellation", action="store_true", help="leave the own voice in what is heard")
    add("--hear-system", action="store_true", help="begin with hearing what the computer plays")
    words = "sound, or a tape, that plays the "
    add("--microphone-tape", type=Path, metavar="FILE", help=f"{words}microphone")
    add("--system-tape", type=Path, metavar="FILE", help=f"{words}computer's own sound")


def for_once(options: argparse.Namespace) -> dict[str, object]:
    """Settings that hold for this run and are not kept. A tape is there to be played."""
    said = {
        MICROPHONE.id: options.microphone or None,
        SPEAKER.id: options.speaker or None,
        ECHO_CANCELLATION.id: False if options.no_echo_cancellation else None,
        SYSTEM_SOUND.id: True if options.hear_system or options.system_tape else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def sound_desk(options: argparse.Namespace, settings: Settings) -> SoundDesk:
    """A desk on which nothing is open yet."""
    given: dict[Kind, Path | None] = {
        "microphone": options.microphone_tape, "system": options.system_tape,
    }  # fmt: skip
    tapes = {kind: path for kind, path in given.items() if path is not None}
    return SoundDesk(
        device_list(), settings[MICROPHONE], settings[SPEAKER], cleaning(settings), tapes
    )


def cleaning(settings: Settings) -> Cleaning:
    return Cleaning(
        settings[ECHO_CANCELLATION], settings[NOISE_SUPPRESSION], settings[GAIN_CONTROL]
    )
