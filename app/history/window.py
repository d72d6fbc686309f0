"""The window of the history: search as you type, read, copy, export, delete. All by keyboard."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog

from app.history.database import LOCKED_AGAIN_S, DatabaseErrors, Locked, state_of
from app.history.export import FORMATS, export
from app.history.keeping import Keeping, KeepingFile, database_file, settings_file
from app.history.look import window_sheet
from app.history.moment import Talk
from app.history.panes import Panes
from app.history.results import Result, day, of_hit, of_talk
from app.history.store import Store, open_store
from app.history.words import Query, parse
from app.window.asking import really
from app.window.theme import Theme, theme_now
from app.window.words import tr

TYPING_MS = 60
LOOK_AGAIN_MS = 2000
FILTERS = {"txt": "Text", "srt": "Subtitles", "json": "JSON", "wav": "Sound"}
PROTECTED = {
    "encrypted": "Encrypted on this machine.",
    "plain": "Not encrypted: only the rights of the file protect it.",
    "absent": "",
    "damaged": "",
}
OpenStore = Callable[[], Store]


class _Done(QObject):
    """Brings the result of work on another thread to the window's."""

    opened = Signal(object)
    exported = Signal(str)


def history_window() -> HistoryWindow:
    """The user's own history, as their settings say."""
    return HistoryWindow(database_file(), KeepingFile(settings_file()).now)


