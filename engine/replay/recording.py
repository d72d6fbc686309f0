"""`--out DIR`: a session kept as a tape with its sound and its timeline beside it.

The folder is itself the tape (engine.replay.tape), so `aside replay DIR` plays it again;
session.wav and timeline.png are for people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.replay.disk import writing
from engine.replay.errors import OutputError
from engine.replay.events import Event
from engine.replay.score import Score
from engine.replay.session import Step
from engine.replay.tape import EVENTS, HEADER, INPUTS, MICROPHONE, TapeHeader, TapeWriter
from engine.replay.timeline import write_timeline
from engine.replay.wav import StereoWave

SOUND, TIMELINE = "session.wav", "timeline.png"
NAMES = (HEADER, MICROPHONE, INPUTS, EVENTS, SOUND, TIMELINE)
_NUMBERED = re.compile(r"(camera|screen)-\d{6}\.png|timeline-\d+\.png")


class Recording:
    """Keeps a session in a folder while it runs. Raises OutputError.

    What an earlier session left in the folder is replaced; a folder that holds other things
    only gets ours beside them.
    """

    def __init__(self, folder: Path, header: TapeHeader, title: str) -> None:
        self.folder = folder
        self._title = title
        self._score = Score()
        _prepare(folder)
        self._tape = TapeWriter(folder, header)
        self._sound = StereoWave(folder / SOUND)

    def write(self, step: Step, events: Sequence[Event]) -> None:
        """Keeps one micro-turn and the events that became known with it."""
        self._tape.write(step.given, events)
        self._sound.write(step.given.audio, step.output)
        self._score.add(step, events)

    def finish(self, events: Sequence[Event]) -> None:
        """Keeps the last events, marks the session as whole and draws its timeline."""
        self._tape.write_events(events)
        self._score.add_events(events)
        self._sound.close()
        self._tape.close()
        write_timeline(self._score, self._title, self.folder / TIMELINE)

    def abandon(self) -> None:
        """Leaves everything readable as it is on the disk."""
        self._sound.abandon()
        self._tape.abandon()


def refuse_to_overwrite(folder: Path, inputs: Sequence[Path]) -> None:
    """Raises OutputError where a recording in `folder` would destroy what is being replayed."""
    target = folder.resolve()
    for path in (path.resolve() for path in inputs):
        if path == target or (path.parent == target and path.name in NAMES):
            raise OutputError(
                f"{folder}: holds {path.name}, which is being replayed. "
                "Give another folder to --out."
            )


def _prepare(folder: Path) -> None:
    """Makes the folder, and clears it of an earlier session: of nothing else."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        present = {path.name for path in folder.iterdir()}
    strangers = sorted(present & set(NAMES))
    if strangers and HEADER not in present:
        raise OutputError(
            f"{folder}: holds a {strangers[0]} that is not from a session, and it would be lost. "
            "Give another folder to --out."
        )
    with writing(folder):
        for name in present:
            if HEADER in present and (name in NAMES or _NUMBERED.fullmatch(name)):
                (folder / name).unlink()
