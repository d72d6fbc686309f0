"""The settings page of the mind: which language model thinks in the background, and does it work?

What is entered is a draft until "Use this one": half an address must never be sent a conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from app.window import mind_trial
from app.window.beside import Beside
from app.window.mind_fields import MindFields
from app.window.mind_trial import There, Trial
from app.window.words import said, tr
from engine.background import keys
from engine.background.endpoint import checked_url, is_local
from engine.background.mind_settings import MindSettings, NotKept
from engine.background.phrase import of_error
from engine.background.probe import Found

Load = Callable[[], MindSettings]


class MindPage(MindFields):
    """Qt's thread; all that may take time is done beside it."""

    def __init__(self, load: Load = MindSettings.load) -> None:
        super().__init__()
        self._load = load
        self._looking, self._listing, self._asking = Beside(self), Beside(self), Beside(self)
        self._address = self._key_for = ""
        self._connect()
        self._show_settings(load())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.in_use.setText(_in_use(self._load()))
        self._look()
        self._list(ask=is_local(self._url()))

    def _connect(self) -> None:
        self.look.toggled.connect(self._allow_looking)
        self.found.activated.connect(self._choose_found)
        self.address.editingFinished.connect(self._address_entered)
        self.key.textEdited.connect(self._key_typed)
        self.key.editingFinished.connect(self._list)
        self.use.clicked.connect(self._use)
        self.test.clicked.connect(self._test)
        self.none.clicked.connect(self._use_none)
        self.forget.clicked.connect(self._forget)

    def _show_settings(self, settings: MindSettings) -> None:
        self.in_use.setText(_in_use(settings))
        self.look.setChecked(settings.may_look_around)
        self.address.setText(settings.url)
        self._address = settings.url
        self.model.setEditText(settings.model)
        self.pictures.setChecked(settings.sees)
        self.forget.hide()
        self._show_found([])

    def _allow_looking(self, allowed: bool) -> None:
        if self._keep(replace(self._load(), may_look_around=allowed)):
            self._look()

    def _look(self) -> None:
        if not self.look.isChecked():
            self._looking.stop()
            self._show_found([])
        elif self.isVisible():
            self._looking.do(mind_trial.found_here, self._show_found)

    def _show_found(self, found: list[Found] | BaseException) -> None:
        self.found.clear()
        for one in found if isinstance(found, list) else []:
            self.found.addItem(f"{one.usually}: {one.url}", one)
        self.found.setEnabled(self.found.count() > 0)
        self.found.setPlaceholderText(self._nothing_found())
        here = self.found.findText(self.address.text(), Qt.MatchFlag.MatchEndsWith)
        self.found.setCurrentIndex(here if self.address.text() else -1)

    def _nothing_found(self) -> str:
        if not self.look.isChecked():
            return tr("not looked around")
        return tr("choose one") if self.found.count() else tr("nobody answers")

    def _choose_found(self, row: int) -> None:
        one: Found = self.found.itemData(row)
        self.address.setText(one.url)
        self.model.setEditText("")
        self._show_models(one.models)
        self._address_entered()

    def _address_entered(self) -> None:
        """A key goes nowhere but to the address it was typed for."""
        url = self._url()
        if url == self._address:
            return
        self._address = url
        self.pictures.setChecked(is_local(url))
        if self._key_for not in ("", url):
            self.key.clear()
        self._list()

    def _key_typed(self) -> None:
        self._key_for = self._url()

    def _list(self, ask: bool = True) -> None:
        """Looks whether there is a key for the address, and asks there for the models' names."""
        url, key = self._url(), self.key.text().strip()
        if url and self.isVisible():
            self._listing.do(lambda: mind_trial.there(url, key, ask), self._show_there)

    def _show_there(self, there: There | BaseException) -> None:
        if not isinstance(there, There) or there.url != self._url():
            return
        self.forget.setVisible(there.key)
        kept = tr("one is kept; write another to change it") if there.key else ""
        self.key.setPlaceholderText(kept)
        self._show_models(there.models or ())

    def _show_models(self, names: tuple[str, ...]) -> None:
        """What is written there stays; where there is one model alone, it is taken."""
        written = self.model.currentText()
        self.model.clear()
        self.model.addItems(list(names))
        self.model.setEditText(written or (names[0] if len(names) == 1 else ""))

    def _url(self) -> str:
        """The address as it is used; "" while it is none."""
        try:
            return checked_url(self.address.text())
        except ValueError:
            return ""

    def _draft(self) -> MindSettings | None:
        """What is entered; None, and the reason is shown, where it cannot be used."""
        try:
            url = checked_url(self.address.text())
        except ValueError as error:
            why = said(of_error(error))
            self.say(tr("That address cannot be used: {why}.").format(why=why), wrong=True)
            return None
        model = self.model.currentText().strip()
        if not model:
            self.say(tr("Which model? Choose one, or write its name."), wrong=True)
            return None
        before = self._load()
        if url != before.url:
            before = MindSettings(may_look_around=before.may_look_around)
        return replace(before, url=url, model=model, hears=True, sees=self.pictures.isChecked())

    def _test(self) -> None:
        if self._asking.busy:
            self._asking.stop()
            self._end(tr("Stopped."))
            return
        if (draft := self._draft()) is not None:
            key = self.key.text().strip()
            self._begin(draft)
            self._asking.do(lambda: mind_trial.tried(draft, key), self._show_trial)

    def _use(self) -> None:
        if (draft := self._draft()) is not None:
            key = self.key.text().strip()
            self._begin(draft)
            self._asking.do(lambda: mind_trial.used(draft, key), self._show_use)

    def _begin(self, draft: MindSettings) -> None:
        asks = tr("Asking {model}. A big one may take a minute to begin.")
        self.say(asks.format(model=draft.model))
        self.test.setText(tr("Stop"))
        self.use.setEnabled(False)

    def _end(self, sentence: str, wrong: bool = False) -> None:
        self.test.setText(tr("Test"))
        self.use.setEnabled(True)
        self.say(sentence, wrong)

    def _show_trial(self, trial: Trial | BaseException) -> None:
        if isinstance(trial, BaseException):
            self._end(_trouble(trial), wrong=True)
            return
        sentence = mind_trial.in_a_sentence(trial.settings.model, trial.checks)
        self._end(sentence, wrong=not trial.works)

    def _show_use(self, trial: Trial | BaseException) -> None:
        if isinstance(trial, BaseException):
            self._end(_trouble(trial), wrong=True)
            return
        self.key.clear()
        self.in_use.setText(_in_use(trial.settings))
        self._show_trial(trial)
        self._list()

    def _use_none(self) -> None:
        if self._keep(replace(self._load(), url="", model="")):
            self.in_use.setText(_in_use(self._load()))
            self.say(tr("No language model any more: nothing is sent anywhere."))

    def _forget(self) -> None:
        url = self._url()

        async def forget() -> bool:
            return keys.forget(url)

        self._asking.do(forget, self._show_forgotten)

    def _show_forgotten(self, forgotten: bool | BaseException) -> None:
        told = tr("The key is forgotten.") if forgotten is True else tr(
            "The key was not forgotten: it is not in the key store, or the store does not answer."
        )  # fmt: skip
        self._end(told, wrong=forgotten is not True)
        self._list()

    def _keep(self, settings: MindSettings) -> bool:
        try:
            settings.save()
        except NotKept as error:
            self.say(said(of_error(error)), wrong=True)
            return False
        return True


def _in_use(settings: MindSettings) -> str:
    if not settings.url:
        return tr("None is in use.")
    return tr("In use: {model} at {url}").format(model=settings.model, url=settings.url)


def _trouble(error: BaseException) -> str:
    if isinstance(error, keys.NoKeyStore | NotKept):
        return said(of_error(error))
    return tr("It could not be tried: {error}.").format(error=type(error).__name__)
