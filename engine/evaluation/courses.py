"""The courses of `aside eval`: which there are, and how each is made from what a person typed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.card.courses import FOLDER
from engine.evaluation.course import Course, CourseError, Outcome, figures_of
from engine.evaluation.duplex.fdb1 import Fdb1
from engine.evaluation.duplex.fdb1_folder import Fdb1Folder
from engine.evaluation.duplex.fdb1_own import OwnDialogues
from engine.evaluation.duplex.fdb15 import Fdb15
from engine.evaluation.duplex.fdb15_folder import Fdb15Folder
from engine.evaluation.duplex.fdb15_own import OwnOverlaps
from engine.evaluation.duplex.presence import Presence
from engine.evaluation.duplex.turn_figures import turn_figures
from engine.evaluation.duplex.turns import Turns
from engine.evaluation.duplex.turns_folder import TurnsFolder
from engine.evaluation.duplex.turns_own import OwnTurns
from engine.evaluation.figures import Figure
from engine.evaluation.hours.long import SESSION_MIN, SHORTEST_MIN, Long, long_figures
from engine.evaluation.moments.gametime import TASKS, GameTime
from engine.evaluation.moments.moment import Moments
from engine.evaluation.seeing.clips import Clips, ClipsOf
from engine.evaluation.seeing.filmed import Filmed, Joined, Videos, Watchable
from engine.evaluation.seeing.folders import Charades, ProactiveVideos, RepCountA
from engine.evaluation.seeing.proactive import Proactive
from engine.evaluation.seeing.rendered import Rendered, action, question, repetitions
from engine.evaluation.seeing.repcount import RepCount
from engine.evaluation.seeing.startstop import StartStop
from engine.evaluation.seeing.watched import Seen
from engine.evaluation.skills import PEOPLE, SUITES, Repertoire
from engine.training.scenes.stage import Scene

TIME_SKILLS = ("every", "later", "duration", "duration_people")
CUE_SKILLS = ("cue", "wrong", "cue_people")
SCENES_OF_EACH, PRESENCE_MIN = 100, 60.0


@dataclass(frozen=True)
class Offer:
    """takes: the options that it reads besides the common ones."""

    name: str
    help: str
    make: Callable[[argparse.Namespace], Course]
    takes: tuple[str, ...]
    typical: str = ""
    figures: Callable[[Course, Sequence[Outcome]], list[Figure]] = figures_of

    @property
    def example(self) -> str:
        return " ".join(["aside eval", self.name, *self.typical.split(), "--out results"])


def _fdb1(o: argparse.Namespace) -> Course:
    if o.folder:
        return Fdb1(Fdb1Folder(o.folder, o.limit, o.seed), _named(o))
    return Fdb1(OwnDialogues(_dialogues(o), o.limit, o.seed))


def _fdb15(o: argparse.Namespace) -> Course:
    if o.folder:
        return Fdb15(Fdb15Folder(o.folder, o.limit, o.seed), _named(o))
    return Fdb15(OwnOverlaps(_dialogues(o), o.limit, o.seed))


def _turns(o: argparse.Namespace) -> Course:
    if o.folder:
        return Turns(TurnsFolder(o.folder, o.limit, o.seed), _named(o))
    return Turns(OwnTurns(_dialogues(o), o.limit, o.seed))


def _presence(o: argparse.Namespace) -> Course:
    minutes = PRESENCE_MIN if o.minutes is None else o.minutes
    return Presence(minutes, o.speech, o.noise, o.limit, o.seed)


def _long(o: argparse.Namespace) -> Course:
    minutes = SESSION_MIN if o.minutes is None else o.minutes
    if minutes < SHORTEST_MIN:
        raise CourseError(
            f"--minutes {minutes:g} is too short to ask again for anything: "
            f"give {SHORTEST_MIN:g} or more"
        )
    return Long(minutes, o.speech, o.noise, o.limit or 1, o.seed)


def _timespeak(o: argparse.Namespace) -> Course:
    return _skilled("timespeak", TIME_SKILLS, o)


def _cuespeak(o: argparse.Namespace) -> Course:
    return _skilled("cuespeak", CUE_SKILLS, o)


def _skilled(name: str, skills: Sequence[str], o: argparse.Namespace) -> Course:
    there = {skill for names in SUITES.values() for skill in names}
    playable = there if o.speech else there - set(PEOPLE)
    chosen = tuple(skill for skill in skills if skill in playable)
    scenes = Repertoire.with_people(o.speech)
    return Moments(name, scenes, chosen, o.limit or SCENES_OF_EACH, o.noise, o.seed)


def _gametime(o: argparse.Namespace) -> Course:
    return Moments("gametime", GameTime(), tuple(TASKS), o.limit or SCENES_OF_EACH, o.noise, o.seed)


def _repcount(o: argparse.Namespace) -> Course:
    return RepCount(_seen(o, RepCountA, Clips.repetitions, ("reps",), repetitions), _named(o))


def _startstop(o: argparse.Namespace) -> Course:
    return StartStop(_seen(o, Charades, Clips.actions, ("stand",), action), _named(o))


def _proactive(o: argparse.Namespace) -> Course:
    return Proactive(
        _seen(o, ProactiveVideos, Clips.questions, ("somebody", "hand"), question), _named(o)
    )


def _seen(
    o: argparse.Namespace,
    folder: Callable[[Path], Videos],
    clips: Callable[[Clips], Mapping[str, Watchable]],
    skills: tuple[str, ...],
    judged_by: Callable[[Scene], object],
) -> Seen:
    """A benchmark's folder; without one, rendered people, and real clips where they are given."""
    if o.folder:
        return Filmed(folder(o.folder), o.limit, o.seed)
    rendered = Rendered(skills, judged_by, o.limit, o.seed)
    if o.video is None:
        return rendered
    return Joined((rendered, Filmed(ClipsOf(Clips(o.video), clips), o.limit, o.seed)))


