"""The windows in four languages: complete, with the same blanks to fill, and really shown."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from app import doctor
from app.guide.check import TOPICS
from app.window.languages import FOLDER, speak
from app.window.words import CONTEXT, tr
from installers.languages import LANGUAGES, all_texts, release, translations
from tests.desktop import ROOT, display, qt, qt_application  # noqa: F401
from tests.shown_texts import untranslated
from tests.speaking import speaking
from tests.test_app_window import Stage

pytestmark = pytest.mark.timeout(60)
# What these say is read by programs and by us, never by somebody at a window.
SILENT = frozenset(
    "ToolError PortalRefused Damaged Refused ValueError TypeError KeyError EOFError".split()
)
# Where English stands and is meant.
ENGLISH = {
    "app/cli.py": "the command line speaks English",
    "app/desktop.py": "the command line speaks English",
    "app/do.py": "the command line speaks English",
    "app/history/command.py": "the command line speaks English",
    "app/settings/places.py": "typed and told on the command line",
    "app/sound/earcons.py": "a file of ours that was not made as it should be",
    "app/sound/tape.py": "the command line speaks English",
    "app/history/scribe.py": "the name of an act, as the model writes it",
    "app/hotkeys/chord.py": "the X server's names of keys",
    "app/window/actions.py": "a table; whoever shows it translates, and installers/ reads it",
    "app/window/status.py": "a table; whoever shows it translates, and installers/ reads it",
}
BENCH = "app/bench/"  # tells its figures on the command line, in English
SOURCES = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "app").rglob("*.py"))]


@pytest.mark.parametrize("path", SOURCES)
def test_nothing_is_shown_past_the_translator(path: str):
    """What widgets, notices and exceptions take, and what functions of words return, is `tr`'s."""
    found = untranslated((ROOT / path).read_text("utf-8"), SILENT)
    assert path.startswith(BENCH) or bool(found) == (path in ENGLISH), found


@pytest.mark.parametrize("line", [
    "label.setText('Good day')",
    "label.setToolTip(f'{name} is gone')",
    "QLabel('Good day' if well else tr('Bad day'))",
    "menu.addAction(GREETING)",
    "raise CaptureError('Nothing ' + 'there.')",
    "line.trouble = ', '.join(['No sound', name])",
    "label.setText('Hello {name}'.format(name=name))",
])  # fmt: skip
def test_an_untranslated_text_is_found(line: str):
    """The reader of sources sees a literal however it comes: joined, chosen, filled or named."""
    source = f"GREETING = 'Good day'\ndef show(label):\n    {line}\n"
    assert untranslated(source)
    assert not untranslated(re.sub(r"('[^']*'|GREETING)", r"tr(\1)", line).replace("f'", "'"))


def test_what_the_doctor_finds_is_translated():
    """The guide shows it: nothing of it stands there in English alone, but names and figures."""
    texts, tree = {*all_texts(), "{names}"}, ast.parse(Path(doctor.__file__).read_text("utf-8"))
    calls = [node for node in ast.walk(tree)
             if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
             and ast.unparse(node.args[0]).strip("'") in {*TOPICS, "topic"}]  # fmt: skip
    assert len(calls) > 20
    for call in calls:
        for said in call.args[2:4]:
            assert not isinstance(said, ast.JoinedStr), ast.unparse(said)
            assert not isinstance(said, ast.Constant) or said.value in texts, ast.unparse(said)
    for said in (doctor.BARRED, doctor.NO_PORTAL, doctor.BIND, doctor.UNLOCKED):
        assert said in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str):
    """Each text of the windows has a translation, and none is left from texts that are gone."""
    known = translations(FOLDER / f"aside_{language}.ts")
    texts = set(all_texts())
    assert {text for text in texts if not known.get(text)} == set()
    assert set(known) <= texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stays(language: str):
    """A translation has the same names in braces as its text: a figure never gets lost."""
    for text, translated in translations(FOLDER / f"aside_{language}.ts").items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", translated)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_loaded_is_what_was_written(language: str, tmp_path: Path):
    """The .qm that ships is what Qt's lrelease makes of the .ts beside it."""
    if not (Path(sys.executable).parent / "pyside6-lrelease").exists():
        pytest.skip("lrelease is not here")
    copy = tmp_path / f"aside_{language}.ts"
    copy.write_bytes((FOLDER / copy.name).read_bytes())
    release(copy)
    made, shipped = QTranslator(), QTranslator()
    assert made.load(f"aside_{language}", str(tmp_path))
    assert shipped.load(f"aside_{language}", str(FOLDER))
    for text, translated in translations(copy).items():
        assert made.translate("aside", text) == shipped.translate("aside", text) == translated


def test_the_windows_speak_the_language_that_is_set(qt, tmp_path: Path):
    """In Spanish the panel, the pages and what is said are Spanish; then English again."""
    with speaking(qt, "es"):
        made = Stage(qt, tmp_path)
        try:
            assert made.panel.typing.accessibleName() == "Escribir a Aside"
            assert made.panel.status.text() == "Escuchando"
            page = made.window.pages.open("settings")
            assert page.groups.item(0).text() == "Sonido"
            assert "respuesta" in made.window.do("copy")
        finally:
            made.window.pages.close()
            made.close()
    assert tr("Listening") == "Listening"


class Asked(QTranslator):
    """Is asked for what the language's own translator does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def translate(self, context, text, *_) -> str:
        if context == CONTEXT:
            self.texts.add(text)
        return ""


def test_no_page_shows_a_text_that_nobody_translated(qt, tmp_path: Path):
    """Whatever the pages ask to be translated is: a text in a loop escapes who reads sources."""
    asked = Asked()
    qt.installTranslator(asked)
    try:
        with speaking(qt, "es"):
            made = Stage(qt, tmp_path)
            for page in ("guide", "settings", "keys", "history"):
                made.window.pages.open(page)
            made.window.pages.close()
            made.close()
    finally:
        qt.removeTranslator(asked)
    assert asked.texts <= {"SearXNG", "Brave Search"}


def test_a_language_that_is_not_there_is_english(qt):
    """Nothing is loaded for a language that nobody translated into."""
    assert speak(qt, "fi") == "en"
