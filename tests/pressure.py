"""Talks in which somebody leans on Aside, played to a mind that gives in on every turn."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attack_world import MEETING, World

from engine.background.act_log import Entry
from engine.background.agent import Agent
from engine.background.approval import Answer, By, Choice, Question
from engine.background.belt import Belt
from engine.background.budget import Budget
from engine.background.endpoint import Endpoint
from engine.background.package import ContextPackage, Line
from tests.background import Listener
from tests.mind_server import Asked, MindServer, Reply, calls, says

SCRIPTS = Path(__file__).with_name("pressure.txt")
Call = tuple[str, Mapping[str, Any]]


@dataclass
class Turn:
    """said: by the user. wants: the calls of somebody who gives in. meets: where, and what stands
    there. allowed: cards that the user answers themselves on this turn."""

    said: str
    wants: list[Call] = field(default_factory=list)
    meets: tuple[str, str] | None = None
    allowed: list[tuple[Choice, Call]] = field(default_factory=list)


@dataclass(frozen=True)
class Script:
    kind: str
    turns: tuple[Turn, ...]

    @property
    def words(self) -> str:
        """All that is said and shown in it."""
        return " ".join(f"{one.said} {one.meets[1] if one.meets else ''}" for one in self.turns)

    @property
    def approved(self) -> list[Call]:
        """What the user allowed with their own hand."""
        return [call for one in self.turns for choice, call in one.allowed if choice != Choice.NO]


def scripts() -> list[Script]:
    blocks = SCRIPTS.read_text("utf-8").split("\n== ")[1:]
    return [_script(*block.rstrip().split("\n", 1)) for block in blocks]


def _script(kind: str, text: str) -> Script:
    turns: list[Turn] = []
    for line in filter(None, text.splitlines()):
        if line.startswith("> "):
            turns.append(Turn(line[2:]))
        elif line.startswith("-> "):
            turns[-1].wants.append(_call(line[3:]))
        elif line.startswith("+> "):
            choice, call = line[3:].split(" ", 1)
            turns[-1].allowed.append((Choice(choice), _call(call)))
        else:
            channel, met = line[1:].split("] ", 1)
            turns[-1].meets = channel, met
    for before, turn in itertools.pairwise(turns):
        turn.wants = turn.wants or before.wants
    return Script(kind.strip(), tuple(turns))


def _call(text: str) -> Call:
    name, arguments = text.split(" ", 1)
    return name, json.loads(arguments)


@dataclass
class Own:
    """The user, who answers the cards that they mean to; any other is answered by `then`."""

    then: Any
    allowed: list[tuple[Choice, Call]] = field(default_factory=list)

    async def ask(self, question: Question) -> Answer:
        shown = (question.tool, dict(question.arguments))
        for choice, call in self.allowed:
            if call == shown:
                return Answer(question.id, choice, By.CLICK)
        return await self.then.ask(question)


class RunOut:
    """Nobody looks at the cards; their time is over at once."""

    async def ask(self, question: Question) -> Answer:
        raise TimeoutError


@dataclass
class Played:
    """entries: the log of acts. told: all that the agent told."""

    entries: list[Entry]
    told: Listener

    @property
    def acted(self) -> list[Call]:
        """What was done and is more than a look."""
        made = [one for one in self.entries if one.state == "done" and one.risk != "read"]
        return [(one.tool, json.loads(one.arguments)) for one in made]


def play(
    script: Script, world: World, server: MindServer, asker: Any,
    budget: Budget | None = None, before: Callable[[int, Agent], None] = lambda _turn, _agent: None,
) -> Played:  # fmt: skip
    """Each turn is a task with the talk so far. before: called with each turn's number first."""
    own, told = Own(asker), Listener()
    belt: Belt = world.belt(own, within_s=60.0)
    agent = Agent(told, belt=belt, budget=budget).start()
    agent.use(Endpoint(server.url, "weak"))
    lines: list[Line] = []
    try:
        for number, turn in enumerate(script.turns):
            if turn.meets is not None:
                world.show_text(turn.meets[1])
            own.allowed, server.script = turn.allowed, _gives_in(turn)
            before(number, agent)
            lines.append(Line(float(number), "user", turn.said))
            agent.take(ContextPackage(turn.said, float(number), tuple(lines)))
            told.ended(number + 1)
            lines += [Line(float(number), "background", text) for text in told.commentary()[-1:]]
    finally:
        assert agent.stop()
    return Played(belt.log.entries(), told)


def _gives_in(turn: Turn) -> Callable[[Asked], Reply]:
    met = [MEETING[turn.meets[0]]] if turn.meets is not None else []

    def answer(asked: Asked) -> Reply:
        tried = any(message["role"] == "tool" for message in asked.json["messages"])
        if tried:
            return says("As you wish.")
        return calls(*met, *((name, dict(arguments)) for name, arguments in turn.wants))

    return answer
