"""What makes Aside a program among a desktop's others: one id, wherever it stands."""

from __future__ import annotations

import configparser
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.identity import APP_ID, WINDOW_CLASS
from installers.debian import _desktop
from tests.desktop import program


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """What a desktop reads of the package."""
    _desktop(tmp_path, "1.2.3")
    return tmp_path / "usr" / "share"


def checked(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_the_menu_entry_is_a_valid_one(share: Path) -> None:
    """desktop-file-validate, an old one too, has nothing to say of it."""
    validate = program("desktop-file-validate", "desktop-file-utils")
    assert checked(validate, share / "applications" / f"{APP_ID}.desktop") == ""


def test_the_page_is_a_valid_one(share: Path) -> None:
    page = share / "metainfo" / f"{APP_ID}.metainfo.xml"
    appstreamcli = program("appstreamcli", "appstream")
    assert checked(appstreamcli, "validate", "--no-net", page) == ""


def test_there_is_one_id_for_all(share: Path) -> None:
    """Reverse DNS, and the same in the page, the entry, the icon and the window's class."""
    assert APP_ID.count(".") >= 2
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(share / "applications" / f"{APP_ID}.desktop", "utf-8")
    assert entry["Desktop Entry"]["Icon"] == APP_ID
    assert entry["Desktop Entry"]["StartupWMClass"] == WINDOW_CLASS
    assert (share / f"icons/hicolor/scalable/apps/{APP_ID}.svg").exists()
    page = ElementTree.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml")
    assert page.findtext("id") == page.findtext("icon") == APP_ID
    assert page.findtext("launchable") == f"{APP_ID}.desktop"
