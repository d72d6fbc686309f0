"""One minute with the real model: things to try, each ticked when it happened.

It goes by what happened, never by what was said: words are the model's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.conversation import Happening, ModeChanged, Muted, Typed
from app.guide.page import GuidePage, paragraph, tick, ticked
from app.window.words import tr
from engine.client.events import Heard, Said, State

if TYPE_CHECKING:
    from app.window.window import Window

STEPS: tuple[tuple[str, str, type], ...] = (
    ("heard", "Say: \"Aside, remind me every five seconds until I ask you to stop.\" Your words "
     "appear as you speak.", Heard),
    ("answered", "Wait. It keeps the time by itself and speaks up when it is due.", Said),
    ("typed", "Type something into its line. It reads that just as well.", Typed),
    ("muted", "Mute the microphone, and open it again.", Muted),
    ("mode", "Switch to quiet mode: now it writes instead of speaking.", ModeChanged),
)  # fmt: skip


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
        for row, (name, sentence, _) in enumerate(STEPS):
            self.ticks[name] = tick()
            grid.addWidget(self.ticks[name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(paragraph(tr(sentence)), row, 1)
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
            for name, _, kind in STEPS:
                if isinstance(happening, kind):
                    ticked(self.ticks[name])
        self._show_state()

    def _show_state(self) -> None:
        self.state.setText(f"Aside: {tr(self.window_mind.status.words)}")
