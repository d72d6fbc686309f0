"""Saves pictures of cards, light and dark: `python -m tests.card_picture FOLDER`.

`cards.png` is the README's: one that asks before something is done, and two that a mind made. Needs
a display (any; a virtual one will do). QT_SCALE_FACTOR=2 makes them twice as sharp.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.cards.desk import CardDesk
from app.window import theme, x11
from engine.background.approval import Question
from engine.background.card_kinds import errand_card, errand_progress, question_card
from engine.background.tool import Risk
from tests.history_picture import settled
from tests.window_picture import _paint_backdrop


def card(number: str, title: str, *components: dict[str, Any], data: Any = None) -> list[dict]:
    """The messages of one card."""
    children = [one["id"] for one in components if not one.pop("inside", False)]
    root = {"id": "root", "component": "Column", "children": children}
    messages: list[dict] = [
        {"createSurface": {"surfaceId": number, "title": title}},
        {"updateComponents": {"surfaceId": number, "components": [root, *components]}},
    ]
    if data is not None:
        messages.append({"updateDataModel": {"surfaceId": number, "path": "/", "value": data}})
    return messages


def part(part_id: str, component: str, **fields: Any) -> dict[str, Any]:
    return {"id": part_id, "component": component, **fields}


def press(part_id: str, text: str, variant: str = "default", **more: Any) -> dict[str, Any]:
    action = {"event": {"name": part_id}}
    return part(part_id, "Button", text=text, variant=variant, action=action, **more)


def map_picture() -> str:
    image = Image.new("RGB", (640, 280), "#dfe8d8")
    pen = ImageDraw.Draw(image)
    pen.line([(0, 200), (220, 150), (400, 170), (640, 60)], fill="#7fa7d8", width=18)
    pen.line([(60, 280), (300, 120), (560, 0)], fill="#ffffff", width=10)
    pen.ellipse([290, 108, 314, 132], fill="#d8541c")
    file = io.BytesIO()
    image.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def form() -> list[dict]:
    trains = [{"label": "RE 5, 9:15, one change", "value": "re5"},
              {"label": "ICE 519, 9:51, direct", "value": "ice519"}]  # fmt: skip
    return card(
        "form", "To Ulm on Friday",
        part("why", "Text", text="Say what is missing, or type it.", variant="caption"),
        part("name", "TextField", label="Name", value={"path": "/name"}, required=True),
        part("train", "ChoicePicker", label="Train", options=trains, value={"path": "/train"}),
        part("seats", "TextField", label="Seats", value={"path": "/seats"}, variant="number"),
        part("quiet", "CheckBox", label="Quiet coach", value={"path": "/quiet"}),
        part("row", "Row", children=["no", "book"]),
        press("no", "Not now", "quiet", inside=True),
        press("book", "Book", "primary", inside=True),
        data={"name": "Ada Lovelace", "train": "ice519", "seats": 2, "quiet": True},
    )  # fmt: skip


def facts() -> list[dict]:
    return card(
        "facts", "Three ways to Ulm",
        part("map", "Image", url=map_picture(), alt="The way along the river"),
        part("table", "Table", columns=["train", "leaves", "euros"],
             rows=[["RE 5", "9:15", 24.9], ["ICE 519", "9:51", 47.0], ["IC 2261", "10:22", 35.5]]),
        part("chart", "Chart", variant="line", unit="€",
             labels="Monday Tuesday Wednesday Thursday Friday".split(),
             series=[{"name": "ICE", "values": [39, 41, 44, 46, 47]},
                     {"name": "RE", "values": [24.9, 24.9, 22, 24.9, 24.9]}]),
    )  # fmt: skip


def plan() -> list[dict]:
    return card(
        "plan", "The bread",
        part("steps", "Steps", steps=[
            {"label": "Mix flour, water and salt", "state": "done"},
            {"label": "Let it rest", "state": "current", "detail": "it doubles in size"},
            {"label": "Shape", "state": "todo"}, {"label": "Bake", "state": "todo"}]),
        part("timer", "Timer", seconds=1805, label="until shaping"),
        part("list", "List", ordered=True, items=["500 g flour", "350 g water", "10 g salt"]),
        part("check", "Checklist", items=[
            {"label": "Oven on", "value": {"path": "/oven"}},
            {"label": "Tin buttered", "value": {"path": "/tin"}}]),
        part("code", "Code", text="water = flour * 0.7\nsalt = flour * 0.02", language="python"),
        data={"oven": True},
    )  # fmt: skip


def asking() -> Sequence[dict]:
    body = "Dear Ada,\nthe train leaves at 9:51 from platform 4. I have booked two seats."
    return question_card(Question(
        "q", "t", "send_mail", "Sends a mail in your name.", Risk.OUTSIDE,
        "Send a mail to ada@example.org: “The train on Friday”",
        {"to": "ada@example.org", "subject": "The train on Friday", "body": body},
        "every use of send_mail", None,
    ))  # fmt: skip


def doing() -> Sequence[dict]:
    return (
        *errand_card("t", "Looking for trains"),
        errand_progress("t", "Reading page 2 of 4", 0.5),
    )


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    application = QApplication([])
    x11.is_composited = lambda: True
    for name, worn in (("dark", theme.DARK), ("light", theme.LIGHT)):
        desk = CardDesk(lambda worn=worn: worn)
        desk.refused.connect(lambda why: print("refused:", why))
        for messages, ours in ((form(), False), (facts(), False), (plan(), False),
                               (asking(), True), (doing(), True)):  # fmt: skip
            for message in messages:
                desk.take(message, ours)
        settled(application, 1.0)
        windows, light = list(desk.windows.values()), worn is theme.LIGHT
        _side_by_side(windows, light).save(str(folder / f"cards-{name}.png"))
        if not light:
            a_form, some_facts, _, a_question, _ = windows
            shown = _side_by_side([a_question, some_facts, a_form], light, on_a_desktop=True)
            shown.save(str(folder / "cards.png"))
        desk.close()
        settled(application, 0.1)
    return 0


def _side_by_side(windows: Sequence[QWidget], light: bool, on_a_desktop: bool = False) -> QImage:
    sharp = windows[0].devicePixelRatioF()
    wide = sum(one.width() for one in windows)
    tall = max(one.height() for one in windows)
    image = QImage(round(wide * sharp), round(tall * sharp), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    image.fill(Qt.GlobalColor.white if light else Qt.GlobalColor.darkGray)
    painter, left = QPainter(image), 0
    if on_a_desktop:
        _paint_backdrop(painter, QRectF(0, 0, wide, tall), light)
    for window in windows:
        painter.drawPixmap(QPointF(left, 0), window.grab())
        left += window.width()
    painter.end()
    return image


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
