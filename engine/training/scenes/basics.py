"""The basic skills: answering, repeating, spelling, counting, time, cues, stopping, staying out.

Each function writes one scene on a stage. `split` chooses templates: "train", or "heldout" for
what training never met. Orders may be spoken or typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from engine.microturn import completion_time_s
from engine.training.heldout import heldout_templates
from engine.training.scenes import phrases, tool_phrases
from engine.training.scenes.numbers import span as span_words
from engine.training.scenes.numbers import words
from engine.training.scenes.replies import reply as some_reply
from engine.training.scenes.stage import (
    HEARING_S,
    PER_SECOND,
    Expect,
    Span,
    Stage,
    plain,
    turn_at,
)

Write = Callable[[Stage, str], None]
REPEAT, ADD_UP = "repeat", "add up"  # what is kept of two standing orders
ENTER_S = 0.4
_TOLERANCE_S = 0.4


def template(stage: Stage, name: str, split: str) -> str:
    if split == "heldout":
        return pick(stage, heldout_templates(name) or phrases.TEMPLATES[name])
    text = pick(stage, phrases.TEMPLATES[name])
    return text if name in phrases.BARE else dressed(stage, text, heldout_templates(name))


def dressed(stage: Stage, text: str, never: list[str]) -> str:
    """Sometimes a small word before or after it, unless that gives a sentence of `never`."""
    chance = stage.rng.random()
    worn = text
    if chance < 0.25:
        worn = f"{pick(stage, phrases.BEFORE)} {text}"
    elif chance < 0.35:
        worn = f"{text} {pick(stage, phrases.AFTER)}"
    return text if worn in never else worn


def pick(stage: Stage, choices: list[str]) -> str:
    return choices[int(stage.rng.integers(len(choices)))]


def order(stage: Stage, text: str, typed: float = 0.25) -> Span:
    """An order is spoken, or typed with some probability."""
    return stage.type(text) if stage.rng.random() < typed else stage.ask(text)


def sum_of(stage: Stage) -> tuple[list[str], str]:
    """The three parts of a small sum and its result in words."""
    a, b = (int(v) for v in stage.rng.integers(0, 11, 2))
    kind = stage.rng.random()
    if kind < 0.65:
        return [words(a), "plus", words(b)], words(a + b)
    if kind < 0.9:
        a, b = max(a, b), min(a, b)
        return [words(a), "minus", words(b)], words(a - b)
    a, b = 1 + a % 5, 1 + b % 5
    return [words(a), "times", words(b)], words(a * b)


def arithmetic(stage: Stage, split: str) -> None:
    parts, result = sum_of(stage)
    text = template(stage, "arithmetic", split).format(x=" ".join(parts))
    stage.answer(result, stage.ask(text))


def hesitation(stage: Stage, split: str) -> None:
    """A thinking pause in the middle of a sum is not the end of the turn."""
    parts, result = sum_of(stage)
    start = template(stage, "arithmetic", split).split(" {x}")[0]
    if start.split()[0] == "can" or "{x}" in start:
        start = "what is"
    pieces = [f"{start} {parts[0]}", f"{parts[1]} {parts[2]}"]
    if stage.rng.random() < 0.4:
        pieces = [f"{start} {parts[0]} {parts[1]}", parts[2]]
    name, release = stage.address()
    stage.user(name + pieces[0])
    stage.wait(0.3, 1.2)
    if stage.rng.random() < 0.75:
        stage.user(pick(stage, phrases.FILLERS))
        stage.wait(0.3, 1.2)
    span = stage.user(pieces[1])
    release()
    stage.answer(result, span)


def greeting(stage: Stage, split: str) -> None:
    text = pick(stage, list(phrases.WELCOME))
    named = not stage.open and (split == "heldout" or stage.rng.random() < 0.5)
    span = stage.user(f"{text} aside") if named else stage.ask(text)
    stage.answer(phrases.WELCOME[text], span)


def name(stage: Stage, split: str) -> None:
    stage.answer("my name is aside", stage.ask(template(stage, "name", split)))


def some_words(stage: Stage, low: int, high: int) -> str:
    count = int(stage.rng.integers(low, high + 1))
    return " ".join(pick(stage, phrases.WORDS) for _ in range(count))


def repeat(stage: Stage, split: str) -> None:
    text = some_words(stage, 1, 4)
    stage.answer(text, stage.ask(template(stage, "repeat", split).format(p=text)))


def echo(stage: Stage, split: str) -> None:
    """Everything that is said is repeated, until told otherwise."""
    standing(stage, template(stage, "echo", split), REPEAT, typed=0.5)
    for _ in rounds(stage, split):
        pause(stage, split)
        repeat_after(stage, split)
    finish(stage, REPEAT)


def repeat_after(stage: Stage, split: str) -> None:
    text = some_words(stage, 1, 4)
    stage.answer(text, stage.type(text) if practised(stage, split) else stage.user(text))


def practised(stage: Stage, split: str) -> bool:
    """Whether something is typed that is meant to be said: in training it often is. That takes a
    tenth of the tokens, so that what is to be made of it is met more often than what is heard.
    """
    return split == "train" and stage.rng.random() < 0.3


def pause(stage: Stage, split: str, most_s: float = 1.5) -> None:
    """Before the next thing that a standing order is about: in training at times a long one, for
    an order holds whether or not somebody speaks at once.
    """
    long = split == "train" and stage.rng.random() < 0.25
    stage.wait(0.4, 9.0 if long else most_s)


def rounds(stage: Stage, split: str) -> range:
    """How often a standing order is made use of: in training at times long after it was given."""
    return range(int(stage.rng.integers(1, 4 if split == "heldout" else 7)))


def spell(stage: Stage, split: str) -> None:
    word = pick(stage, phrases.LETTERED)
    span = stage.ask(template(stage, "spell", split).format(w=word))
    stage.answer(spelled(word), span)


def spelled(word: str) -> str:
    """The letters as the voices read them: capitals, with a breath between them."""
    return ", ".join(word.upper())


def count(stage: Stage, split: str) -> None:
    """The two count in turn."""
    stage.answer("okay", order(stage, template(stage, "count", split)))
    for number in range(1, 2 * int(stage.rng.integers(2, 5)), 2):
        stage.wait(0.1, 0.7)
        stage.answer(words(number + 1), stage.user(words(number)))
    finish(stage)


def finish(stage: Stage, *lines: str) -> None:
    """The user ends a standing order; what was kept of it is struck out."""
    stage.wait(0.6, 1.5)
    enough(stage, *lines)


def enough(stage: Stage, *lines: str) -> Span:
    span = stage.user(pick(stage, phrases.ENOUGH))
    for line in lines:
        stage.forget(line, span)
    stage.answer("okay", span)
    return span


def standing(stage: Stage, text: str, line: str, typed: float = 0.4) -> None:
    """An order that holds until it is revoked: acknowledged, and kept in memory as a line."""
    span = order(stage, text, typed)
    stage.remember(line, span)
    stage.answer("okay", span)


def some_seconds(stage: Stage) -> int:
    """3 to 20."""
    return 3 + int(18 * float(stage.rng.random()))


def every(stage: Stage, split: str) -> None:
    seconds = some_seconds(stage)
    chore = pick(stage, phrases.CHORES)
    text = template(stage, "every", split).format(n=words(seconds), d=chore)
    span = order(stage, text)
    line = f"every {words(seconds)} {chore}"
    stage.remember(line, span)
    anchor = stage.answer("okay", span).turn
    times = int(stage.rng.integers(1, max(2, min(5, 26 // seconds + 1))))
    for _ in range(times):
        due = anchor + seconds * PER_SECOND
        stage.count_down(anchor, seconds)
        said = stage.say(chore, due, _TOLERANCE_S, _TOLERANCE_S)
        anchor = due
    stage.now = said.end_s
    stage.wait(0.3, min(1.2, seconds * 0.3))
    ended = enough(stage, line)
    over = turn_at(ended.end_s + HEARING_S)
    stage.count_down(anchor, seconds, over)
    stage.wait(min(seconds, 6))


def later(stage: Stage, split: str) -> None:
    seconds = some_seconds(stage)
    word = some_words(stage, 1, 2)
    span = order(stage, template(stage, "later", split).format(n=words(seconds), w=word))
    stage.answer("okay", span)
    turn = turn_at(span.end_s + seconds)
    stage.count_down(turn - seconds * PER_SECOND, seconds)
    stage.now = stage.say(word, turn, _TOLERANCE_S, _TOLERANCE_S).end_s


def duration(stage: Stage, split: str) -> None:
    stage.wait(0.5, 2.0)
    chance = float(stage.rng.random())
    target = 1.5 + 10.5 * (chance if split == "heldout" else chance**1.6)
    first = span = talk(stage, split)
    while span.end_s - first.start_s < target:
        stage.wait(0.05, 0.35)
        span = talk(stage, split)
    stage.wait(0.8, 2.0)
    length = span.end_s - first.start_s
    asked = template(stage, "duration", split)
    answer_span(stage, length, stage.ask(asked) if split == "heldout" else order(stage, asked))


def answer_span(stage: Stage, length_s: float, asked: Span) -> None:
    stage.answer(span_words(length_s), asked)
    expect = stage.expects.pop()
    stage.expects.append(Expect("span", expect.after_s, expect.by_s, expect.texts, length_s))


def remark(stage: Stage, split: str) -> str:
    """A sentence about {p} and {w} that is not for Aside."""
    if split == "heldout" or stage.rng.random() < 0.4:
        return template(stage, "talk", split)
    thing = f"{pick(stage, phrases.WHICH)} {{p}}"
    other = f"{pick(stage, phrases.WHERE)} {pick(stage, phrases.WHICH)} {{w}}"
    kinds = [
        f"{pick(stage, phrases.WHO)} {pick(stage, phrases.DID)} {thing} {other}",
        f"{thing} {pick(stage, phrases.BEING)} {other}",
        f"{pick(stage, phrases.PUT)} {thing} {other}",
    ]
    text = pick(stage, kinds)
    return remark(stage, split) if text in heldout_templates("talk") else text


def talk(stage: Stage, split: str, cue: str = "") -> Span:
    text = remark(stage, split)
    first, second = pick(stage, phrases.WORDS), pick(stage, phrases.WORDS)
    if cue:
        first, second = (cue, second) if stage.rng.random() < 0.5 else (first, cue)
    return stage.user(text.format(p=first, w=second))


def cue_share(stage: Stage, split: str) -> float:
    """How many sentences hold the cue. Where most do, training learns to answer all of them."""
    return 0.7 if split == "heldout" else float(stage.rng.uniform(0.1, 0.7))


def cue(stage: Stage, split: str) -> None:
    """A reply at each cue, spoken while the user goes on talking."""
    word, reply = pick(stage, phrases.WORDS), pick(stage, phrases.REPLIES)
    text = template(stage, "cue", split).format(r=reply, c=word)
    line = f"when {word} {reply}"
    standing(stage, text, line)
    often = cue_share(stage, split)
    for _ in range(int(stage.rng.integers(2, 5 if split == "heldout" else 8))):
        stage.wait(0.1, 1.0)
        span = talk(stage, split, word if stage.rng.random() < often else "")
        react(stage, span, word, reply)
    finish(stage, line)


def react(stage: Stage, span: Span, cue_word: str, reply: str) -> None:
    """Within 0.6 s of the cue: it may be known, and answered, before it has ended."""
    react_to(stage, span, {cue_word: reply})


def react_to(stage: Stage, span: Span, replies: Mapping[str, str]) -> None:
    """replies: by cue."""
    for text, start, end in span.words:
        if text in replies:
            turn = turn_at(end + HEARING_S)
            if not stage.says or turn >= stage.says[-1].turn + stage.says[-1].turns + 1:
                due = completion_time_s(turn)
                said = stage.say(replies[text], turn, due - start, end + 0.6 - due)
                stage.now = max(stage.now, said.end_s - 0.5)


def long_speech(stage: Stage, split: str) -> tuple[str, Span]:
    text = pick(stage, list(phrases.LONG))
    return phrases.LONG[text], stage.ask(text) if split == "heldout" else order(stage, text)


def stop(stage: Stage, split: str) -> None:
    text, asked = long_speech(stage, split)
    said = stage.answer(text, asked)
    expect = stage.expects.pop()
    latest = max(1.2, (said.end_s - completion_time_s(said.turn)) - 2.6)
    stage.now = completion_time_s(said.turn) + float(stage.rng.uniform(0.8, latest))
    named = split == "heldout" or stage.rng.random() < 0.5
    word = pick(stage, phrases.HUSH if split == "heldout" else phrases.HUSH + phrases.ENOUGH)
    span = stage.user(f"aside, {word}" if named else word)
    stage.cut(said, span)
    stage.expects.append(Expect("say", expect.after_s, expect.by_s))
    stage.expects.append(Expect("hush", span.end_s, span.end_s + 0.5))


def nod(stage: Stage, split: str) -> None:
    """A backchannel is no interruption."""
    text, asked = long_speech(stage, split)
    said = stage.answer(text, asked)
    begun = stage.expects.pop()
    end, start = said.end_s, completion_time_s(said.turn)
    stage.now = start + 0.6
    while stage.now < end - 1.2:
        stage.user(pick(stage, phrases.NODS))
        stage.wait(1.5, 3.0)
    stage.now = max(stage.now, end)
    stage.expects.append(Expect("finish", begun.after_s, end + 1.0, (plain(text),)))


def request(stage: Stage, split: str) -> str:
    """Something that Aside would answer, had it been asked."""
    if stage.rng.random() < 0.4:
        return pick(stage, wishes())
    kind = pick(stage, ["arithmetic", "name", "repeat", "spell", "count", "later"])
    return template(stage, kind, split).format(
        x=" ".join(sum_of(stage)[0]), p=some_words(stage, 1, 3), w=pick(stage, phrases.LETTERED),
        n=words(int(stage.rng.integers(2, 20))),
    )  # fmt: skip


@lru_cache(maxsize=1)
def wishes() -> list[str]:
    """Open requests, and what the model's own tools do."""
    asked = [*tool_phrases.QUESTIONS, *tool_phrases.TASKS]
    filled = [
        text.format(t=t, u=u, c=c, w=w, f=f, n=n, s=s)
        for text in asked
        for t, u, c, w, f, n, s in zip(
            tool_phrases.THINGS, tool_phrases.THINGS[::-1], tool_phrases.COUNTRIES,
            tool_phrases.CITIES, tool_phrases.FOODS, tool_phrases.PEOPLE, tool_phrases.SUBJECTS,
            strict=False,
        )
    ]  # fmt: skip
    return [*filled, *phrases.TEMPLATES["clock"], *phrases.TEMPLATES["date"]]


