"""Skills of the talk itself: being invited, listening aloud, giving way, keeping on, letting go."""

from __future__ import annotations

from collections.abc import Callable

from engine.microturn import completion_time_s
from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes import tool_phrases as known
from engine.training.scenes.basics import (
    Write,
    long_speech,
    pick,
    request,
    sum_of,
    talk,
    template,
)
from engine.training.scenes.people import Crowd, WritePeople, person
from engine.training.scenes.stage import (
    HEARING_S,
    REACTION_S,
    Expect,
    Say,
    Span,
    Stage,
    plain,
    turn_at,
)

NOD_S = 0.45
GIVES_WAY = 3  # words of somebody else's after which the floor is theirs
GIVING_WAY_S = 1.0  # and how long after these it may still sound


def invited(stage: Stage, split: str) -> None:
    """The user says something and asks whether it is so."""
    text = pick(stage, list(known.FACTS))
    right, others = known.FACTS[text]
    true = stage.rng.random() < 0.5
    word = right if true else pick(stage, others.split())
    span = stage.ask(f"{text.format(word)}, {pick(stage, talk_phrases.TAGS)}")
    stage.answer("yes" if true else f"no, {right}", span)


def listening(stage: Stage, split: str) -> None:
    """A long story: in its longer pauses the model shows that it is there."""
    stage.answer("okay", stage.ask(template(stage, "listen", split)))
    stage.wait(0.5, 1.2)
    story(stage, int(stage.rng.integers(2, 6)), lambda: talk(stage, split))
    stage.answer("okay", stage.user(pick(stage, talk_phrases.ENDED)))


def listening_people(stage: Stage, split: str, crowd: Crowd) -> None:
    """The same, told by a person."""
    stage.answer("okay", stage.type(template(stage, "listen", split)))
    stage.wait(0.5, 1.2)
    parts = int(stage.rng.integers(2, 5))
    story(stage, parts, lambda: person(stage, crowd.any(stage.rng), split))
    stage.answer("okay", stage.type(pick(stage, talk_phrases.ENDED)))


def story(stage: Stage, parts: int, told: Callable[[], Span]) -> None:
    """`told` so many times, now and then with a pause in which the model shows that it listens."""
    for _ in range(parts):
        span = told()
        if stage.rng.random() < 0.5:
            said = stage.say(talk_phrases.LISTENING, turn_at(span.end_s + NOD_S), 0.4, 0.6)
            stage.now = max(stage.now, said.end_s - 0.2)
            stage.wait(0.2, 0.6)
        else:
            stage.wait(0.1, 0.25)
    stage.wait(0.0, 0.1)


def speech(stage: Stage, split: str) -> Say:
    """The model is talking at length, and the clock is in the midst of it."""
    text, asked = long_speech(stage, split)
    said = stage.answer(text, asked)
    start = completion_time_s(said.turn)
    stage.now = start + float(stage.rng.uniform(0.6, max(0.8, said.end_s - start - 3.0)))
    return said


def yields(stage: Stage, split: str) -> None:
    """A new request while it speaks: it gives way, and answers."""
    said = speech(stage, split)
    begun = stage.expects.pop()
    parts, result = sum_of(stage)
    text = template(stage, "arithmetic", split).format(x=" ".join(parts))
    span = stage.user(text if stage.rng.random() < 0.5 else f"aside, {text}")
    given = Span(span.start_s, span.words[GIVES_WAY - 1][2])
    stage.cut(said, given)
    stage.expects.append(Expect("say", begun.after_s, begun.by_s))
    stage.expects.append(Expect("hush", span.start_s, given.end_s + GIVING_WAY_S))
    stage.answer(result, span)


