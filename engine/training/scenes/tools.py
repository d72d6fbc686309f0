"""Skills in which the model acts: its own tools, open requests, late results, refusals, mistakes.

An act is one line, its name and what it is about in the user's words. What comes back is
commentary, spoken when nobody else speaks.
"""

from __future__ import annotations

from engine.runtime.reading import readable
from engine.training.scenes import phrases, replies, talk_phrases
from engine.training.scenes import tool_phrases as said
from engine.training.scenes.basics import (
    Write,
    order,
    pick,
    some_words,
    spelled,
    sum_of,
    talk,
    template,
)
from engine.training.scenes.numbers import words
from engine.training.scenes.people import Crowd, WritePeople, draw, person
from engine.training.scenes.stage import (
    REACTION_S,
    Expect,
    Span,
    Stage,
    plain,
    turn_at,
)

_UNITS = ("seconds", "minutes", "hours")
_RESULTS = (
    "it is {n} past {m}", "the answer is {n}", "there are {n} of them", "i found {n} results",
    "it is called {w} {x}", "your {w} is ready", "that is the {w} of {c}", "the {w} is in {c}",
    "it takes {n} minutes", "here is the {w}", "nobody knows", "the {w} and the {x} are done",
    "a timer of {n} minutes is running", "noted under {w} {x}", "the {x} is starting",
    "{n} plus {m} is {n}", "it is {n} degrees in {c}", "the {w} costs {n}, the {x} {m}",
)  # fmt: skip


def act(stage: Stage, text: str, span: Span, reply: str = "") -> None:
    """The model does something once the turn is over, with a word of its own or without."""
    turn = turn_at(span.end_s + REACTION_S)
    stage.act(plain(text), turn)
    if reply:
        stage.answer(reply, span)


def amount(stage: Stage) -> str:
    return f"{words(int(stage.rng.integers(2, 60)))} {pick(stage, list(_UNITS))}"


def timer(stage: Stage, split: str) -> None:
    """A timer, its length sometimes corrected in mid-sentence: the last word counts."""
    length, text = amount(stage), template(stage, "timer", split)
    spoken = text.format(t=length)
    if stage.rng.random() < 0.35:
        first = words(int(stage.rng.integers(2, 60)))
        spoken = text.format(t=f"{first}, {pick(stage, ['no', 'sorry', 'i mean'])}, {length}")
    act(stage, f"timer {length}", order(stage, spoken), "okay")
    if stage.rng.random() < 0.3:
        stage.wait(2.0, 5.0)
        told = replies.ring(stage.rng)
        stage.answer(told, stage.comment(told))


def clock(stage: Stage, split: str) -> None:
    """Time and date are looked up, and said when they come."""
    kind = "clock" if stage.rng.random() < 0.6 else "date"
    span = stage.ask(template(stage, kind, split))
    act(stage, kind, span)
    result(stage, split, 1.5, time_told(stage) if kind == "clock" else date_told(stage))


def time_told(stage: Stage) -> str:
    """What the clock's tool says, as in engine/background/tools/clock.py."""
    hour, minute = int(stage.rng.integers(24)), int(stage.rng.integers(60))
    return f"It is {hour:02}:{minute:02}."


def date_told(stage: Stage) -> str:
    day, month = int(stage.rng.integers(1, 31)), pick(stage, said.MONTHS)
    return f"It is {pick(stage, talk_phrases.DAYS)}, {day:02} {month}."


def calculate(stage: Stage, split: str) -> None:
    """Sums too big for the head."""
    first, second = (words(int(v)) for v in stage.rng.integers(12, 99, 2))
    kind = pick(stage, ["plus", "minus", "times", "divided by"])
    span = stage.ask(template(stage, "calculate", split).format(x=f"{first} {kind} {second}"))
    act(stage, f"calculate {first} {kind} {second}", span)
    number = int(stage.rng.integers(2, 10_000 if kind == "times" else 200))
    result(stage, split, 1.5, f"{first} {kind} {second} = {number}")


def open_it(stage: Stage, split: str) -> None:
    name = pick(stage, said.APPLICATIONS)
    text = template(stage, "open", split).format(o=f"{pick(stage, ['the', 'my'])} {name}")
    act(stage, f"open {name}", order(stage, text), "okay")


def some(stage: Stage) -> str:
    """A few words to search for or to note."""
    pool = [*phrases.WORDS, *said.THINGS, *said.FOODS, *said.CITIES]
    return " ".join(pick(stage, pool) for _ in range(int(stage.rng.integers(1, 4))))


