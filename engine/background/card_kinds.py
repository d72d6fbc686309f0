"""Cards that Aside itself makes: what is being done, and what it asks to be allowed.

They are made of the same parts as everybody's; only their ids are out of others' reach.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.background.approval import Choice, Question
from engine.background.card import OURS
from engine.background.card_reading import visible
from engine.background.phrase import Translate

Message = dict[str, Any]
# "No" is the bright one: who presses without reading must not have allowed anything.
CHOICES: dict[Choice, tuple[str, str]] = {
    Choice.NO: ("No", "primary"),
    Choice.ONCE: ("Allow once", "default"),
    Choice.SESSION: ("This session", "quiet"),
    Choice.ALWAYS: ("Always", "quiet"),
    Choice.NEVER: ("Never ask, never do", "quiet"),
}
INLINE = 60
CANCEL, CONFIRM = "cancel", "confirm"
MAX_TITLE = 120
MAX_SHOWN = 3_000
MAX_KEPT = 20


def question_card(
    question: Question, tr: Translate = str, say: Translate = str
) -> tuple[Message, ...]:
    """The card that asks: the tool, what it would do, and every argument as it is.

    say: a Phrase in the user's language. A press comes back as Pressed with the choice's value
    for a name.
    """
    scope = tr("“This session” and “Always” cover: {scope}")
    parts: list[Message] = [
        _text("sentence", tr(question.sentence), "caption"),
        _text("preview", say(question.preview), "body"),
        *_arguments(question.arguments, tr),
        _text("scope", scope.format(scope=say(question.scope)), "caption"),
    ]
    if question.word:
        parts.append(_text("word", tr("Or say aloud: {word}").format(word=question.word), "body"))
    offered = [choice for choice in CHOICES if choice in question.choices]
    labels = {choice: tr(CHOICES[choice][0]) for choice in offered}
    buttons = [_press(one.value, labels[one], CHOICES[one][1]) for one in offered]
    shown = [part["id"] for part in parts]
    parts += [
        {"id": "often", "component": "Row", "children": [one["id"] for one in buttons[:2]]},
        {"id": "seldom", "component": "Row", "children": [one["id"] for one in buttons[2:]]},
        *buttons,
        {"id": "root", "component": "Column", "children": [*shown, "often", "seldom"]},
    ]
    return _card(question.id, tr("May I use {tool}?").format(tool=question.tool), parts)


def errand_card(
    task_id: str, title: str, cancellable: bool = True, tr: Translate = str
) -> tuple[Message, ...]:
    """What is being done in the background. `errand_progress` moves it; "cancel" comes back."""
    progress = {
        "id": "progress", "component": "Progress",
        "label": {"path": "/doing"}, "value": {"path": "/done"},
    }  # fmt: skip
    parts: list[Message] = [progress]
    if cancellable:
        parts.append(_press(CANCEL, tr("Cancel"), "quiet"))
    root = {"id": "root", "component": "Column", "children": [one["id"] for one in parts]}
    return _card(task_id, title, [*parts, root])


def result_card(
    task_id: str, said: Sequence[str], kept: Sequence[str], tr: Translate = str
) -> Message:
    """What became of an errand, in place of how it was going. said: what was for saying, in the
    user's language; kept: what was not."""
    shown = [piece for text in map(visible, kept) for piece in _pieces(text)]
    parts = [_text("said", visible(" ".join(said))[:MAX_SHOWN], "body")]
    parts += [_text(f"kept{place}", text, "caption") for place, text in enumerate(shown[:MAX_KEPT])]
    if len(shown) > MAX_KEPT:
        parts.append(_text("more", tr("The rest is in the history."), "caption"))
    root = {"id": "root", "component": "Column", "children": [one["id"] for one in parts]}
    return _message("updateComponents", task_id, components=[*parts, root])


def rang_card(number: str, words: str, tr: Translate = str) -> tuple[Message, ...]:
    """A timer or a reminder that is due. words: in the user's language."""
    parts = [_text("said", visible(words)[:MAX_SHOWN], "title")]
    root = {"id": "root", "component": "Column", "children": ["said"]}
    return _card(number, tr("It is time"), [*parts, root])


def doubt_card(task_id: str, understood: str, tr: Translate = str) -> tuple[Message, ...]:
    """Aside is not sure that it heard right: "confirm" comes back with `request` in the data."""
    field = {
        "id": "request", "component": "TextField", "label": tr("I understood"),
        "variant": "longText", "value": {"path": "/request"}, "required": True,
    }  # fmt: skip
    parts: list[Message] = [
        field,
        {"id": "answers", "component": "Row", "children": [CANCEL, CONFIRM]},
        _press(CANCEL, tr("Never mind"), "quiet"),
        _press(CONFIRM, tr("Yes, do that"), "primary"),
        {"id": "root", "component": "Column", "children": ["request", "answers"]},
    ]
    filled = _message("updateDataModel", task_id, path="/", value={"request": understood})
    return (*_card(task_id, tr("Is that what you meant?"), parts), filled)


def errand_progress(task_id: str, doing: str, done: float | None) -> Message:
    """doing: in words. done: 0 to 1, None where nobody knows."""
    value = {"doing": doing, "done": done}
    return _message("updateDataModel", task_id, path="/", value=value)


def gone(task_id: str) -> Message:
    return _message("deleteSurface", task_id)


def _pieces(text: str) -> list[str]:
    """`text` in parts as long as one may be, cut between lines where there are some."""
    pieces: list[str] = []
    while text := text.strip("\n"):
        cut = text.rfind("\n", 0, MAX_SHOWN) if len(text) > MAX_SHOWN else len(text)
        cut = cut if cut > 0 else MAX_SHOWN
        pieces.append(text[:cut])
        text = text[cut:]
    return pieces


def _arguments(arguments: Mapping[str, Any], tr: Translate) -> list[Message]:
    """Short ones in a table; long ones each whole, in a box of their own."""
    shown = {visible(name): _written(value) for name, value in arguments.items()}
    short = [[name, text] for name, text in shown.items() if len(text) <= INLINE]
    parts: list[Message] = []
    if short:
        table = {"columns": [tr("argument"), tr("value")], "rows": short}
        parts.append({"id": "arguments", "component": "Table", **table})
    for place, (name, text) in enumerate(shown.items()):
        if len(text) > INLINE:
            parts.append(_text(f"name{place}", name, "caption"))
            parts.append({"id": f"argument{place}", "component": "Code", "text": text})
    return parts


def _written(value: Any) -> str:
    if isinstance(value, str):
        return visible(value)
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _card(number: str, title: str, parts: Sequence[Message]) -> tuple[Message, ...]:
    short = title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…"
    return (
        _message("createSurface", number, title=visible(short)),
        _message("updateComponents", number, components=list(parts)),
    )


def _message(kind: str, number: str, **more: Any) -> Message:
    return {"version": "v0.9", kind: {"surfaceId": f"{OURS}{number}", **more}}


def _text(name: str, words: str, variant: str) -> Message:
    return {"id": name, "component": "Text", "text": words, "variant": variant}


def _press(name: str, words: str, variant: str) -> Message:
    action = {"event": {"name": name}}
    return {"id": name, "component": "Button", "text": words, "variant": variant, "action": action}
