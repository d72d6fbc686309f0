"""What is kept of one system in one scene: small, so that it crosses between processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from engine.evaluation import calls
from engine.evaluation.scoring import Problem, Verdict, judged
from engine.evaluation.take import Take
from engine.evaluation.word_errors import hits, word_errors
from engine.training.scenes.stage import Scene

OURS, ACKNOWLEDGED = "aside", "okay"
_SYNTHETIC = ("espeak/", "festival/", "flite/", "hibari/")


@dataclass(frozen=True)
class SceneResult:
    """words, errors: of `heard` against what the user said. lags_s: for every word heard right,
    its time less the end of the spoken word. sources: recordings of people in the scene. calls:
    what was done with tools, by measure. due: whether more than an acknowledgement was. family: of
    the user's synthetic voice, "" where people alone are heard. span_s: that was to be named."""

    skill: str
    index: int
    system: str
    seconds: float
    verdict: Verdict
    words: int
    errors: int
    lags_s: tuple[float, ...]
    sources: tuple[str, ...] = ()
    record: dict[str, Any] | None = None
    calls: calls.Cases = field(default_factory=dict)
    due: bool = True
    family: str = ""
    span_s: float | None = None


@dataclass(frozen=True)
class Spoken:
    text: str
    end_s: float


def result(scene: Scene, index: int, system: str, take: Take) -> SceneResult:
    verdict = judged(scene, take)
    said = spoken(scene)
    truth, heard = [word.text for word in said], [word.text for word in take.heard]
    errors = word_errors(truth, heard)
    lags = [take.heard[j].time_s - said[i].end_s for i, j in hits(truth, heard)]
    failed = system == OURS and not verdict.right
    return SceneResult(
        scene.skill, index, system, take.seconds, verdict, errors.words, errors.errors,
        tuple(lags), _sources(scene), failure(scene, index, take, verdict) if failed else None,
        calls.cases(scene, verdict), _due(scene), _family(scene), _span_s(scene),
    )  # fmt: skip


def spoken(scene: Scene) -> list[Spoken]:
    """The words that `heard` should hold, in the order of their ends."""
    words = [
        Spoken(word.text, placed.start_s + word.end_s)
        for placed in scene.sounds
        if not placed.background
        for word in placed.clip.words
    ]
    return sorted(words, key=lambda word: word.end_s)


def _due(scene: Scene) -> bool:
    return any(expect.texts != (ACKNOWLEDGED,) for expect in scene.expects)


def _family(scene: Scene) -> str:
    voices = [placed.clip.voice for placed in scene.sounds if not placed.background]
    return next((v.partition("/")[0] for v in voices if v.startswith(_SYNTHETIC)), "")


def _span_s(scene: Scene) -> float | None:
    return next((expect.value for expect in scene.expects if expect.kind == "span"), None)


def _sources(scene: Scene) -> tuple[str, ...]:
    """Recordings of people; a synthesiser's voice is named with its settings instead."""
    return tuple(
        f"{placed.clip.voice}:{len(placed.clip.audio)}"
        for placed in scene.sounds
        if not placed.clip.voice.startswith(_SYNTHETIC)
    )


def failure(scene: Scene, index: int, take: Take, verdict: Verdict) -> dict[str, Any]:
    """Everything one needs to see what went wrong; times in stream seconds."""
    return {
        "skill": scene.skill,
        "index": index,
        "problems": [_problem(problem) for problem in verdict.problems],
        "typed": [[_s(time_s), text] for time_s, text in scene.typed],
        "commentary": [[_s(time_s), text] for time_s, text in scene.commentary],
        "thinking": [[_s(time_s), text] for time_s, text in scene.thinking],
        "truth": [[_s(word.end_s), word.text] for word in spoken(scene)],
        "heard": [[_s(word.time_s), word.text] for word in take.heard],
        "expected": [
            {"kind": e.kind, "after_s": _s(e.after_s), "by_s": _s(e.by_s), "texts": list(e.texts)}
            for e in scene.expects
        ],
        "said": [[_s(u.start_s), _s(u.stop_s), u.text] for u in take.utterances],
        "unvoiced": [[_s(word.time_s), word.text] for word in take.unvoiced],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return asdict(problem) | {"time_s": _s(problem.time_s)}


def _s(seconds: float) -> float:
    return round(seconds, 3)