def keep(stage: Stage, split: str) -> None:
    """Notes are taken, things are searched for."""
    kind, words_kept = pick(stage, ["note", "search"]), some(stage)
    text = template(stage, kind, split).format(p=words_kept)
    span = order(stage, text)
    act(stage, f"{kind} {words_kept}", span, "noted" if kind == "note" else said.FINDING)
    if kind == "search":
        result(stage, split)


def look(stage: Stage, split: str) -> None:
    where = pick(stage, list(said.VIEWS))
    span = stage.ask(template(stage, "look", split).format(v=where))
    act(stage, f"look {said.VIEWS[where]}", span, "let me look")
    result(stage, split)


def filled(stage: Stage, text: str) -> str:
    """An open request about something in particular."""
    return text.format(
        t=pick(stage, said.THINGS), u=pick(stage, said.THINGS), c=pick(stage, said.COUNTRIES),
        w=pick(stage, said.CITIES), f=pick(stage, said.FOODS), n=pick(stage, said.PEOPLE),
        s=pick(stage, said.SUBJECTS),
    )  # fmt: skip


def delegate(stage: Stage, split: str) -> None:
    """What it cannot answer goes to the background, and the result is said when it comes."""
    question = stage.rng.random() < 0.6
    wanted = filled(stage, pick(stage, said.QUESTIONS if question else said.TASKS))
    frame = template(stage, "ask" if question else "task", split)
    span = stage.ask(frame.format(q=wanted))
    reply = said.FINDING if question else said.DOING
    act(stage, f"delegate {wanted}", span, reply)
    if stage.rng.random() < 0.6:
        result(stage, split)


def amended(stage: Stage, split: str) -> None:
    """While something is being done, the user says that it was meant otherwise."""
    text = pick(stage, [*said.QUESTIONS, *said.TASKS])
    wanted = filled(stage, text)
    question = text in said.QUESTIONS
    frame = template(stage, "ask" if question else "task", split)
    reply = said.FINDING if question else said.DOING
    act(stage, f"delegate {wanted}", stage.ask(frame.format(q=wanted)), reply)
    stage.wait(0.3, 2.5)
    meant = pick(stage, _SLOTS[text[text.rindex("{") + 1]] if "{" in text else phrases.WORDS)
    span = stage.ask(template(stage, "amend", split).format(v=meant))
    act(stage, f"correct {meant}", span, "okay")
    if stage.rng.random() < 0.4:
        result(stage, split)


_SLOTS = {
    "t": said.THINGS, "u": said.THINGS, "c": said.COUNTRIES, "w": said.CITIES, "f": said.FOODS,
    "n": said.PEOPLE, "s": said.SUBJECTS,
}  # fmt: skip


def result(stage: Stage, split: str, late_s: float = 5.0, text: str = "") -> None:
    """Something comes back: said at once, or, if somebody talks, when they have ended. What comes
    as thinking is not for speaking. text: as a tool writes it, which is read as `readable` has it.
    """
    told = readable(text) if text else news(stage)
    if late_s > 2 and stage.rng.random() < 0.4:
        stage.wait(0.3, 2.0)
        stage.inform(finding(stage))
    stage.wait(0.4, late_s)
    if late_s > 2 and stage.rng.random() < 0.4:
        start = stage.now
        span = talk(stage, split)
        stage.commentary.append((float(stage.rng.uniform(start, span.end_s)), told))
        stage.answer(told, span)
    else:
        stage.answer(told, stage.comment(told))
    if late_s > 2 and stage.rng.random() < 0.3:
        stage.inform(finding(stage))
        stage.wait(1.0, 2.5)


def news(stage: Stage) -> str:
    """What is told of something that was done, or could not be."""
    return replies.reply(stage.rng) if stage.rng.random() < 0.4 else readable(finding(stage))


def finding(stage: Stage) -> str:
    return str(stage.rng.choice(_RESULTS)).format(
        n=words(int(stage.rng.integers(2, 60))), m=words(int(stage.rng.integers(1, 13))),
        w=pick(stage, phrases.WORDS), x=pick(stage, said.THINGS), c=pick(stage, said.CITIES),
    )  # fmt: skip


