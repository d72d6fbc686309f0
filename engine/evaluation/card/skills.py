"""What it can do, in the model card: a section for every suite of scenes, measured or not."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evaluation.aims import aim
from engine.evaluation.baselines import BASELINES, BLIND
from engine.evaluation.calls import MEASURES as CALLS
from engine.evaluation.card.courses import aimed, ours, value
from engine.evaluation.card.tables import Row, by, interval, number, percent, table, unmeasured
from engine.evaluation.chain.measure import MEASURES as CHAIN
from engine.evaluation.figures import CONSTANT
from engine.evaluation.results import OURS

_SECTIONS = {
    "basics": ("synthetic held-out voices", """\
A scene counts when everything expected in it happened, the words exact and in time, and nothing
else was said. In percent, with the 95 % bootstrap interval over scenes. Beside it on the same
scenes: a session that is silent, one that always talks, and one that answers "okay" when the
energy has been down for 500 ms. Reaction: from the end of the user's last word to the first
audible sample, median, on the stream's clock. Where in some scenes nothing but an acknowledgement
is due, "where due" is the share that is right of the others."""),
    "tools": ("tools and open requests", """\
As above; an act counts when its name and every word of what it is about are right. Where the
user's own words go into the act, one word heard wrong spoils it."""),
    "chain": ("tools, through the background", """\
The same scenes, but the acts go to the real background, with its built-in tools and a scripted
language model, and what these bring is to be told once, in a pause. Without a network; the user
says yes on the card to what they asked for and no to anything else."""),
    "talk": ("dialogue, interjections, both at once, recall", """\
As above: giving and keeping the floor, breaking in at mistakes, speaking together with the user,
and what was said before."""),
    "sight": ("screen and camera", """\
As above: what the screen and the camera show is told when it is seen. Blind is the same model on
the same scenes before a grey wall: what it gets right by rhythm or luck."""),
    "sight_tk": ("screens by Tk", """\
The skills of the screen once more, each thing drawn by Tk's own widgets in ttk's four themes.
Training draws with Pillow and with Qt and never meets them."""),
    "people": ("recordings of held-out people", """\
The order is typed, the speech is recorded: cues by people of the sets wuw2 and pv_wake, digits by
those of alnum, the rest by all. Few people and recordings stand behind these scenes
(the last column), and a recording may come in several: the intervals are over scenes and
therefore too narrow."""),
}  # fmt: skip
_COMMANDS = {"people": "aside eval basics --speech DIR", "chain": "aside eval tools --chain",
             "sight_tk": "aside eval sight --toolkit tk"}  # fmt: skip
_AIMED = ("right", "heard_word_errors")
_ALSO = {"basics": ("basics", "drills")}


def skills(rows: Sequence[Row], sees: Sequence[str]) -> list[str]:
    """A section for each suite. sees: the eyes that the model was trained with."""
    return [_section(suite, rows, sees) for suite in _SECTIONS]


def _section(suite: str, rows: Sequence[Row], sees: Sequence[str]) -> str:
    title, text = _SECTIONS[suite]
    own = [row for row in rows if row.get("suite") in _ALSO.get(suite, (suite,))]
    parts = [f"## What it can do: {title}"]
    if suite.startswith("sight") and not sees:
        parts.append("It sees nothing: it was trained without pictures.")
    found = _behaviour(own)
    if found:
        times = sorted({str(row["word_times"]) for row in own if "word_times" in row})
        told = [f"Word times: {'; '.join(times)}."] if times else []
        parts += [text, *told, *_aims(own), found, *_constants(own), *_families(own), *_calls(own)]
    else:
        parts.append(unmeasured(_COMMANDS.get(suite, f"aside eval {suite}")))
    return "\n\n".join(parts)


def _aims(rows: Sequence[Row]) -> list[str]:
    """Of figures that stand in the table of skills."""
    wanted = [row for row in rows if row["system"] == OURS and row["what"] in _AIMED and aim(row)]
    return [
        f"{row['what'].replace('_', ' ')}, {row['skill']}: {ours(row)}; aim: {aimed(row)}."
        for row in wanted
    ]


def _constants(rows: Sequence[Row]) -> list[str]:
    """Where a span is to be named: what always naming one would get."""
    found = [
        f"{row['skill']} {interval(row)}, with {row['said_s']:g} seconds"
        for (_, system), row in by(rows, "right").items()
        if system == CONSTANT
    ]
    told = "Whoever always names one span, the one that fits most, is right in percent of"
    return [f"{told}: {'; '.join(found)}."] if found else []


def _families(rows: Sequence[Row]) -> list[str]:
    """What is heard of each synthesiser's voices; of most of these others were trained on."""
    skills = {row["skill"] for row in rows if row["what"] == "right"}
    errors = by(rows, "heard_word_errors")
    found = [f"{name} {interval(row)}" for (name, _), row in errors.items() if name not in skills]
    return [f"Word errors by what makes the voices: {', '.join(found)}."] if found else []


def _calls(rows: Sequence[Row]) -> list[str]:
    """Calls and refusals, the aims beside."""
    shown = [row for row in rows if row["what"] in {*CALLS, *CHAIN}]
    by_name = {(row["skill"], row["what"], row["system"]): row for row in shown}
    lines = [
        [row["skill"], row["what"].replace("_", " "), str(row["n"]), ours(row), aimed(row),
         *(value(by_name.get((row["skill"], row["what"], name))) for name in BASELINES)]
        for row in shown
        if row["system"] == OURS
    ]  # fmt: skip
    if not lines:
        return []
    head = ["skill", "measure", "n", OURS, "aim", *BASELINES]
    told = (
        "Calls after Full-Duplex-Bench v3: the right tool, its arguments word for word, both and "
        "nothing else done (pass at 1), and what is due said until a result comes. Forbidden "
        "requests that were refused, and harmless ones that were."
    )
    return [told, table(head, lines)]


def _behaviour(rows: Sequence[Row]) -> str:
    right = by(rows, "right")
    if not right:
        return ""
    people = any("recordings" in row for row in right.values())
    due = by(rows, "right_where_due")
    beside = [*BASELINES, *([BLIND] if any(name == BLIND for _, name in right) else [])]
    head = ["skill", "scenes", "right", *(["where due"] if due else []), *beside, "reaction",
            "false voices per minute", "heard: word errors", "words within 0.6 s"]  # fmt: skip
    head += ["recordings / people"] if people else []
    reaction, false = by(rows, "reaction_median_s"), by(rows, "false_voices_per_minute")
    errors, within = by(rows, "heard_word_errors"), by(rows, "heard_right_within_0.6_s")
    lines = []
    for skill in dict.fromkeys(str(row["skill"]) for row in rows):
        own = (skill, OURS)
        if own not in right:
            continue
        cells = [skill, str(right[own]["n"]), interval(right[own])]
        cells += [interval(due.get(own))] if due else []
        cells += [percent(right.get((skill, name))) for name in beside]
        cells += [number(reaction.get(own), " s"), number(false.get(own)),
                  interval(errors.get(own)), interval(within.get(own))]  # fmt: skip
        if people:
            counted = right[own]
            cells.append(f"{counted.get('recordings', '–')} / {counted.get('speakers', '–')}")
        lines.append(cells)
    return table(head, lines)
