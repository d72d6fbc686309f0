"""One minute with the real model: things to try, each ticked when it happened.

It goes by what happened, never by what was said: words are the model's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.conversation import Happening, ModeChanged, Muted, Typed
from app.guide.page import GuidePage, paragraph, tick, ticked
from app.window.words import later, tr
from engine.client.events import Heard, Said, State

if TYPE_CHECKING:
    from app.window.window import Window


@dataclass(frozen=True)
class Step:
    """Ticked when a happening of that kind comes. key: the action whose key fills the braces."""

    name: str
    sentence: str
    kind: type
    key: str = ""


STEPS = (
    Step("heard", "Say: \"Aside, remind me every five seconds until I ask you to stop.\" Your "
         "words appear as you speak.", Heard),
    Step("answered", "Wait. It keeps the time by itself and speaks up when it is due.", Said),
    Step("typed", "Type something into its line ({keys}). It reads that just as well.", Typed,
         "type"),
    Step("muted", "Mute the microphone, and open it again ({keys}).", Muted, "mute"),
    Step("mode", "Switch to quiet mode ({keys}): now it writes instead of speaking. The same "
         "again, and it speaks.", ModeChanged, "quiet"),
)  # fmt: skip
DEAF = later(
    'There is no microphone. Type: "Aside, remind me every five seconds until I ask you to stop."'
)


class TourPage(GuidePage):
    """Nothing here is played back: what answers is the model that runs."""

    title = "One minute together"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.state = self.say("", "accent")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.ticks: dict[str, QLabel] = {}
        self._words: dict[str, QLabel] = {}
        for row, step in enumerate(STEPS):
            self.ticks[step.name], self._words[step.name] = tick(), paragraph("")
            grid.addWidget(self.ticks[step.name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words[step.name], row, 1)
        self.say(
            tr(
                "The small model that ships is good at when, and knows little of what. Its card "
                "tells how well it hears, the bad figures too."
            ),
            "plain",
        )
        self.column.addStretch(1)

    def enter(self) -> None:
        self._show_state()

    def take(self, happening: Happening) -> None:
        if not isinstance(happening, State):
            for step in STEPS:
                if isinstance(happening, Typed if self._types(step) else step.kind):
                    ticked(self.ticks[step.name])
        self._show_state()

    def _types(self, step: Step) -> bool:
        """Without a microphone that step is typed."""
        return step.kind is Heard and self.window_mind.status.doing == "deaf"

    def _show_state(self) -> None:
        self.state.setText(f"Aside: {tr(self.window_mind.status.words)}")
        for step in STEPS:
            keys = self.window_mind.key_of(step.key) if step.key else ""
            words = DEAF if self._types(step) else step.sentence
            self._words[step.name].setText(tr(words).format(keys=keys))