class HistoryWindow(Panes):
    """open_ is called on other threads: a key store may ask the user first."""

    def __init__(
        self, path: Path, keeping: Callable[[], Keeping], open_: OpenStore | None = None
    ) -> None:
        super().__init__(theme_now())
        self._path, self._keeping = path, keeping
        self._open = open_ or (lambda: open_store(path, keeping().encrypt))
        self._store: Store | None = None
        self._trouble = ""
        self._version = -1
        self._opening = False
        self._open_from_s = 0.0
        self._jumped: tuple[tuple[int, int], Query] | None = None
        self._done = _Done()
        self._connect()
        self.dress(theme_now())

    def come_up(self) -> None:
        """The user asked for it, so it takes the keyboard."""
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        self._open_from_s = 0.0
        if self._store is None:
            self._start_opening()
        self._again.start()

    def close_store(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = None

    def dress(self, theme: Theme) -> None:
        self.setStyleSheet(window_sheet(theme))
        self.results.dress(theme)
        self.transcript.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is there, and keeps the place."""
        query = parse(self.search.text())
        self.results.show_rows(self._results(query))
        self.results.setAccessibleName(tr("{count} results").format(count=self.results.count()))
        self.footer.setText(self._state_words())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._again.stop()
        self.close_store()
        super().closeEvent(event)

    def _connect(self) -> None:
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self.results.chosen.connect(self._show)
        self.results.opened.connect(self.transcript.setFocus)
        self.copy.clicked.connect(self._copy)
        self.export.clicked.connect(self._export)
        self.delete.clicked.connect(self._delete)
        self._done.opened.connect(self._take_store)
        self._done.exported.connect(self.footer.setText)
        for keys, what in (
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+S", self._export),
            ("Ctrl+Backspace", self._delete),
            ("Ctrl+W", self.close),
            ("Escape", self._step_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(what)
        self.search.returnPressed.connect(self.results.setFocus)

    def _start_opening(self) -> None:
        """One at a time: a key store may keep its dialogue before the user for long."""
        if not self._opening and time.monotonic() >= self._open_from_s:
            self._opening = True
            threading.Thread(target=self._open_aside, name="history-open", daemon=True).start()

    def _open_aside(self) -> None:
        try:
            there = state_of(self._path) != "absent"
            self._done.opened.emit(self._open() if there else None)
        except Exception as error:  # told in the window, whatever it is
            self._done.opened.emit(error)

    def _take_store(self, opened: Store | Exception | None) -> None:
        """None: there is no history yet."""
        self._opening = False
        if isinstance(opened, Locked):
            self._open_from_s = time.monotonic() + LOCKED_AGAIN_S
        if isinstance(opened, Store):
            if self._store is not None or not self.isVisible():
                opened.close()  # it comes too late: the window was closed, or has one
                return
            self._store, self._trouble = opened, opened.notice
        elif opened is not None:
            self._trouble = str(opened)
        if opened is not None:
            self.refresh()

    def _look_again(self) -> None:
        """The conversation goes on while the window is open."""
        if self._store is None:
            self._start_opening()
            return
        try:
            version = self._store.version()
        except DatabaseErrors as error:
            self._complain(error)
            return
        if version != self._version:
            self._version = version
            self.refresh()

    def _results(self, query: Query) -> list[Result]:
        if self._store is None:
            return []
        try:
            talks = self._store.talks()
            if not query:
                return [of_talk(talk) for talk in talks]
            known = {talk.id: talk for talk in talks}
            return [
                of_hit(hit, known[hit.talk], query.spans(hit.moment.text.replace("\n", " ")))
                for hit in self._store.search(query)
                if hit.talk in known
            ]
        except DatabaseErrors as error:
            self._trouble = tr("The history cannot be read: {error}").format(error=error)
            return []

    def _show(self, result: Result | None) -> None:
        for button in (self.copy, self.export, self.delete):
            button.setEnabled(result is not None)
        if result is None or self._store is None:
            self.title.setText("")
            self._jumped = None
            self.transcript.show_words(self._empty_words())
            return
        query = parse(self.search.text())
        talk = result.talk
        self.title.setText(_begun(day(talk.began_s)))
        try:
            moments, pictures = self._store.moments(talk.id), self._store.pictures(talk.id)
        except DatabaseErrors as error:
            self._complain(error)
            return
        self.transcript.show_talk(talk, moments, pictures, query)
        if self._jumped != (result.key, query):  # else the reader may have gone on from there
            self._jumped = result.key, query
            self.transcript.jump_to(result.moment)

    def _empty_words(self) -> str:
        if self._trouble:
            return self._trouble
        if self.search.text().strip():
            return tr("Nothing was found. All the words you type must come up in one conversation.")
        keeping = self._keeping()
        if keeping.unreadable:
            return keeping.words
        if not keeping.keep:
            return tr("Aside keeps no history. Nothing that is said here is written down.")
        return tr("Nothing has been kept yet. What you and Aside say will be found here.")

    def _state_words(self) -> str:
        protected = tr(PROTECTED[state_of(self._path)])
        return " ".join(filter(None, (self._keeping().words, protected)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.transcript.words_chosen())

    def _export(self) -> None:
        result = self.results.current()
        if result is None:
            return
        forms = [form for form in FORMATS if form != "wav" or result.talk.has_sound]
        filters = {f"{tr(FILTERS[form])} (*.{form})": form for form in forms}
        name, chosen = QFileDialog.getSaveFileName(
            self, tr("Export the conversation"), f"aside-{result.talk.id}.txt", ";;".join(filters)
        )
        if name:
            form = filters[chosen]
            path = Path(name)
            self.export_to(result.talk, path if path.suffix else path.with_suffix(f".{form}"), form)

    def export_to(self, talk: Talk, path: Path, form: str) -> None:
        """On a thread of its own: an hour of sound takes a while."""
        form = path.suffix[1:] if path.suffix[1:] in FORMATS else form

        def work() -> None:
            try:
                store = self._open()
                export(store, talk, path, form)
                store.close()
                self._done.exported.emit(tr("Written: {path}").format(path=path))
            except Exception as error:  # told in the window, whatever it is
                self._done.exported.emit(str(error))

        threading.Thread(target=work, name="history-export", daemon=True).start()

    def _delete(self) -> None:
        result = self.results.current()
        if result is None or self._store is None:
            return
        what = f"{result.talk.title}\n{day(result.talk.began_s)}"
        if really(self, tr("Delete this conversation for good?"), what, tr("Delete")):
            try:
                self._store.delete_talks([result.talk.id])
            except DatabaseErrors as error:
                self._complain(error, tr("The conversation cannot be deleted: {error}"))
                return
            self.refresh()

    def _complain(self, error: Exception, words: str = "") -> None:
        """In the foot of the window: nothing was done, and what is shown stays."""
        words = words or tr("The history cannot be read: {error}")
        self._done.exported.emit(words.format(error=error))

    def _step_back(self) -> None:
        """Escape: first the search, then the window."""
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            self.close()


def _begun(text: str) -> str:
    """As a heading begins."""
    return text[:1].upper() + text[1:]
