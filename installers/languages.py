"""Brings the translations up to date: `python installers/languages.py`.

Collects every English text of the windows into assets/languages/aside_LANGUAGE.ts, keeps what is
translated, drops what is gone, and has Qt's lrelease make the .qm files that the app loads. New
texts stand in the .ts as unfinished; Qt Linguist opens them.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assets" / "languages"
LANGUAGES = ("de", "es", "zh")
# Where texts stand: the app, and the cards that the engine makes and the app translates.
PLACES = ("app", "engine/background/card_kinds.py")
TOOLS = "engine/background/tools"
# What the engine says in English and the app in the user's language: engine/background/phrase.py.
PHRASES = "engine/background"


def main() -> int:
    texts = all_texts()
    for language in LANGUAGES:
        path = FOLDER / f"aside_{language}.ts"
        known = translations(path)
        write(path, language, {text: known.get(text, "") for text in texts})
        missing = sum(not known.get(text) for text in texts)
        print(f"{language}: {len(texts)} texts, {missing} without translation")
        release(path)
    return 0


def all_texts() -> list[str]:
    """Every English text that people see in a window, each once."""
    return list(dict.fromkeys([*from_tables(), *from_calls(), *from_tools(), *from_phrases()]))


def from_tables() -> Iterator[str]:
    """The words of the tables of actions, settings, states and steps."""
    sys.path.insert(0, str(ROOT))
    from app.guide.tour import STEPS
    from app.settings.schema import SETTINGS
    from app.settings.setting import Choice, Number
    from app.window.actions import ACTIONS, Situation
    from app.window.caption_view import DEAF_HINT, HINT, OPEN_HINT
    from app.window.status import WORDS
    from engine.background.card_kinds import CHOICES

    for one in ACTIONS:
        yield from (one.text, one.sentence)
        nothing = Situation(paused=True, pictures="screen" not in one.runs)
        yield from filter(None, (one.when(nothing), one.when(Situation(paused=True))))
    yield "Pictures are switched off in the settings, under Eyes."
    yield from (HINT, OPEN_HINT, DEAF_HINT)
    for setting in SETTINGS:
        if not setting.hidden:
            yield from filter(None, (setting.group, setting.words, setting.help))
            if isinstance(setting.kind, Choice):
                yield from (words for _, words in setting.kind.options)
            elif isinstance(setting.kind, Number):
                yield from filter(None, (setting.kind.unit, setting.kind.least))
    yield from WORDS.values()
    yield from (step.sentence for step in STEPS)
    yield from (words for words, _ in CHOICES.values())


def from_calls() -> Iterator[str]:
    """What is put into `tr(...)` and `later(...)`, and the titles of pages."""
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        yield from _called(tree, ("tr", "later", "phrase"))
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "title":
                yield from filter(None, _texts(node.value, constants))


def from_phrases() -> Iterator[str]:
    """The patterns of what the engine says to people."""
    for path in sorted((ROOT / PHRASES).rglob("*.py")):
        yield from _called(ast.parse(path.read_text("utf-8")), ("phrase", "later"))


def _called(tree: ast.Module, names: tuple[str, ...]) -> Iterator[str]:
    """The texts that functions of these names are given."""
    constants = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
            yield from filter(None, _texts(node.args[0], constants))


def from_tools() -> Iterator[str]:
    """What the tools say of themselves, which stands on the cards that ask."""
    for path in sorted((ROOT / TOOLS).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "sentence":
                yield from _texts(node.value, {})


def sources() -> list[Path]:
    found = [ROOT / place for place in PLACES]
    return [
        path for one in found for path in ([one] if one.is_file() else sorted(one.rglob("*.py")))
    ]


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """The constants of a module: what stands in capitals before its functions."""
    made: dict[str, ast.expr] = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.expr):
            made[target.id] = value
    return made


def _texts(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The texts that an argument may be; what comes from a table elsewhere is read there."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body, constants), *_texts(orelse, constants))
        case ast.Dict(values=values):
            for value in values:
                yield from _texts(value, constants)
        case ast.Name(id=name) if name in constants:
            yield from _texts(constants[name], constants)
        case ast.Subscript(value=ast.Name(id=name)) if name in constants:
            yield from _texts(constants[name], constants)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            yield from _texts(constants[name], constants) if name in constants else ()


def translations(path: Path) -> dict[str, str]:
    """English text -> its translation, as far as there is one."""
    if not path.exists():
        return {}
    found = ElementTree.parse(path).iter("message")
    return {one.findtext("source", ""): one.findtext("translation", "") for one in found}


def write(path: Path, language: str, known: dict[str, str]) -> None:
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "aside"
    for text, translated in known.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        told = ElementTree.SubElement(message, "translation")
        told.text = translated
        if not translated:
            told.set("type", "unfinished")
    ElementTree.indent(root, " ")
    path.parent.mkdir(parents=True, exist_ok=True)
    heading = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(heading + ElementTree.tostring(root, "unicode") + "\n", "utf-8")


def release(path: Path) -> None:
    """Makes the .qm beside it. Raises CalledProcessError."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    made = path.with_suffix(".qm")
    subprocess.run([tool, "-silent", path, "-qm", made], check=True)


if __name__ == "__main__":
    sys.exit(main())