def overheard(stage: Stage, split: str) -> None:
    """Said to somebody else, or to nobody: without its name, its key or a word of its own before,
    a request is not for Aside.
    """
    for _ in range(int(stage.rng.integers(1, 4))):
        chance = stage.rng.random()
        if chance < 0.45:
            stage.user(f"{pick(stage, phrases.NAMES)}, {request(stage, split)}")
        elif chance < 0.75 and not stage.open:
            stage.user(request(stage, split))
        else:
            talk(stage, split)
        stage.wait(0.8, 2.5)


def nothing(stage: Stage, split: str) -> None:
    """Noise, music or silence."""
    stage.wait(4.0, 12.0)


def sums(stage: Stage, split: str) -> None:
    """Numbers said one after the other are added up when the turn is over."""
    standing(stage, template(stage, "sum", split), ADD_UP, typed=0.5)
    for _ in rounds(stage, split):
        pause(stage, split)
        add_up(stage, split)
    finish(stage, ADD_UP)


def add_up(stage: Stage, split: str) -> None:
    digits = [int(d) for d in stage.rng.integers(0, 10, int(stage.rng.integers(2, 6)))]
    if practised(stage, split):
        said = enter(stage, digits)
    else:
        said = stage.user(" ".join(words(digit) for digit in digits))
        jot_sums(stage, digits, said)
    stage.answer(words(sum(digits)), said)


