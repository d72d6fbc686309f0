"""A small desktop of Tk's own widgets in one of ttk's four themes: a panel, icons, windows, and the
things that are waited for. Only the painting process (`tk_desk`) comes here.

No window manager runs on the display, so windows are frames on the root with a title bar of ours.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from tkinter import font, ttk

import numpy as np

from engine.evaluation.seeing import tk_furniture
from engine.evaluation.seeing.tk_things import Bar, Build, Dialog, Light, Mover, Thing
from engine.training.scenes.screen_show import HEIGHT, THEMES, WIDTH, Box, Colour, somewhere
from engine.training.scenes.toolkit_show import word

STYLES = ("clam", "alt", "default", "classic")
FAMILIES = ("DejaVu Sans", "DejaVu Serif", "Nimbus Sans", "URW Gothic", "C059")
MONOSPACED = ("DejaVu Sans Mono", "Nimbus Mono PS")
PANEL, TITLE = 20, 17  # pixels

Drawn = Callable[[int], None]  # brings what was drawn into a state, in front of all before it


@dataclass(frozen=True)
class Window:
    """frame: with the title bar. inside: where the contents go."""

    frame: tk.Frame
    inside: ttk.Frame
    box: Box

    def up(self) -> None:
        """Shows it at its place, in front of all others."""
        left, top, right, bottom = self.box
        self.frame.place(x=left, y=top, width=right - left, height=bottom - top)
        self.frame.tkraise()


class Desk:
    """A desktop on the root window, with up to three windows of a program's usual contents."""

    def __init__(self, root: tk.Tk, theme: str, rng: np.random.Generator) -> None:
        self.root = root
        self.ground, _, self.title, self.ink, self.accent = (_hex(c) for c in THEMES[theme])
        self._styled(rng)
        self.raised = bool(rng.random() < 0.5)  # frames as of the nineties, or flat
        self.mono = str(rng.choice(MONOSPACED))
        self._wallpaper(THEMES[theme][0], rng)
        titles = [word(rng).title() for _ in range(int(rng.integers(0, 4)))]
        for title in titles:
            box = somewhere(rng, (170, 360), (110, 230))
            tk_furniture.fill(self.window(box, title).inside, rng)
        self._panel(titles, rng)

    def _styled(self, rng: np.random.Generator) -> None:
        ttk.Style(self.root).theme_use(str(rng.choice(STYLES)))
        family, pixels = str(rng.choice(FAMILIES)), int(rng.integers(10, 14))
        for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont"):
            font.nametofont(name, self.root).configure(family=family, size=-pixels)
        ttk.Style(self.root).configure("Treeview", rowheight=pixels + 6)

    def _wallpaper(self, ground: Colour, rng: np.random.Generator) -> None:
        paper = tk.Canvas(self.root, width=WIDTH, height=HEIGHT, highlightthickness=0)
        paper.place(x=0, y=0)
        above, below = (float(v) for v in rng.uniform(0.75, 1.2, 2))
        for y in range(HEIGHT):
            share = above + (below - above) * y / HEIGHT
            tint = _hex(tuple(min(255, round(share * part)) for part in ground))
            paper.create_line(0, y, WIDTH, y, fill=tint)
        for number in range(int(rng.integers(0, 6))):
            y = 30 + 52 * number
            paper.create_rectangle(18, y, 42, y + 22, fill=self.accent, outline=self.ink)
            paper.create_rectangle(18, y, 30, y + 5, fill=self.title, outline=self.ink)
            ink = "#ffffff" if sum(ground) < 380 else "#101010"
            paper.create_text(30, y + 30, text=word(rng), fill=ink, font=("TkDefaultFont", -9))

    def _panel(self, titles: list[str], rng: np.random.Generator) -> None:
        """A bar with a button for every window and a clock in the corner."""
        panel = ttk.Frame(self.root, relief="raised", borderwidth=1)
        panel.place(x=0, y=0 if rng.random() < 0.4 else HEIGHT - PANEL, width=WIDTH, height=PANEL)
        for name in (word(rng).title(), *titles):
            ttk.Label(panel, text=name, relief="raised", padding=(6, 0)).pack(side="left", padx=2)
        hour, minute = int(rng.integers(24)), int(rng.integers(60))
        ttk.Label(panel, text=f"{hour}:{minute:02}", padding=(6, 0)).pack(side="right")

    def window(self, box: Box, title: str) -> Window:
        """An empty window in front of those that are there."""
        outer = tk.Frame(self.root, background=self.ink, borderwidth=2 if self.raised else 1,
                         relief="raised" if self.raised else "flat")  # fmt: skip
        if self.raised:
            outer.configure(background=self.title)
        bar = tk.Frame(outer, background=self.title, height=TITLE)
        bar.pack(fill="x")
        bar.pack_propagate(False)
        self._buttons(bar)
        heading = tk.Label(bar, text=title, background=self.title, foreground=self.ink, pady=0,
                           font=("TkDefaultFont", -10, "bold"))  # fmt: skip
        heading.pack(side="left", padx=4, expand=not self.raised)
        inside = ttk.Frame(outer)
        inside.pack(fill="both", expand=True)
        inside.pack_propagate(False)
        made = Window(outer, inside, box)
        made.up()
        return made

    def _buttons(self, bar: tk.Frame) -> None:
        """To close, to make large, to make small."""
        signs = tk.Canvas(bar, width=44, height=TITLE, background=self.title, highlightthickness=0)
        signs.pack(side="right")
        for x in (4, 18, 32) if self.raised else ():
            signs.create_rectangle(x - 2, 3, x + 9, 14, outline=self.ink)
        signs.create_line(4, 12, 11, 12, fill=self.ink)
        signs.create_rectangle(18, 5, 25, 12, outline=self.ink)
        signs.create_line(32, 5, 40, 13, fill=self.ink)
        signs.create_line(32, 12, 40, 4, fill=self.ink)


