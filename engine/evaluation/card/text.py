"""What a model card says: what the model is, what was measured, whose voices are in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from engine.evaluation.aims import AIMS
from engine.evaluation.card.courses import COURSES, FOLDER, courses
from engine.evaluation.card.skills import skills
from engine.evaluation.card.sound import hearing, voice
from engine.evaluation.card.tables import Row, percent, table, unmeasured
from engine.evaluation.fingerprint import fingerprint
from engine.evaluation.results import OURS
from engine.evaluation.skills import PEOPLE, SUITES
from engine.evaluation.sources import SPEECH
from engine.model.checkpoint import Checkpoint

GOAL, HEARING_GOAL = 0.90, AIMS["basics", "all", "heard_word_errors"].value
AGAIN = ("chain", "sight_tk")  # suites that play skills of others once more
HOUR_S = 3600
TIMED = {
    "micro-turn": ("computing", "aside bench micro-turn"),
    "start": ("the time to the first caption", "aside bench start --run-py"),
    "answer delay": ("the delay of an answer through sound devices", "aside bench delay"),
}
_SAID_BEFORE = ("bench", "weights")
FILES = ("config.json", "tokenizer.json", "model.safetensors")


def card(checkpoint: Checkpoint, rows: Sequence[Row], trained: str) -> str:
    """Every section stands in every card; one without figures says how they are measured."""
    parts = [
        _what(checkpoint), _recipe(trained), *skills(rows, checkpoint.config.sees), hearing(rows),
        voice(rows), courses(rows), _speed(rows), _limits(rows), _data(),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _what(checkpoint: Checkpoint) -> str:
    c = checkpoint.config
    count = sum(int(np.prod(value.shape)) for value in checkpoint.weights.values())
    size = sum((checkpoint.directory / name).stat().st_size for name in FILES)
    experts = f"{c.experts} experts, {c.experts_used} used" if c.experts else "dense"
    return f"""# Aside {c.name}

A small interaction model: every 200 ms it takes in sound (and pictures, typed text, updates from a
background model), and puts out what it heard, what it says, what it does, and its own voice.
It listens while it speaks; saying nothing is its commonest output. It is meant to be present;
depth comes from the background model that the user chooses.

| | |
|---|---|
| parameters | {count / 1e6:.1f} million, vocoder included |
| on disk | {size / 2**20:.1f} MiB, float16 |
| weights | {fingerprint(checkpoint.directory)} (start of the SHA-256 of model.safetensors) |
| trunk | {c.layers} layers of width {c.width}, {experts}, {c.heads} heads over {c.kv_heads} |
| remembers | {c.window} tokens back |
| sees | {c.sees or "nothing: it was trained without pictures and is shown none"} |
| tokens of text | {c.vocabulary} |
| runs on | ONNX Runtime, one or two CPU cores |"""


def _recipe(trained: str) -> str:
    how = f" This one: {trained}." if trained else ""
    return f"""## How it was made

