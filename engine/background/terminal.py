"""Cards in the terminal: the question with its real arguments, answered by a key."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass

from engine.background.approval import Answer, By, Choice, Question
from engine.background.visible import visible_value

KEYS = {
    "y": Choice.ONCE, "a": Choice.ALWAYS, "n": Choice.NO, "v": Choice.NEVER,
}  # fmt: skip


@dataclass(frozen=True)
class Terminal:
    """An asker. yes: what --yes said beforehand, for this one call; else no terminal is a no."""

    yes: bool = False

    async def ask(self, question: Question) -> Answer:
        print(card(question), file=sys.stderr)
        if self.yes:
            return Answer(question.id, Choice.ONCE, By.KEY)
        if not sys.stdin.isatty():
            print("Nobody is here to approve it: add --yes, or use a terminal.", file=sys.stderr)
            return Answer(question.id, Choice.NO, By.KEY)
        typed = await asyncio.to_thread(input, "Do it? [y]es, [a]lways, [n]o, ne[v]er: ")
        return Answer(question.id, KEYS.get(typed.strip().casefold()[:1], Choice.NO), By.KEY)


def card(question: Question) -> str:
    """The whole question as text."""
    return "\n".join(
        [
            f"{question.preview}",
            f"  {question.tool} ({question.risk}): {visible_value(dict(question.arguments))}",
            f"  always would cover: {question.scope}",
        ]
    )
