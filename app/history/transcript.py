"""The conversation on the right: times, both sides, and the words that were looked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser

from app.history.export import clock
from app.history.moment import Moment, Picture, Talk
from app.history.words import Query
from app.window.theme import Theme, color, font
from app.window.words import tr

INDENT = 96
MARGIN = 26
SOURCES = {"camera": "Camera", "screen": "Screen"}
# What is seen of a talk: its number, when it began, and what the colours and marks hang on.
Shown = tuple[int, float, tuple[Moment, ...], tuple[Picture, ...], Query, Theme]


class Transcript(QTextBrowser):
    """Plain text to select, copy and read aloud. Nothing in it is a link or is fetched."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._places: dict[int, int] = {}
        self._shown: Shown | None = None
        self.setDocument(QTextDocument(self))  # ours, so that it may be let go like the others
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Transcript"))
        self.setFont(font(15))
        self.setTabChangesFocus(True)

    def show_talk(
        self, talk: Talk, moments: Sequence[Moment], pictures: Sequence[Picture], query: Query
    ) -> None:
        """Nothing moves where all of it is shown already; a talk that grew keeps its place."""
        before = self._shown
        shown = (talk.id, talk.began_s, tuple(moments), tuple(pictures), query, self.theme)
        if shown == before:
            return
        document = QTextDocument(self)
        document.setDefaultFont(font(15))
        document.setDocumentMargin(MARGIN)
        cursor = QTextCursor(document)
        self._places = {}
        waiting = list(pictures)
        for number, moment in enumerate(moments):
            while waiting and waiting[0].at_s <= moment.at_s:
                self._picture(cursor, document, waiting.pop(0), talk)
            self._places[moment.id] = self._line(cursor, talk, moment, query, not number)
        for picture in waiting:
            self._picture(cursor, document, picture, talk)
        self._put(document, stay=before is not None and before[0] == talk.id)
        self._shown = shown

    def show_words(self, words: str) -> None:
        """A quiet sentence where there is no conversation to show."""
        document = QTextDocument(self)
        document.setDocumentMargin(MARGIN)
        QTextCursor(document).insertText(words, self._shape(self.theme.quiet_text, 15))
        self._places = {}
        self._put(document)
        self._shown = None

    def jump_to(self, moment: int) -> None:
        """Brings a line to the upper third of the view and puts the cursor there."""
        if moment not in self._places:
            return
        cursor = self.textCursor()
        cursor.setPosition(self._places[moment])
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - self.viewport().height() // 3)

    def words_chosen(self) -> str:
        """What is selected; without a selection everything."""
        chosen = self.textCursor().selectedText().replace("\u2029", "\n")
        return chosen or self.toPlainText()

    def _put(self, document: QTextDocument, stay: bool = False) -> None:
        """stay: what is in view and what is selected remain so."""
        old, bar = self.document(), self.verticalScrollBar()
        chosen, top = self.textCursor(), bar.value()
        self.setDocument(document)
        old.deleteLater()  # Qt leaves it to its parent, which is this view
        if stay:
            end = document.characterCount() - 1
            cursor = QTextCursor(document)
            cursor.setPosition(min(chosen.anchor(), end))
            cursor.setPosition(min(chosen.position(), end), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            document.documentLayout().documentSize()  # lays all of it out: the bar is as long then
            bar.setValue(top)

    def _line(
        self, cursor: QTextCursor, talk: Talk, moment: Moment, query: Query, first: bool
    ) -> int:
        self._new_block(cursor, first)
        start = cursor.position()
        quiet = self._shape(self.theme.quiet_text, 12)
        cursor.insertText(clock(talk, moment.at_s), quiet)
        name = self._shape(self._tone(moment), 12, QFont.Weight.DemiBold)
        cursor.insertText(f"  {moment.name}\u2028", name)
        body = self._shape(self._tone(moment), 16)
        body.setFontItalic(moment.kind in ("act", "mark"))
        place = 0
        for begin, end in query.spans(moment.text):
            found = QTextCharFormat(body)
            found.setBackground(color(self.theme.accent, 0.28))
            cursor.insertText(moment.text[place:begin], body)
            cursor.insertText(moment.text[begin:end], found)
            place = end
        cursor.insertText(moment.text[place:], body)
        return start

    def _picture(
        self, cursor: QTextCursor, document: QTextDocument, picture: Picture, talk: Talk
    ) -> None:
        image = QImage.fromData(picture.jpeg)
        if image.isNull():
            return
        name = f"picture-{cursor.position()}"
        document.addResource(QTextDocument.ResourceType.ImageResource, name, image)
        self._new_block(cursor, cursor.position() == 0)
        source = tr(SOURCES.get(picture.source, picture.source))
        what = f"{clock(talk, picture.at_s)}  {source}\u2028"
        cursor.insertText(what, self._shape(self.theme.quiet_text, 12))
        shape = QTextImageFormat()
        shape.setName(name)
        shape.setWidth(image.width() / 2)
        cursor.insertImage(shape)

    def _new_block(self, cursor: QTextCursor, first: bool) -> None:
        block = QTextBlockFormat()
        block.setBottomMargin(14)
        block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)

    def _tone(self, moment: Moment) -> str:
        if moment.kind == "said":
            return self.theme.accent
        return self.theme.text if moment.kind in ("heard", "typed") else self.theme.quiet_text

    def _shape(
        self, tone: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal
    ) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFont(font(pixels, weight))
        shape.setForeground(color(tone))
        return shape
