"""Makes the conversation and the window obey the settings, at the start and at each change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from app.settings import schema
from app.settings.setting import Setting
from app.sound.start import cleaning
from app.voice_gate import Mode
from app.window.theme import chosen_theme

if TYPE_CHECKING:
    from app.window.window import Window


class Obedience:
    """One function for each setting that has an effect on what runs."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._settings = window.settings
        self._alone = False
        conversation, panel, settings = window.conversation, window.panel, self._settings
        self._effects: dict[str, Callable[[], None]] = {
            schema.MICROPHONE.id: lambda: conversation.use(
                "microphone", settings[schema.MICROPHONE]
            ),
            schema.SPEAKER.id: lambda: conversation.use("speaker", settings[schema.SPEAKER]),
            schema.ECHO_CANCELLATION.id: self.take_cleaning,
            schema.NOISE_SUPPRESSION.id: self.take_cleaning,
            schema.GAIN_CONTROL.id: self.take_cleaning,
            schema.SYSTEM_SOUND.id: self.take_system_sound,
            schema.EARCONS.id: self.take_earcons,
            schema.MODE.id: self.take_mode,
            schema.ANSWERS.id: self.take_answers,
            schema.UNPROMPTED.id: self.take_budget,
            schema.CAPTION_PIXELS.id: self._size_captions,
            schema.CAPTIONS_SHOWN.id: lambda: panel.show_captions(settings[schema.CAPTIONS_SHOWN]),
            schema.CAPTION_BAR.id: window.caption_room.show_if_wanted,
            schema.THEME.id: self.dress,
            schema.CONTRAST.id: self.dress,
            schema.MOTION.id: self.take_motion,
            schema.WHEN_IDLE.id: window.idle.heed,
            schema.IDLE_MINUTES.id: window.idle.heed,
        }
        self._settings.watch(self._changed)

    def begin(self) -> None:
        """What must hold before the first picture and the first sound."""
        self.take_mode()
        self.take_answers()
        self.take_budget()
        self.take_earcons()
        self.take_motion()
        self.take_system_sound()
        self._window.panel.show_captions(self._settings[schema.CAPTIONS_SHOWN])
        if self._settings[schema.STARTS_MUTED]:
            self._window.conversation.mute(True)

    def dress(self) -> None:
        theme = chosen_theme(self._settings)
        self._window.panel.dress(theme)
        self._window.caption_room.dress(theme)
        self._window.pages.dress(theme)

    def take_mode(self) -> None:
        mode = cast(Mode, self._settings[schema.MODE])
        self._window.conversation.speak_as(mode)
        self._show_words_alone(mode == "captions")

    def _show_words_alone(self, alone: bool) -> None:
        """The caption bar and nothing else; whoever typed into the panel has gone from it."""
        panel = self._window.panel
        if alone:
            panel.hide()
        elif self._alone:
            panel.show()
        self._alone = alone
        self._window.caption_room.show_if_wanted()

    def take_answers(self) -> None:
        self._window.conversation.answer(whatever=self._settings[schema.ANSWERS] == "all")

    def take_budget(self) -> None:
        allowed = self._settings[schema.UNPROMPTED]
        self._window.conversation.gate.budget = None if allowed == "unlimited" else int(allowed)

    def take_earcons(self) -> None:
        self._window.conversation.earcons = self._settings[schema.EARCONS]

    def take_cleaning(self) -> None:
        self._window.conversation.clean(cleaning(self._settings))

    def take_system_sound(self) -> None:
        self._window.conversation.hear_system(self._settings[schema.SYSTEM_SOUND])

    def take_motion(self) -> None:
        still = self._settings[schema.MOTION] == "reduced"
        self._window.panel.hold_still(still)
        self._window.caption_room.hold_still(still)

    def _size_captions(self) -> None:
        self._window.panel.captions.set_pixels(self._settings[schema.CAPTION_PIXELS])
        self._window.caption_room.letter(self._settings[schema.CAPTION_PIXELS])
        self._window.panel.settle()

    def _changed(self, which: Setting[Any]) -> None:
        if (effect := self._effects.get(which.id)) is not None:
            effect()
        if self._settings.problem:
            self._window.say(self._settings.problem)
        self._window.show_state()