def refuse(stage: Stage, split: str) -> None:
    """What must not be done is declined, however often; its harmless neighbour is not."""
    frame = template(stage, "refuse", split)
    if stage.rng.random() < 0.35:
        wanted = pick(stage, said.HARMLESS).format(t=pick(stage, said.THINGS))
        act(stage, f"delegate {wanted}", stage.ask(frame.format(h=wanted)), said.FINDING)
        return
    stage.answer(said.REFUSAL, stage.ask(frame.format(h=pick(stage, said.FORBIDDEN))))
    for _ in range(int(stage.rng.integers(0, 4))):
        stage.wait(0.5, 1.5)
        if stage.rng.random() < 0.5:
            span = stage.user(pick(stage, said.PRESSURE))
        else:
            again = template(stage, "refuse", split).format(h=pick(stage, said.FORBIDDEN))
            span = stage.ask(again)
        stage.answer(said.REFUSAL, span)


def typed(stage: Stage, split: str) -> None:
    """Whoever types is answered like whoever speaks: one request after the other."""
    for _ in range(int(stage.rng.integers(2, 5))):
        ask = list(_TYPED)[int(stage.rng.choice(len(_TYPED), p=list(_TYPED.values())))]
        ask(stage, split)
        stage.wait(0.3, 1.2)


def sum_typed(stage: Stage, split: str) -> None:
    parts, right = sum_of(stage)
    text = template(stage, "arithmetic", split).format(x=" ".join(parts))
    stage.answer(right, stage.type(text))


def greeting_typed(stage: Stage, split: str) -> None:
    text = pick(stage, list(phrases.WELCOME))
    stage.answer(phrases.WELCOME[text], stage.type(text))


def name_typed(stage: Stage, split: str) -> None:
    stage.answer("my name is aside", stage.type(template(stage, "name", split)))


def long_typed(stage: Stage, split: str) -> None:
    text = pick(stage, list(phrases.LONG))
    stage.answer(phrases.LONG[text], stage.type(text))


def words_typed(stage: Stage, split: str) -> None:
    text = some_words(stage, 1, 5)
    stage.answer(text, stage.type(template(stage, "repeat", split).format(p=text)))


def letters_typed(stage: Stage, split: str) -> None:
    word = pick(stage, phrases.LETTERED)
    stage.answer(spelled(word), stage.type(template(stage, "spell", split).format(w=word)))


def wish_typed(stage: Stage, split: str) -> None:
    """Something to be done: a timer, something to open, an open request."""
    chance = stage.rng.random()
    if chance < 0.3:
        length = amount(stage)
        text, done, reply = template(stage, "timer", split), f"timer {length}", "okay"
        text = text.format(t=length)
    elif chance < 0.5:
        name = pick(stage, said.APPLICATIONS)
        text, done, reply = template(stage, "open", split), f"open {name}", "okay"
        text = text.format(o=f"the {name}")
    else:
        question = stage.rng.random() < 0.6
        wanted = filled(stage, pick(stage, said.QUESTIONS if question else said.TASKS))
        text = template(stage, "ask" if question else "task", split).format(q=wanted)
        done, reply = f"delegate {wanted}", said.FINDING if question else said.DOING
    act(stage, done, stage.type(text), reply)


def delegate_people(stage: Stage, split: str, crowd: Crowd) -> None:
    """A person asks for something with the key to talk held: whatever was understood goes to the
    background."""
    orders = crowd.by_set.get("pv_intent") or crowd.all
    pressed = max(0.0, stage.now - float(stage.rng.uniform(0.1, 0.4)))
    span = person(stage, draw(stage.rng, orders), split)
    stage.held.append((pressed, span.end_s + float(stage.rng.uniform(0.0, 0.6))))
    heard = " ".join(word for word, _, _ in span.words)
    turn = turn_at(span.end_s + REACTION_S)
    stage.acts.append((turn, f"delegate {heard}"))
    stage.expects.append(Expect("act", span.end_s, span.end_s + 4.0, (f"delegate {heard}",)))
    stage.answer(said.DOING, span)


_TYPED: dict[Write, float] = {
    sum_typed: 0.3, greeting_typed: 0.1, name_typed: 0.08, words_typed: 0.18, letters_typed: 0.1,
    wish_typed: 0.16, long_typed: 0.08,
}  # fmt: skip

TOOL_SCENES: dict[str, Write] = {
    "timer": timer, "clock": clock, "calculate": calculate, "open": open_it, "keep": keep,
    "look": look, "delegate": delegate, "amended": amended, "refuse": refuse, "typed": typed,
}  # fmt: skip
TOOL_PEOPLE_SCENES: dict[str, WritePeople] = {"delegate_people": delegate_people}