@singledispatch
def drawn(thing: Thing, desk: Desk) -> Drawn:
    """What is waited for, on a desk."""
    raise TypeError(f"nothing draws {type(thing).__name__}")


@drawn.register
def _bar(thing: Bar, desk: Desk) -> Drawn:
    window = desk.window(thing.box, thing.title)
    told = ttk.Label(window.inside, text=thing.title)
    told.pack(anchor="w", padx=8, pady=(4, 2))
    bar = ttk.Progressbar(window.inside, maximum=100)
    bar.pack(fill="x", padx=8)

    def show(percent: int) -> None:
        bar.configure(value=percent)
        if thing.numbered:
            told.configure(text=f"{thing.title}: {percent} %")
        window.up()

    return show


@drawn.register
def _light(thing: Light, desk: Desk) -> Drawn:
    left, top, right, bottom = thing.box
    size = right - left
    plate = ttk.Style(desk.root).lookup("TFrame", "background")
    lamp = tk.Canvas(
        desk.root, highlightthickness=0, background=plate, relief="raised", borderwidth=1
    )
    make = lamp.create_oval if thing.round else lamp.create_rectangle
    glass = make(2, 2, size - 3, size - 3, outline="#202020", width=2)

    def show(on: int) -> None:
        lamp.itemconfigure(glass, fill=_hex(thing.after if on else thing.before))
        lamp.place(x=left, y=top, width=size, height=bottom - top)
        tk.Misc.tkraise(lamp)

    return show


@drawn.register
def _dialog(thing: Dialog, desk: Desk) -> Drawn:
    window = desk.window(thing.box, thing.title)
    answers = ttk.Frame(window.inside)
    answers.pack(side="bottom", pady=(0, 6))
    for answer in thing.answers:
        ttk.Button(answers, text=answer, width=8).pack(side="left", padx=4)
    ttk.Label(window.inside, image=f"::tk::icons::{thing.icon}").pack(side="left", padx=8)
    wide = thing.box[2] - thing.box[0] - 70
    ttk.Label(window.inside, text=thing.question, wraplength=wide).pack(side="left")

    def show(there: int) -> None:
        if there:
            window.up()
        else:
            window.frame.place_forget()

    return show


@drawn.register
def _build(thing: Build, desk: Desk) -> Drawn:
    window = desk.window(thing.box, "Terminal")
    ground, ink = ("#101214", "#c8c8c8") if thing.dark else ("#f8f8f2", "#303030")
    text = tk.Text(window.inside, background=ground, foreground=ink, wrap="none", borderwidth=0,
                   highlightthickness=0, padx=3, font=(desk.mono, -thing.pixels))  # fmt: skip
    scroll = ttk.Scrollbar(window.inside, command=text.yview)
    text.configure(yscrollcommand=scroll.set)
    scroll.pack(side="right", fill="y")
    text.pack(fill="both", expand=True)
    text.tag_configure("done", foreground="#28be50", font=(desk.mono, -thing.pixels, "bold"))

    def show(state: int) -> None:
        lines, over = thing.written(state)
        text.delete("1.0", "end")
        text.insert("end", "\n".join(lines))
        if over:
            text.insert("end", f"\n{thing.last}", "done")
        text.see("end")
        text.xview_moveto(0)
        window.up()

    return show


@drawn.register
def _mover(thing: Mover, desk: Desk) -> Drawn:
    window = desk.window(thing.box, "")
    ttk.Label(window.inside, text=thing.text, anchor="center").pack(fill="both", expand=True)

    def show(state: int) -> None:
        window.up()
        left, top = thing.corner(state)
        window.frame.place(x=left, y=top)

    return show


def _hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