def keeps_on(stage: Stage, split: str) -> None:
    """Others talk while it speaks, or the user to others: it goes on."""
    said = speech(stage, split)
    begun = stage.expects.pop()
    if stage.rng.random() < 0.5:
        stage.user(f"{pick(stage, phrases.NAMES)}, {request(stage, split)}")
    else:
        text = request(stage, split) if stage.rng.random() < 0.5 else pick(stage, _CHATTER)
        stage.play(stage.cast.other(text), background=True)
    stage.now = max(stage.now, said.end_s)
    wanted = (plain(said_text(said)),)
    stage.expects.append(Expect("finish", begun.after_s, said.end_s + 1.0, wanted))


def said_text(said: Say) -> str:
    return " ".join(word.text for word in said.clip.words)


def dropped(stage: Stage, split: str) -> None:
    """The user does not want to know any more: what comes back is not said."""
    wanted = pick(stage, known.TASKS).format(
        t=pick(stage, known.THINGS), u=pick(stage, known.THINGS), c=pick(stage, known.COUNTRIES),
        w=pick(stage, known.CITIES), f=pick(stage, known.FOODS), n=pick(stage, known.PEOPLE),
        s=pick(stage, known.SUBJECTS),
    )  # fmt: skip
    span = stage.ask(template(stage, "task", split).format(q=wanted))
    stage.act(f"delegate {plain(wanted)}", turn_at(span.end_s + HEARING_S + 0.05))
    stage.answer(known.DOING, span)
    stage.wait(0.5, 2.0)
    span = stage.user(pick(stage, talk_phrases.NEVER_MIND))
    stage.act("cancel", turn_at(span.end_s + REACTION_S))
    stage.answer("okay", span)
    stage.wait(0.5, 3.0)
    stage.comment(pick(stage, _CHATTER))
    stage.wait(2.0)


def company(stage: Stage, split: str) -> None:
    """Two people talk with each other at length: questions, orders, mistakes and cues among it,
    nothing of it for Aside.
    """
    stage.open = False
    until = stage.now + float(stage.rng.uniform(8.0, 30.0))
    farther = float(stage.rng.uniform(0.15, 1.0))
    while stage.now < until:
        if stage.rng.random() < 0.5:
            stage.user(remark(stage, split))
        else:
            stage.play(stage.cast.other(remark(stage, split)).louder(farther))
        stage.wait(0.1, 1.6)


def remark(stage: Stage, split: str) -> str:
    """What people say to each other. Wrong facts too: nobody asked to be told."""
    chance = stage.rng.random()
    if chance < 0.2:
        return request(stage, split)
    if chance < 0.35:
        return f"{pick(stage, phrases.NAMES)}, {request(stage, split)}"
    if chance < 0.55:
        text = pick(stage, list(known.FACTS))
        return text.format(pick(stage, " ".join(known.FACTS[text]).split()))
    if chance < 0.65:
        return pick(stage, _CHATTER)
    kind = "talk" if chance < 0.85 else pick(stage, _ORDERS)
    return template(stage, kind, split).format(
        c=pick(stage, phrases.WORDS), w=pick(stage, phrases.WORDS), p=pick(stage, phrases.WORDS),
        r=pick(stage, phrases.REPLIES), t=pick(stage, talk_phrases.OWNED),
        n=pick(stage, _NUMBERS), e=pick(stage, talk_phrases.EVENTS),
        d=pick(stage, talk_phrases.DAYS),
    )  # fmt: skip


_NUMBERS = "three four five six eight ten".split()
_ORDERS = ["cue", "echo", "sum", "every", "stopme", "event", "fact", "recall", "listen", "took"]
_CHATTER = (
    "the train was late again today|we should have lunch at the new place|"
    "did you see the game last night|it will rain all week they say|"
    "she has moved to another town|the report is on your desk now"
).split("|")

DIALOGUE_SCENES: dict[str, Write] = {
    "invited": invited, "listening": listening, "yields": yields, "keeps_on": keeps_on,
    "dropped": dropped,
}  # fmt: skip
QUIET_SCENES: dict[str, Write] = {"company": company}
DIALOGUE_PEOPLE_SCENES: dict[str, WritePeople] = {"listening_people": listening_people}
