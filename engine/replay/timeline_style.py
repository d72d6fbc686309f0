"""How a timeline looks: colours, sizes, and text that fits."""

from __future__ import annotations

import bisect
from functools import lru_cache

from PIL import ImageFont

from engine.replay.score import Kind

PAPER, PANEL, TAIL = "#FAF9F5", "#FFFFFF", "#F6F4EE"
INK, SOFT, FAINT, GRID = "#23262B", "#6D7075", "#B5B3AB", "#ECEAE3"
USER, ASIDE = "#2B6CB0", "#D2562B"
ASIDE_SOFT = "#FCEBE3"
CHIP: dict[Kind, tuple[str, str]] = {
    "typed": ("#DFEAF6", "#1D4E80"),
    "act": ("#E9E3F7", "#4C3591"),
    "update": ("#DDF0E4", "#22663F"),
}

WIDTH, LEFT, RIGHT = 1800, 118, 44
PLOT = WIDTH - LEFT - RIGHT
ROW_S = 10.0
PIXELS_PER_S = PLOT / ROW_S
WAVE, AXIS, LINE, CHIP_LINE = 62, 30, 30, 36
TITLE_SIZE, WORD_SIZE, CHIP_SIZE, LABEL_SIZE, TICK_SIZE = 38, 22, 19, 18, 16

_FURTHER_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial Unicode.ttf", "arial.ttf")
_LONGEST = 400
_BUILT_IN_UNTIL = 0x24F
_BUILT_IN_BESIDES = frozenset("–—‘’“”…")


@lru_cache(maxsize=64)
def _font(size: int, latin: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font built into Pillow; for letters that it lacks, one of the system's if it is there."""
    if not latin:
        for name in _FURTHER_FONTS:
            try:
                return ImageFont.truetype(name, size)
            except OSError:
                continue
    return ImageFont.load_default(size)


def font(text: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font of `size` pixels that has the letters of `text`, where there is one."""
    built_in = (ord(letter) <= _BUILT_IN_UNTIL or letter in _BUILT_IN_BESIDES for letter in text)
    return _font(size, all(built_in))


def text_width(text: str, size: int) -> float:
    """Width in pixels."""
    return font(text, size).getlength(text)


def fitted(text: str, size: int, width: float) -> str:
    """The text on one line, shortened with dots to at most `width` pixels."""
    line = " ".join(text[:_LONGEST].split())
    if len(text) <= _LONGEST and text_width(line, size) <= width:
        return line
    longest = bisect.bisect_right(
        range(1, len(line) + 1), width, key=lambda n: text_width(line[:n] + "...", size)
    )
    return line[:longest].rstrip() + "..."
