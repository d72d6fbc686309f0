"""How well it hears, and how well one understands its voice, in the model card."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evaluation.aims import aim
from engine.evaluation.card.courses import aimed, ours
from engine.evaluation.card.tables import Row, by, interval, number, table, unmeasured
from engine.evaluation.hear import ABOVE, CAVEAT, SAME_SPEAKERS
from engine.evaluation.results import OURS
from engine.evaluation.speak.figures import ABOVE_TEACHER
from engine.evaluation.speak.saying import FORCED, READING
from engine.evaluation.sphinx import NAME as PEER

_GAPS = "words_with_gaps"
_JUMPS = {
    "largest jump": "largest_jump_at_joints_over_elsewhere",
    "mean jump": "mean_jump_at_joints_over_elsewhere",
}


def hearing(rows: Sequence[Row]) -> str:
    head = "## How well it hears people"
    heard = [row for row in rows if row.get("suite") == "hear"]
    errors, above = by(heard, "heard_word_errors"), by(heard, ABOVE)
    if not errors:
        return f"{head}\n\n{unmeasured('aside eval hear --speech DIR')}"
    lines = [
        [skill, str(own.get("clips", "–")), str(own["n"]), interval(own),
         interval(errors.get((skill, PEER))), interval(above.get((skill, OURS)))]
        for (skill, system), own in errors.items()
        if system == OURS
    ]  # fmt: skip
    found = table(["set", "clips", "words", OURS, PEER, "above it"], lines)
    times = sorted({str(row["word_times"]) for row in heard if "word_times" in row})
    wanted = [
        f"Word errors above {PEER}'s on {row['skill']}, in points: {ours(row)}; aim: {aimed(row)}."
        for row in heard
        if row["what"] == ABOVE and aim(row)
    ]
    told = [f"Word times: {'; '.join(times)}."] if times else []
    text = f"""\
Word errors on the held-out recordings, each streamed through a fresh session, in percent with the
95 % bootstrap interval over clips; {PEER} with its own American English model got the same sound.
Held-out voices are synthetic ones that read sentences of scenes; no figure of the people has them.
Of {", ".join(SAME_SPEAKERS)} the recordings are new, but training heard others by the same people.
{CAVEAT}"""
    return "\n\n".join([head, text, *told, *wanted, found])


def voice(rows: Sequence[Row]) -> str:
    head = "## How well one understands its voice"
    spoken = [row for row in rows if row.get("suite") == "speak"]
    errors = by(spoken, "word_errors")
    if not errors:
        return f"{head}\n\n{unmeasured('aside eval speak')}"
    kinds = list(dict.fromkeys(kind for kind, _ in errors))
    systems = list(dict.fromkeys(system for _, system in errors))
    lines = [[one, *(interval(errors.get((kind, one))) for kind in kinds)] for one in systems]
    wanted = [
        f"Word errors above the teacher's, in points, {row['system']}: {ours(row)}; "
        f"aim: {aimed(row)}."
        for row in spoken
        if row["what"] == ABOVE_TEACHER and row["system"] in (FORCED, READING) and aim(row)
    ]
    text = """\
Word errors of an independent recogniser on the same sentences, in percent with the 95 % bootstrap
interval: spoken by the teacher, by the model with the text forced upon it, by the model reading
of its own accord; noise and babble show that the recogniser does not guess. Its language model
knows the sentences, the open ones too: it tells how clearly they are spoken, not whether somebody
would understand them who does not know what is coming."""
    heads = [f"{kind} ({_amount(spoken, kind)})" for kind in kinds]
    found = table(["what is heard", *heads], lines)
    return "\n\n".join([head, text, *wanted, found, *_joints(spoken)])


def _amount(rows: Sequence[Row], kind: str) -> str:
    """How much was judged: of each system the same."""
    own = next(row for row in rows if (row["skill"], row["what"]) == (kind, "word_errors"))
    return f"{own.get('sentences', '–')} sentences, {own['n']} words"


def _joints(rows: Sequence[Row]) -> list[str]:
    """Whether the voice is in one piece."""
    gaps, jumps = by(rows, _GAPS), {name: by(rows, what) for name, what in _JUMPS.items()}
    keys = dict.fromkeys([*gaps, *(key for found in jumps.values() for key in found)])
    if not keys:
        return [f"Its joints: {unmeasured('aside eval speak')}"]
    lines = [
        [system, kind, interval(gaps.get((kind, system))),
         *(_times(found.get((kind, system))) for found in jumps.values())]
        for kind, system in keys
    ]  # fmt: skip
    text = """\
Whether that voice is in one piece: words with a silence of more than 60 ms inside, in
percent; and the jumps from sample to sample where micro-turns meet over those elsewhere (1 is no
joint to hear): the largest of each sentence, and the mean."""
    return [text, table(["what is heard", "sentences", "words with gaps", *jumps], lines)]


def _times(row: Row | None) -> str:
    return "–" if row is None else f"{number(row)} ({row['low']:.2f}–{row['high']:.2f})"
