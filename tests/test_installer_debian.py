"""The Debian package: really installed, run, updated, removed and purged, without a network."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from other_machine import Machine, installed_version, said, why_not

from app.identity import APP_ID
from installers import payload, signing
from installers.debian import Debian
from installers.faults import SetUpError

ROOT = Path(__file__).resolve().parents[1]
NOW = payload.Project.read().version
LATER = "999.0.0"
HOME = "/home/ana"
DATA = (f"{HOME}/.config/aside/settings.json", f"{HOME}/.local/share/aside/notes")
pytestmark = [pytest.mark.alone, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """A place for two packages and three machines: in memory where there is enough of it, since
    an update rewrites each of 14,000 files."""
    memory = Path("/dev/shm")
    roomy = memory.exists() and shutil.disk_usage(memory).free > 6 << 30
    folder = Path(tempfile.mkdtemp(prefix="aside-machines-", dir=memory if roomy else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def packages(room: Path) -> Path:
    """Two signed packages, now.deb and later.deb, made from the environment that tests run in."""
    folder = room / "packages"
    folder.mkdir()
    if reason := why_not(folder):
        pytest.skip(reason)
    key = signing.new_key(folder / "key.pem")
    keys = signing.write_public(key, folder / "release.pub", committed=folder / "none")
    now = Debian(NOW, keys, bytecode=False, squeeze=("-Zzstd", "-z1"))
    stage = folder / "stage"
    now.make(folder, stage).rename(folder / "now.deb")
    home = stage / "usr/lib/aside"
    shutil.rmtree(home / f"aside-{NOW}.dist-info")
    payload.write_metadata(home, LATER)
    replace(now, version=LATER).pack(folder, stage).rename(folder / "later.deb")
    shutil.rmtree(stage)
    for name, version in (("now", NOW), ("later", LATER)):
        signing.sign_package(folder / f"{name}.deb", version, key)
    room.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def installed(packages: Path, room: Path) -> Machine:
    """A machine on which somebody installed the package."""
    machine = Machine.new(room / "installed", packages)
    machine.root("sh", "-c", "echo force-unsafe-io > /etc/dpkg/dpkg.cfg.d/quick")
    install = ("apt-get", "install", "-y", "--no-install-recommends")
    done = machine.root(*install, "/mnt/now.deb")
    assert done.returncode == 0, said(done)
    return machine


@pytest.fixture
def machine(installed: Machine, room: Path) -> Iterator[Machine]:
    """The same machine as it was just after, for one test."""
    yield installed.on_top(room / "machine")
    shutil.rmtree(room / "machine")


def with_data(machine: Machine) -> Machine:
    """Ana has used it: there are settings of hers, and something that she keeps."""
    assert machine.run("aside", "settings", "set", "keys.talk", "F9").returncode == 0
    machine.run("mkdir", "-p", DATA[1])
    assert all(map(machine.has, DATA))
    return machine


def test_it_is_installed_and_well(machine: Machine) -> None:
    """After the one command every check of the doctor passes, on the package's own Python."""
    assert installed_version(machine) == f"install ok installed {NOW}"
    assert machine.run("aside", "--version").stdout == f"aside {NOW}\n"
    done = machine.run("aside", "doctor", "--json")
    assert done.returncode == 0, said(done)
    found = {one["topic"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert "/usr/lib/aside/env/bin/python" in found["python"]["found"]
    assert found["checkpoint"]["state"] == "ok"
    assert "nano" in found["checkpoint"]["found"]


def test_it_replays_the_shipped_tape(machine: Machine) -> None:
    """An ordinary user replays the demo and reads what the model heard and said."""
    tapes = "/usr/lib/aside/assets/tapes"
    arguments = json.loads((ROOT / "assets/tapes/demo.json").read_text("utf-8"))["arguments"]
    demo = [argument.replace("{tapes}", tapes) for argument in arguments]
    done = machine.run("aside", "replay", *demo, "--speed", "max", "--json")
    assert done.returncode == 0, said(done)
    streams = {json.loads(line)["stream"] for line in done.stdout.splitlines()}
    assert {"heard", "say", "voice"} <= streams


def test_it_runs_whatever_lies_around(machine: Machine) -> None:
    """Neither a folder with other people's `app` in it nor PYTHONPATH changes what is run."""
    trap = f"mkdir -p {HOME}/trap/app && echo 'raise SystemExit(9)' > {HOME}/trap/app/__init__.py"
    assert machine.run("sh", "-c", trap).returncode == 0
    inside = f"cd {HOME}/trap && PYTHONPATH={HOME}/trap"
    assert machine.run("sh", "-c", f"{inside} aside --version").returncode == 0
    child = (
        "import subprocess, sys\n"
        "sys.exit(subprocess.call([sys.executable, '-m', 'app.cli', '--version']))"
    )
    instead = """sed 's/-m app.cli "$@"/-c "$1"/' /usr/bin/aside > start"""
    launched = machine.run("sh", "-c", f'{inside} && {instead} && sh start "$0"', child)
    assert launched.stdout == f"aside {NOW}\n", said(launched)


def test_the_window_opens(machine: Machine) -> None:
    """The desktop's own parts are in the package: every window module loads, Qt shows a widget."""
    code = (
        "import app.desktop, app.assembly, app.window.window, app.cards.desk, app.guide.guide\n"
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "a = QApplication([]); w = QLabel('x'); w.show(); a.processEvents(); print(w.isVisible())"
    )
    python = "/usr/lib/aside/env/bin/python"
    done = machine.run("env", "QT_QPA_PLATFORM=offscreen", python, "-c", code)
    assert done.stdout == "True\n", said(done)


def test_the_desktop_knows_it(machine: Machine) -> None:
    """The menu entry starts a program that is there, with an icon that is there; its id is ours."""
    place = f"/usr/share/applications/{APP_ID}.desktop"
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(machine.run("cat", place).stdout)
    main = entry["Desktop Entry"]
    assert machine.has(f"/usr/bin/{main['Exec']}")
    assert machine.has(f"/usr/share/icons/hicolor/scalable/apps/{main['Icon']}.svg")
    for action in filter(None, main["Actions"].split(";")):
        assert entry[f"Desktop Action {action}"]["Exec"] == f"aside do {action}"
    done = machine.run("desktop-file-validate", place)
    assert (done.returncode, said(done)) == (0, "")
    page = machine.run("cat", f"/usr/share/metainfo/{APP_ID}.metainfo.xml").stdout
    release = ElementTree.fromstring(page).find("releases/release")
    assert release is not None
    assert release.get("version") == NOW


def test_a_signed_release_updates_it(machine: Machine) -> None:
    """`aside update` installs the newer package, keeps the data, and does not go back."""
    with_data(machine)
    done = machine.root("aside", "update", "/mnt/later.deb")
    assert done.returncode == 0, said(done)
    assert installed_version(machine) == f"install ok installed {LATER}"
    assert machine.run("aside", "--version").stdout == f"aside {LATER}\n"
    assert all(map(machine.has, DATA))
    back = machine.root("aside", "update", "/mnt/now.deb")
    assert back.returncode == 1
    assert f"older than the {LATER} you have" in back.stderr
    assert installed_version(machine) == f"install ok installed {LATER}"


def test_a_forged_release_changes_nothing(machine: Machine) -> None:
    """A package with another byte in it is refused by the installed Aside, even for root."""
    forge = "cp /mnt/later.deb* /root/ && printf x | dd of=/root/later.deb seek=4096 conv=notrunc"
    assert machine.root("bash", "-c", forge.replace("dd ", "dd bs=1 ")).returncode == 0
    done = machine.root("aside", "update", "/root/later.deb")
    assert done.returncode == 1
    assert "is not the package that was signed" in done.stderr
    assert installed_version(machine) == f"install ok installed {NOW}"


def test_without_rights_it_says_what_to_type(machine: Machine) -> None:
    """An ordinary user gets the looked-at copy and the line that installs it."""
    done = machine.run("aside", "update", "/mnt/later.deb")
    assert done.returncode == 1
    assert "sudo apt-get install" in done.stdout
    assert f"{HOME}/.cache/aside/updates/later.deb" in done.stdout


@pytest.mark.parametrize("way", ["remove", "purge"])
def test_removing_keeps_what_people_have(machine: Machine, way: str) -> None:
    """Removed or purged, no file of the program is left, and Ana's data is."""
    with_data(machine)
    done = machine.root("apt-get", way, "-y", "aside")
    assert done.returncode == 0, said(done)
    assert "Conversations and settings stay" in done.stdout
    assert not machine.has("/usr/lib/aside")
    assert not machine.has("/usr/bin/aside")
    assert all(map(machine.has, DATA))


def test_uninstalling_deletes_the_data_if_asked(machine: Machine) -> None:
    """`aside uninstall` leaves the data; with --delete-data it goes as well, and both go wholly."""
    with_data(machine)
    refused = machine.root("aside", "uninstall", "--delete-data")  # nobody is there to agree
    assert refused.returncode == 1
    assert all(map(machine.has, DATA))
    done = machine.root("aside", "uninstall", "--delete-data", "--yes")
    assert done.returncode == 0, said(done)
    assert not machine.has("/usr/lib/aside")
    assert not any(map(machine.has, (f"{HOME}/.config/aside", f"{HOME}/.local/share/aside")))


def test_an_ordinary_user_deletes_their_own(machine: Machine) -> None:
    """Ana deletes her data; the program is the system's, and she is told who can remove it."""
    with_data(machine)
    done = machine.run("aside", "uninstall", "--delete-data", "--yes")
    assert done.returncode == 1
    assert "sudo dpkg --remove aside" in done.stdout
    assert machine.has("/usr/lib/aside")
    assert not any(map(machine.has, DATA))


def test_what_was_edited_by_hand_is_not_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package of the environment that differs from its RECORD, or from the lock, stops it all."""
    (tmp_path / "marvin.py").write_text("version = 1\n")
    about = tmp_path / "marvin-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: marvin\nVersion: 1.0\n")
    (about / "RECORD").write_text("marvin.py,sha256=AAAA,12\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(payload, "pins", lambda _: [("marvin", "1.0")])
    with pytest.raises(SetUpError, match=r"marvin\.py is no longer what the package marvin"):
        payload.carry_packages(tmp_path / "out")
    monkeypatch.setattr(payload, "pins", lambda _: [("marvin", "2.0")])
    with pytest.raises(SetUpError, match=r"marvin is 1\.0; 2\.0 is locked"):
        payload.carry_packages(tmp_path / "out")


@pytest.mark.skipif(not os.environ.get("ASIDE_LONG"), reason="ASIDE_LONG=1: fetches a system")
def test_a_bare_debian_takes_it(packages: Path, tmp_path: Path) -> None:
    """On a Debian with nothing else on it apt brings what the package asks for, and it runs."""
    bare = tmp_path / "bare"
    command = ["mmdebstrap", "--mode=root", "--variant=minbase", "bookworm", str(bare)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.copy(packages / "now.deb", bare / "root")
    enter = ["env", "-i", "PATH=/usr/sbin:/usr/bin", "DEBIAN_FRONTEND=noninteractive", "chroot"]
    install = "apt-get update -q && apt-get install -y --no-install-recommends /root/now.deb"
    done = subprocess.run(
        [*enter, bare, "sh", "-c", install], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, said(done)
    machine = Machine.new(tmp_path / "machine", packages, bare)
    assert machine.run("aside", "doctor").returncode == 0
    tape = "/usr/lib/aside/assets/tapes/demo.flac"
    assert machine.run("aside", "replay", tape, "--speed", "max").returncode == 0
    assert machine.root("apt-get", "purge", "-y", "aside").returncode == 0
    assert not machine.has("/usr/lib/aside")
    shutil.rmtree(tmp_path, ignore_errors=True)
