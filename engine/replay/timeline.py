"""The timeline picture: both sides' words, sound, acts and updates over time.

Each row shows ten seconds. From top to bottom: what the user typed, the words the model heard,
the microphone, the time, the voice, the words it said, its acts and the updates it got. The
microphone mirrors the voice around the time axis, so that talking at once is seen at once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.replay import timeline_style as style
from engine.replay.disk import write_whole
from engine.replay.score import PEAKS_PER_S, Kind, Score
from engine.replay.timeline_rows import CHIP_PADDING, Fold, Placed, Row, placed, strips

ROWS_PER_PAGE = 14
HEADER, GAP, FOLD, FOOT = 112, 34, 58, 24
_LOUDEST_AT_LEAST = 0.05
_GAMMA = 0.7


def write_timeline(score: Score, title: str, path: Path) -> list[Path]:
    """Draws the session into `path` and, where it is long, into further pages beside it: one
    PNG for 14 rows. Returns the files. Raises OutputError."""
    parts = strips(score)
    pages = [parts[at : at + ROWS_PER_PAGE] for at in range(0, len(parts), ROWS_PER_PAGE)]
    paths = []
    for number, page in enumerate(pages, start=1):
        name = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        count = f"page {number} of {len(pages)}" if len(pages) > 1 else ""
        write_whole(name, _png(_Page(score, page).drawn(title, count)))
        paths.append(name)
    return paths


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


class _Page:
    """One picture: some strips of a score, drawn from top to bottom."""

    def __init__(self, score: Score, parts: Sequence[Row | Fold]) -> None:
        self._score, self._parts = score, parts
        self._peaks = {"user": score.user_peaks, "aside": score.voice_peaks}
        self._gain = {side: _gain(peaks) for side, peaks in self._peaks.items()}
        present = {mark.kind for mark in score.marks}
        further: tuple[Kind, ...] = ("update", "act")
        self._further = [kind for kind in further if kind in present]
        self._draw: ImageDraw.ImageDraw

    def drawn(self, title: str, count: str) -> Image.Image:
        heights = [self._height(part) for part in self._parts]
        height = HEADER + sum(heights) + GAP * len(heights) + FOOT
        picture = Image.new("RGB", (style.WIDTH, height), style.PAPER)
        self._draw = ImageDraw.Draw(picture)
        self._header(title, count)
        top = HEADER
        for part, tall in zip(self._parts, heights, strict=True):
            if isinstance(part, Row):
                self._row(part, top)
            else:
                self._fold(part, top)
            top += tall + GAP
        return picture

    def _marks(self, row: Row, *kinds: Kind) -> list[Placed]:
        return placed(row, self._score.marks, kinds)

    def _height(self, part: Row | Fold) -> int:
        if isinstance(part, Fold):
            return FOLD
        chips = _lines(self._marks(part, "typed")) + _lines(self._marks(part, "act", "update"))
        words = _word_lines(self._marks(part, "heard")) + _word_lines(self._marks(part, "say"))
        return chips * style.CHIP_LINE + words * style.LINE + 2 * style.WAVE + style.AXIS

    # --- the page's head

    def _header(self, title: str, count: str) -> None:
        self._text(style.LEFT, 30, "Aside", style.TITLE_SIZE, style.INK)
        beside = style.LEFT + style.text_width("Aside", style.TITLE_SIZE) + 20
        facts = "  ·  ".join(part for part in (title, _clock(self._score.end_s), count) if part)
        shown = style.fitted(facts, style.WORD_SIZE, style.WIDTH - beside - 640)
        self._text(beside, 45, shown, style.WORD_SIZE, style.SOFT)
        self._legend()

    def _legend(self) -> None:
        right = float(style.WIDTH - style.RIGHT)
        entries = [("Aside", style.ASIDE), ("you", style.USER)]
        entries[:0] = [(kind, style.CHIP[kind][1]) for kind in self._further]
        for name, colour in entries:
            right -= style.text_width(name, style.LABEL_SIZE)
            self._text(right, 48, name, style.LABEL_SIZE, style.SOFT)
            self._draw.rectangle((right - 30, 57, right - 10, 62), fill=colour)
            right -= 58

    # --- one row

    def _row(self, row: Row, top: int) -> None:
        typed, heard = self._marks(row, "typed"), self._marks(row, "heard")
        said, acts = self._marks(row, "say"), self._marks(row, "act", "update")
        self._label(top + 3, "typed" if typed else "")
        self._chips(row, typed, top)
        wave = top + _lines(typed) * style.CHIP_LINE + _word_lines(heard) * style.LINE
        axis = wave + style.WAVE
        below = axis + style.AXIS + style.WAVE
        self._ground(row, wave, below)
        self._words(heard, wave - style.LINE, -style.LINE, style.USER)
        self._wave(row, "user", wave + style.WAVE // 2, style.USER)
        self._voice_spans(row, axis + style.AXIS, below)
        self._wave(row, "aside", axis + style.AXIS + style.WAVE // 2, style.ASIDE)
        self._axis(row, axis)
        self._words(said, below + 4, style.LINE, style.ASIDE)
        self._label(wave + style.WAVE // 2 - 10, "you")
        self._label(axis + style.AXIS + style.WAVE // 2 - 10, "Aside")
        acts_top = below + 8 + _word_lines(said) * style.LINE
        self._label(acts_top + 3, _named(acts))
        self._chips(row, acts, acts_top)

    def _ground(self, row: Row, top: int, bottom: int) -> None:
        right = style.LEFT + style.PLOT
        self._draw.rectangle((style.LEFT, top, right, bottom), fill=style.PANEL)
        for edge_s, colour in (
            (self._score.input_end_s, style.TAIL),
            (self._score.end_s, style.PAPER),
        ):
            left = max(row.x(edge_s), style.LEFT)
            if left < right:
                self._draw.rectangle((left, top, right, bottom), fill=colour)
        for second in range(round(style.ROW_S) + 1):
            if (x := row.x(row.start_s + second)) > row.x(self._score.end_s) + 1:
                break
            self._draw.line((x, top, x, bottom), fill=style.GRID)
        if row.holds(self._score.input_end_s) and self._score.input_end_s < self._score.end_s:
            self._input_end(row.x(self._score.input_end_s), top, bottom)

    def _input_end(self, x: float, top: int, bottom: int) -> None:
        for y in range(top, bottom, 9):
            self._draw.line((x, y, x, min(y + 4, bottom)), fill=style.FAINT)
        self._text(x + 7, top + 4, "end of the input", style.TICK_SIZE, style.FAINT)

    def _axis(self, row: Row, top: int) -> None:
        middle = top + style.AXIS // 2
        for fifth in range(round(style.ROW_S * 5) + 1):
            time_s = row.start_s + fifth / 5
            if time_s > self._score.end_s + 0.1:
                return
            if fifth % 5:
                x = row.x(time_s)
                self._draw.line((x, middle - 3, x, middle + 3), fill=style.FAINT)
            else:
                self._second(row.x(time_s), middle, time_s)

    def _second(self, x: float, middle: int, time_s: float) -> None:
        label = _clock(time_s)
        left = x - style.text_width(label, style.TICK_SIZE) / 2
        ground = style.PANEL if time_s < self._score.input_end_s else style.TAIL
        self._draw.rectangle((x - 2, middle - 10, x + 2, middle + 10), fill=ground)
        self._text(left, middle - 9, label, style.TICK_SIZE, style.SOFT)

    def _wave(self, row: Row, side: str, middle: int, colour: str) -> None:
        """Both halves of the peaks, one column a pixel."""
        end = min(row.x(self._score.end_s), style.LEFT + style.PLOT)
        self._draw.line((style.LEFT, middle, end, middle), fill=style.GRID)
        columns = np.arange(style.PLOT)
        at = ((row.start_s + columns / style.PIXELS_PER_S) * PEAKS_PER_S).astype(int)
        peaks = self._peaks[side]
        known = at < len(peaks)
        heights = (peaks[at[known]] * self._gain[side]).clip(0, 1) ** _GAMMA * (style.WAVE / 2 - 3)
        for column, height in zip(columns[known], heights, strict=True):
            if height >= 0.5:
                x = style.LEFT + int(column)
                self._draw.line((x, middle - height, x, middle + height), fill=colour)

    def _voice_spans(self, row: Row, top: int, bottom: int) -> None:
        for span in self._score.voice:
            left = max(row.x(span.start_s), style.LEFT)
            right = min(row.x(span.stop_s), style.LEFT + style.PLOT)
            if left < right:
                self._draw.rectangle((left, top + 2, right, bottom - 2), fill=style.ASIDE_SOFT)

    def _words(self, words: Sequence[Placed], top: int, step: int, colour: str) -> None:
        for word in words:
            y = top + word.line * step
            self._text(word.left, y, word.text, style.WORD_SIZE, colour)

    def _chips(self, row: Row, chips: Sequence[Placed], top: int) -> None:
        for chip in chips:
            y = top + chip.line * style.CHIP_LINE
            ground, ink = style.CHIP[chip.mark.kind]
            box = (chip.left, y, chip.left + chip.width, y + style.CHIP_LINE - 8)
            self._draw.rounded_rectangle(box, radius=8, fill=ground)
            self._text(chip.left + CHIP_PADDING, y + 3, chip.text, style.CHIP_SIZE, ink)
            self._pointer(row.x(chip.mark.time_s), box, chip.mark.kind == "typed", ink)

    def _pointer(
        self, x: float, box: tuple[float, float, float, float], down: bool, ink: str
    ) -> None:
        """A small arrow at the chip's own time, towards the sound."""
        x = min(max(x, box[0] + 5), box[2] - 5)
        edge, tip = (box[3], box[3] + 6) if down else (box[1], box[1] - 6)
        self._draw.polygon([(x - 5, edge), (x + 5, edge), (x, tip)], fill=ink)

    def _fold(self, fold: Fold, top: int) -> None:
        text = f"{_clock(fold.start_s)} to {_clock(fold.stop_s)}: quiet"
        middle = top + FOLD // 2
        width = style.text_width(text, style.LABEL_SIZE)
        left = style.LEFT + (style.PLOT - width) / 2
        for start, stop in (
            (style.LEFT, left - 20),
            (left + width + 20, style.LEFT + style.PLOT),
        ):
            self._draw.line((start, middle, stop, middle), fill=style.FAINT)
        self._text(left, middle - 11, text, style.LABEL_SIZE, style.SOFT)

    def _label(self, y: float, text: str) -> None:
        width = style.text_width(text, style.LABEL_SIZE)
        self._text(style.LEFT - 18 - width, y, text, style.LABEL_SIZE, style.SOFT)

    def _text(self, x: float, y: float, text: str, size: int, colour: str) -> None:
        self._draw.text((x, y), text, font=style.font(text, size), fill=colour)


def _gain(peaks: np.ndarray) -> float:
    return 1.0 / max(float(peaks.max(initial=0.0)), _LOUDEST_AT_LEAST)


def _lines(marks: Sequence[Placed]) -> int:
    return max((mark.line for mark in marks), default=-1) + 1


def _named(chips: Sequence[Placed]) -> str:
    kinds = {chip.mark.kind for chip in chips}
    return "acts" if "act" in kinds else "updates" if kinds else ""


def _word_lines(marks: Sequence[Placed]) -> int:
    """Words keep one line free where there are none, so that rows look alike."""
    return max(1, _lines(marks))


def _clock(time_s: float) -> str:
    """m:ss, h:mm:ss, or with a tenth where the time is no whole second."""
    whole, tenths = divmod(round(time_s * 10), 10)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{start}:{seconds:02}" + (f".{tenths}" if tenths else "")