def enter(stage: Stage, numbers: Sequence[int]) -> Span:
    """Typed about as fast as they would be said, each added up as it comes."""
    for count, number in enumerate(numbers, 1):
        stage.wait(ENTER_S if count > 1 else 0.0)
        said = stage.type(words(number))
        if count > 1:
            stage.jot(words(sum(numbers[:count])), said.start_s)
    return said


def jot_sums(stage: Stage, numbers: Sequence[int], said: Span) -> None:
    """From the second on, with each number that is heard."""
    for count, (_, _, end_s) in enumerate(said.words[1:], 2):
        stage.jot(words(sum(numbers[:count])), end_s)


def read(stage: Stage, split: str, texts: list[str] | None = None) -> None:
    """Commentary from the background is spoken as it is, when nobody else speaks: also what the
    background says of itself."""
    for _ in range(int(stage.rng.integers(1, 4))):
        chance = stage.rng.random()
        if chance < 0.2:
            text = some_reply(stage.rng)
        else:
            text = pick(stage, texts) if texts and chance < 0.84 else some_words(stage, 3, 8)
        stage.answer(text, stage.comment(text))
        stage.wait(0.5, 2.0)


def salad(stage: Stage, split: str) -> None:
    """Known words in no order: what is heard must come from the sound, not from habit.

    In training half of them are two or three that do follow each other, as people run together
    what they often say, and what comes after is new all the same.
    """
    runs = phrases.runs()
    words_known = phrases.drilled() if split == "train" else phrases.vocabulary()
    while stage.now < 7.0:
        count = int(stage.rng.integers(2, 8))
        said = [pick(stage, words_known) for _ in range(count)]
        if split == "train":
            said = [pick(stage, runs) if stage.rng.random() < 0.5 else word for word in said[:5]]
        stage.user(" ".join(said))
        stage.wait(0.3, 1.5)


SCENES: dict[str, Write] = {
    "arithmetic": arithmetic, "hesitation": hesitation, "greeting": greeting, "name": name,
    "repeat": repeat, "spell": spell, "count": count, "every": every, "later": later,
    "duration": duration, "cue": cue, "stop": stop, "nod": nod, "overheard": overheard,
    "nothing": nothing, "sums": sums, "echo": echo,
    "read": read, "salad": salad,
}  # fmt: skip