From nothing, with `aside train nano`, on scripted scenes: synthetic voices (espeak-ng, flite,
hibari-tts) and recordings of people say things at known times, and the script says on which
micro-turn the model should do what. Rooms, microphones, noise and the echo of its own voice are
new at every reading.{how} Its own voice imitates a synthesiser (flite's slt), never a recorded
person, and so does its vocoder, which is trained apart (`python -m engine.training.vocoder`).

What judges was named before any data was made (engine/training/heldout.json): other speakers,
the whole festival family, other espeak-ng voices and accents, other sentences, noises and rooms.
Greetings, "stop", "mhm", fillers and the few long texts to be said have no other wording, and what
open requests are about (facts, questions, tasks, what is refused) is drawn from the same lists:
there only voices, noises, rooms and the sentence around it are new. The figures below are
free-running: what the model heard and said wrong stays in its own past."""


def _speed(rows: Sequence[Row]) -> str:
    """What `aside bench` wrote, as it is: a table for each kind of row."""
    kinds: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if "bench" in row:
            kinds[tuple(name for name in row if name not in _SAID_BEFORE)].append(row)
    tables = [
        table(list(names), [[_cell(row[name]) for name in names] for row in found])
        for names, found in kinds.items()
    ]
    return "\n\n".join(["## How fast it is", *(tables or [unmeasured("aside bench")])])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _limits(rows: Sequence[Row]) -> str:
    lines = [
        "It knows the English of its scenes and little else.",
        "It was judged on synthetic voices and few people: strong accents, children, and several "
        "people at once are untested.",
        "Words come a fraction of a second late and are never taken back: captions hold errors.",
        "It must not be relied on where a missed or false word does harm.",
        *_short_of(rows),
        *_slow(rows),
        *_unmeasured(rows),
        *_untimed(rows),
    ]
    return "## Limits\n\n" + "\n".join(f"- {line}" for line in lines)


def _short_of(rows: Sequence[Row]) -> Iterable[str]:
    scenes = [row for row in rows if row.get("cases", "scenes") == "scenes"]
    right = [row for row in scenes if row.get("what") == "right" and row.get("system") == OURS]
    below = [
        f"{row['skill']}{' by Tk' if row['suite'] == 'sight_tk' else ''} ({percent(row)} %)"
        for row in right
        if row["value"] < GOAL and row["skill"] != "all" and row["suite"] not in ("drills", "chain")
    ]
    if below:
        yield f"Short of the {100 * GOAL:.0f} % that were aimed at: {', '.join(below)}."
    for row in rows:
        if (row.get("suite"), row.get("skill"), row.get("what")) == (
            "basics", "all", "heard_word_errors",
        ) and row["value"] > HEARING_GOAL:  # fmt: skip
            yield (
                f"Its transcript has {percent(row)} % word errors inside its own vocabulary; "
                f"{100 * HEARING_GOAL:.0f} % were aimed at."
            )


def _slow(rows: Sequence[Row]) -> Iterable[str]:
    """Of what has a goal in `aside bench`, what missed it."""
    missed = []
    for row in rows:
        if row.get("bench") == "micro-turn" and row.get("part") == "all":
            if row["p95_ms"] > row["goal_p95_ms"]:
                what = f"{row['load']}, {row['input']}: p95 of a micro-turn"
                missed.append(f"{what} {row['p95_ms']:.0f} ms ({row['goal_p95_ms']:.0f})")
        elif row.get("bench") == "hour":
            for name, what in (
                ("last_over_first", "the last tenth of an hour over its first"),
                ("peak_mib", "MiB at most"),
            ):
                if row.get(name, 0.0) > row.get(f"goal_{name}", np.inf):
                    missed.append(f"{what} {row[name]:g} ({row[f'goal_{name}']:g})")
        elif row.get("reached") is False:
            missed.append(f"{row['part']} {row['figure']:g} {row['unit']} ({row['goal']:g})")
    if missed:
        yield f"Slower than was aimed at, on the machine above: {'; '.join(missed)}."


def _unmeasured(rows: Sequence[Row]) -> Iterable[str]:
    """What no figure tells of: whole suites and courses, and single skills of a suite."""
    there = {str(row.get("suite", "speed")).removesuffix(FOLDER) for row in rows} | {
        "speed" for row in rows if "bench" in row
    }
    wanted = (*SUITES, *AGAIN, "people", "hear", "speak", *COURSES, "speed")
    missing = [name for name in wanted if name not in there]
    if missing:
        yield f"Not measured on these weights: {', '.join(missing)}."
    measured = {
        row["skill"] for row in rows if row.get("what") == "right" and row["suite"] not in AGAIN
    }
    left = [
        skill
        for suite, names in SUITES.items()
        for skill in names
        if (suite if skill not in PEOPLE else "people") in there and skill not in measured
    ]
    if left:
        yield f"Of the suites that were played, these skills were not: {', '.join(left)}."


def _untimed(rows: Sequence[Row]) -> Iterable[str]:
    """Where something is known of its speed: what is not."""
    benches = [row for row in rows if "bench" in row]
    there = {str(row[name]) for row in benches for name in ("bench", "part") if name in row}
    left = [f"{what} (`{command}`)" for part, (what, command) in TIMED.items() if part not in there]
    sessions_s = [float(row["stream_s"]) for row in benches if row["bench"] == "hour"]
    longest_s = max(sessions_s, default=HOUR_S)
    if longest_s < HOUR_S:
        left.append(f"more than {longest_s / 60:g} minutes of one session")
    if benches and left:
        yield f"Of its speed not measured on these weights: {', '.join(left)}."


def _data() -> str:
    found = table(
        ["set", "licence of the data", "credit", "taken from"],
        [
            [s.name + (" *" if s.share_alike else ""), s.licence, s.credit, s.taken_from]
            for s in SPEECH
        ],
    )
    return f"""## Training data and attribution

Only the training splits were trained on; all clips had been resampled and re-encoded, some cut.
Sets with * are under share-alike licences. Whoever passes these weights on keeps this table.

{found}

Synthetic voices: espeak-ng, flite (awb, rms; slt for the own voice), hibari-tts (Apache-2.0; its
voice is taught by Kokoro-82M's af_heart, Apache-2.0); festival (kal, ked) only judged."""
