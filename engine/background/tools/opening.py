"""Opening addresses, files and applications for the user, on their screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.addresses import web_address, written
from engine.background.tools.launching import Launcher
from engine.background.tools.parameters import closed, text
from engine.background.tools.territory import Territory
from engine.background.visible import in_few_words, visible

MAX_NAMED = 4
RUNS = frozenset(
    ".exe .msi .bat .cmd .com .ps1 .vbs .vbe .js .jse .wsf .wsh .hta .scr .pif .cpl .lnk .reg .jar "
    ".sh .bash .zsh .fish .py .pyw .pl .rb .php .desktop .appimage .run .bin .deb .rpm .flatpakref "
    ".app .command .tool .workflow .scpt .pkg .dmg .url .webloc .iso .xpi .crx .html .htm .svg "
    ".mht .docm .xlsm .pptm .dotm .xltm .chm .settingcontent-ms .application .appref-ms "
    ".diagcab".split()
)


@dataclass(frozen=True)
class OpenAddress:
    launcher: Launcher

    name = "open_address"
    sentence = "Opens a web page in the browser."
    risk = Risk.OUTSIDE
    parameters = closed(("address",), address=text("beginning with https://", 2000))

    def preview(self, arguments: Arguments) -> str:
        address = written(web_address(arguments["address"]))
        return phrase("Open in the browser: {address}", address=address)

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        """One whole address: what stands in it leaves the machine."""
        address = written(web_address(arguments["address"]))
        return address, phrase("opening {address}", address=address)

    async def run(self, arguments: Arguments) -> ToolResult:
        address = written(web_address(arguments["address"]))
        await self.launcher.open(address)
        text = phrase("The browser was asked to open {address}.", address=address)
        return ToolResult(text, spoken=phrase(sentences.PAGE_OPENS))


@dataclass(frozen=True)
class OpenFile:
    launcher: Launcher
    territory: Territory

    name = "open_file"
    sentence = "Opens a file in its application."
    risk = Risk.LASTING
    parameters = closed(("path",), path=text("as find_files gives it", 1000))

    def preview(self, arguments: Arguments) -> str:
        return phrase("Open the file {path}.", path=self._file(arguments))

    async def run(self, arguments: Arguments) -> ToolResult:
        path = self._file(arguments)
        await self.launcher.open(str(path))
        return ToolResult(phrase("{name} is being opened.", name=path.name))

    def _file(self, arguments: Arguments) -> Path:
        path = self.territory.file(arguments["path"])
        if path.suffix.casefold() in RUNS or (not path.suffix and path.stat().st_mode & 0o111):
            raise ToolError(
                phrase("{name} is a program or can hold one. Open it by hand.", name=path.name)
            )
        return path


@dataclass(frozen=True)
class OpenApplication:
    launcher: Launcher

    name = "open_application"
    sentence = "Starts an application."
    risk = Risk.LASTING
    parameters = closed(("name",), name=text("as the applications menu names it", 100))

    def preview(self, arguments: Arguments) -> str:
        return phrase("Start {name}.", name=self._known(arguments)[0])

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        name, target = self._known(arguments)
        return target, phrase("starting {name}", name=name)

    async def run(self, arguments: Arguments) -> ToolResult:
        name, target = self._known(arguments)
        await self.launcher.start(target)
        return ToolResult(phrase(sentences.STARTING, name=name))

    def _known(self, arguments: Arguments) -> tuple[str, str]:
        """The application that is meant: by its name, by its kind, or by a part of its name that
        no other has. The card that asks names it."""
        wanted = arguments["name"].casefold()
        installed = self.launcher.applications()
        exact = [name for name in installed if name.casefold() == wanted]
        close = exact[:1] or self.launcher.of_kind(wanted)
        close = close or [name for name in installed if wanted in name.casefold()]
        if len(close) == 1:
            return close[0], installed[close[0]]
        if close:
            names = ", ".join(map(visible, close[:MAX_NAMED]))
            raise ToolError(phrase(sentences.WHICH_APPLICATION, names=names))
        raise ToolError(phrase(sentences.NO_APPLICATION, name=in_few_words(arguments["name"])))


def tools(launcher: Launcher, territory: Territory) -> tuple[Tool, ...]:
    return (OpenAddress(launcher), OpenFile(launcher, territory), OpenApplication(launcher))