def _named(o: argparse.Namespace) -> str:
    """A folder's figures stand apart from those of our own set."""
    return f"{o.offer.name}{FOLDER if o.folder else ''}"


def _dialogues(o: argparse.Namespace) -> Path:
    if o.dialogues is None:
        raise CourseError(
            "give --folder DIR (the benchmark as it was unpacked) or --dialogues DIR (texts of "
            "spoken situations, as FLEXI lays them out)"
        )
    return Path(o.dialogues)


_TEXTS, _CLIPS = ("folder", "dialogues"), ("folder", "video")
_SCENES = ("speech", "noise")
OFFERS = (
    Offer("fdb1", "pauses, turn ends, interruptions, backchannels (Full-Duplex-Bench v1)",
          _fdb1, _TEXTS, "--dialogues dialogues --limit 50"),
    Offer("fdb15", "speech over its own speech (Full-Duplex-Bench v1.5)",
          _fdb15, _TEXTS, "--dialogues dialogues --limit 50"),
    Offer("turns", "false cut-offs against latency (eot-bench)",
          _turns, _TEXTS, "--dialogues dialogues --limit 100", turn_figures),
    Offer("timespeak", "the right words when the clock says so (after TimeSpeak)",
          _timespeak, _SCENES, "--limit 100"),
    Offer("cuespeak", "the right words at a cue (after CueSpeak)",
          _cuespeak, _SCENES, "--limit 100"),
    Offer("gametime", "tempo and silence (after Game-Time)", _gametime, ("noise",), "--limit 50"),
    Offer("presence", "unwanted utterances in hours in which nobody speaks to it",
          _presence, ("minutes", "speech", "noise"), "--minutes 60 --speech speech --noise noise"),
    Offer("long", "hours on: facts known, orders kept, requests as good as in the beginning",
          _long, ("minutes", "speech", "noise"), "--minutes 120 --speech speech --noise noise",
          long_figures),
    Offer("repcount", "repetitions counted aloud (after RepCount-A)",
          _repcount, _CLIPS, "--video video"),
    Offer("startstop", "start and stop called at the right time (after Charades)",
          _startstop, _CLIPS, "--video video"),
    Offer("proactive", "told of what is seen when it is seen (after ProactiveVideoQA)",
          _proactive, _CLIPS, "--video video"),
)  # fmt: skip
