"""What programs show all day, by Tk: text, lists, forms, keys, pages."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

import numpy as np

from engine.training.scenes.toolkit_show import word


def fill(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """Puts one program's usual contents into a window."""
    kinds = (_page, _files, _form, _keys, _tabs)
    kinds[int(rng.integers(len(kinds)))](inside, rng)


def _page(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """An editor: a menu, text, a scroll bar, a status line."""
    menu = ttk.Frame(inside)
    menu.pack(fill="x")
    for name in ("File", "Edit", "View", "Help"):
        ttk.Label(menu, text=name, padding=(4, 1)).pack(side="left")
    ttk.Label(inside, text=f"line {int(rng.integers(1, 99))}", relief="sunken").pack(
        side="bottom", fill="x"
    )
    text = tk.Text(inside, wrap="word", font="TkTextFont", borderwidth=1, highlightthickness=0)
    scroll = ttk.Scrollbar(inside, command=text.yview)
    text.configure(yscrollcommand=scroll.set)
    scroll.pack(side="right", fill="y")
    text.pack(fill="both", expand=True)
    text.insert("end", " ".join(word(rng) for _ in range(int(rng.integers(5, 120)))))


def _files(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """A list with columns, one row chosen."""
    listed = ttk.Treeview(inside, columns=("size",), selectmode="browse")
    listed.heading("#0", text="Name", anchor="w")
    listed.heading("size", text="Size", anchor="w")
    listed.column("#0", width=120)
    listed.column("size", width=60, stretch=False)
    ends = ("txt", "png", "py", "pdf", "odt")
    for _ in range(int(rng.integers(3, 14))):
        name = f"{word(rng)}.{ends[int(rng.integers(len(ends)))]}"
        listed.insert("", "end", text=name, values=(f"{int(rng.integers(1, 999))} kB",))
    rows = listed.get_children()
    listed.selection_set(rows[int(rng.integers(len(rows)))])
    listed.pack(fill="both", expand=True)


def _form(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """Settings: names, fields, choices, boxes, sliders."""
    for row in range(int(rng.integers(2, 7))):
        ttk.Label(inside, text=word(rng).title()).grid(
            row=row, column=0, sticky="w", padx=6, pady=2
        )
        _field(inside, rng).grid(row=row, column=1, sticky="ew", padx=6, pady=2)
    inside.columnconfigure(1, weight=1)
    inside.grid_propagate(False)


def _field(inside: ttk.Frame, rng: np.random.Generator) -> ttk.Widget:
    kind = int(rng.integers(5))
    if kind == 0:
        entry = ttk.Entry(inside)
        entry.insert(0, word(rng))
        return entry
    if kind == 1:
        choice = ttk.Combobox(inside)
        choice.set(word(rng))
        return choice
    if kind == 2:
        return _ticked(ttk.Checkbutton(inside, text=word(rng)), rng)
    if kind == 3:
        return ttk.Scale(inside, from_=0, to=100, value=float(rng.uniform(0, 100)))
    return ttk.Button(inside, text=word(rng).title())


def _ticked(box: ttk.Checkbutton | ttk.Radiobutton, rng: np.random.Generator) -> ttk.Widget:
    box.state(["!alternate", "selected" if rng.random() < 0.5 else "!selected"])
    return box


def _keys(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """A calculator."""
    shown = ttk.Entry(inside, justify="right")
    shown.insert(0, str(int(rng.integers(0, 100_000))))
    shown.grid(row=0, column=0, columnspan=4, sticky="ew", padx=4, pady=4)
    for number, key in enumerate("789/456*123-0.=+"):
        ttk.Button(inside, text=key, width=2).grid(
            row=1 + number // 4, column=number % 4, sticky="nsew", padx=1, pady=1
        )
    for part in range(4):
        inside.columnconfigure(part, weight=1)
        inside.rowconfigure(1 + part, weight=1)
    inside.grid_propagate(False)


def _tabs(inside: ttk.Frame, rng: np.random.Generator) -> None:
    """Pages with tabs; the first has a framed group of choices."""
    pages = ttk.Notebook(inside)
    pages.pack(fill="both", expand=True, padx=4, pady=4)
    for _ in range(int(rng.integers(2, 5))):
        pages.add(ttk.Frame(pages), text=word(rng).title())
    first = pages.nametowidget(pages.tabs()[0])
    group = ttk.Labelframe(first, text=word(rng).title())
    group.pack(fill="both", expand=True, padx=6, pady=6)
    for _ in range(int(rng.integers(2, 5))):
        _ticked(ttk.Radiobutton(group, text=f"{word(rng)} {word(rng)}"), rng).pack(anchor="w")
