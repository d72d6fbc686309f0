"""Skills in which the model breaks in by ear: mistakes, contradictions, words one wants to avoid.

What is due is due as soon as the wrong word has been heard, whatever the user goes on to say.
"""

from __future__ import annotations

from engine.microturn import completion_time_s
from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes import tool_phrases as said
from engine.training.scenes.basics import Write, finish, pick, react, standing, talk, template
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import HEARING_S, Span, Stage, turn_at


def wrong(stage: Stage, split: str) -> None:
    """The model breaks in where something is wrong, and nowhere else."""
    standing(stage, template(stage, "wrong", split), "correct me")
    for _ in range(int(stage.rng.integers(2, 5))):
        stage.wait(0.4, 1.2)
        claim(stage)
    finish(stage, "correct me")


def claim(stage: Stage) -> None:
    """Something is said; if it is wrong, the model breaks in with what is right."""
    text, place, right = statement(stage)
    span = stage.user(text)
    if right:
        interrupt(stage, f"no, {right}", span, place)


def interrupt(stage: Stage, reply: str, span: Span, place: int) -> None:
    """place: of the word of `span` that is wrong; what ends the sentence is talked over."""
    wrong_s = span.words[place][2] if span.words else span.end_s
    turn = turn_at(wrong_s + HEARING_S)
    doubt = completion_time_s(turn) - wrong_s
    stage.now = max(stage.now, stage.say(reply, turn, doubt, 0.8 - doubt).end_s)


def statement(stage: Stage) -> tuple[str, int, str]:
    """Something true or false, the place of the word that decides, and the right word if false."""
    false = stage.rng.random() < 0.5
    chance = stage.rng.random()
    if chance < 0.4:
        text, place, right = _sum(stage, false)
    elif chance < 0.85:
        text, place, right = _fact(stage, false)
    else:
        text, place, right = _spelling(stage, false)
    return text, place, right if false else ""


def _sum(stage: Stage, false: bool) -> tuple[str, int, str]:
    a, b = (int(v) for v in stage.rng.integers(0, 9, 2))
    off = int(stage.rng.choice([-2, -1, 1, 2])) if false else 0
    off = off if a + b + off >= 0 else 1
    return f"{words(a)} plus {words(b)} is {words(a + b + off)}", -1, words(a + b)


def _fact(stage: Stage, false: bool) -> tuple[str, int, str]:
    text = pick(stage, list(said.FACTS))
    right, others = said.FACTS[text]
    word = pick(stage, others.split()) if false else right
    return text.format(word), text.split().index("{}"), right


def _spelling(stage: Stage, false: bool) -> tuple[str, int, str]:
    """A short word and its letters, one of which may be another."""
    word = pick(stage, [w for w in phrases.LETTERED if len(w) == 3])
    letters = list(word.upper())
    place = int(stage.rng.integers(len(letters)))
    right = letters[place]
    if false:
        letters[place] = pick(stage, [c for c in "ABDFKLMOPRSTXZ" if c != right])
    return f"{word} is spelled {', '.join(letters)}", place - len(letters), right


def stopme(stage: Stage, split: str) -> None:
    """A word that the user wants to get rid of."""
    word = pick(stage, [*phrases.WORDS, "basically", "actually", "literally"])
    line = f"stop me {word}"
    standing(stage, template(stage, "stopme", split).format(c=word), line)
    for _ in range(int(stage.rng.integers(2, 5))):
        stage.wait(0.1, 1.0)
        span = talk(stage, split, word if stage.rng.random() < 0.65 else "")
        react(stage, span, word, f"you said {word}")
    finish(stage, line)


def contradict(stage: Stage, split: str) -> None:
    """What is said now does not go with what was said before."""
    standing(stage, template(stage, "contradict", split), "contradictions")
    known: dict[str, str] = {}
    for _ in range(int(stage.rng.integers(3, 6))):
        stage.wait(0.3, 1.2)
        again = known and stage.rng.random() < 0.6
        event = pick(stage, list(known) if again else talk_phrases.EVENTS)
        day = pick(stage, talk_phrases.DAYS) if stage.rng.random() < 0.5 else known.get(event, "")
        day = day or pick(stage, talk_phrases.DAYS)
        span = stage.user(template(stage, "event", split).format(e=event, d=day))
        if known.setdefault(event, day) != day:
            interrupt(stage, f"you said {known[event]}", span, -1)
    finish(stage, "contradictions")


INTERJECT_SCENES: dict[str, Write] = {
    "wrong": wrong, "stopme": stopme, "contradict": contradict,
}  # fmt: skip
