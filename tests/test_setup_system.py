"""System packages: found by looking, installed where that is allowed, asked for where it is not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from installers import system
from installers.faults import SetUpError, explain
from installers.start import needs
from installers.system import Need, provide

pytestmark = pytest.mark.skipif(os.name == "nt", reason="system packages are a matter of Linux")

ANA = 1000


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a PATH of its own, for an ordinary user; its programs write a log."""
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system.os, "geteuid", lambda: ANA)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(machine: Path, name: str, script: str) -> None:
    path = machine / name
    path.write_text(f'#!/bin/sh\necho "{name} $*" >> {machine}/log\n{script}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def log(machine: Path) -> str:
    path = machine / "log"
    return path.read_text() if path.exists() else ""


def marvin(machine: Path) -> Need:
    return Need("libmarvin42", file=str(machine / "libmarvin.so"))


APT_INSTALLS = 'case "$*" in *install*) : > "${0%/*}"/libmarvin.so;; esac'
SUDO_ALLOWS = 'shift; [ "$1" = true ] && exit 0; shift 2; exec "${0%/*}"/"$@"'


def test_without_rights_the_exact_line_is_printed(machine: Path) -> None:
    """An ordinary user is told what to type, with every missing package, and nothing is tried. On
    a fresh machine the lists of packages are not there yet, and there may be no sudo."""
    program(machine, "apt-get", APT_INSTALLS)
    missing = [marvin(machine), Need("libford", library="libford-prefect.so.7")]
    install = "apt-get install -y --no-remove libmarvin42 libford"
    with pytest.raises(SetUpError) as refused:
        provide(missing)
    assert f'  su -c "apt-get update && {install}"\n' in str(refused.value)
    program(machine, "sudo", "exit 1")
    with pytest.raises(SetUpError) as refused:
        provide(missing)
    assert f"  sudo apt-get update && sudo {install}\n" in str(refused.value)
    assert "apt-get" not in log(machine)


def test_sudo_is_used_where_it_asks_nothing(machine: Path) -> None:
    """With sudo that needs no password the packages are installed through it."""
    program(machine, "apt-get", APT_INSTALLS)
    program(machine, "sudo", SUDO_ALLOWS)
    provide([marvin(machine)])
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get" in log(machine)


def test_root_needs_no_sudo(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root only what is missing is installed, and sudo is not asked."""
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{machine}{os.pathsep}{os.defpath}")
    program(machine, "apt-get", APT_INSTALLS)
    provide([Need("coreutils", program="sh"), marvin(machine)])
    assert log(machine).rstrip().endswith("libmarvin42")
    assert " install --no-remove " in log(machine)
    assert "coreutils" not in log(machine)


def test_what_is_there_needs_no_package(machine: Path) -> None:
    """A library that loads counts as there, whoever installed it: apt is not even looked for."""
    program(machine, "espeak", "")
    provide([Need("libc6", library="libc.so.6"), Need("espeak", program="espeak")])


def test_old_package_lists_are_refreshed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a first try fails the lists are brought up to date and it is tried once more."""
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{machine}{os.pathsep}{os.defpath}")
    fresh = machine / "fresh"
    program(
        machine,
        "apt-get",
        f'case "$*" in *update*) : > {fresh};; *) [ -e {fresh} ] || exit 100; '
        f": > {machine}/libmarvin.so;; esac",
    )
    provide([marvin(machine)])
    assert log(machine).count("-y install") == 2


def test_an_install_that_changes_nothing_is_no_success(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """apt's word is not taken for it: what is still missing afterwards is named."""
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{machine}{os.pathsep}{os.defpath}")
    program(machine, "apt-get", "exit 0")
    with pytest.raises(SetUpError, match=r"still not found.*libmarvin\.so"):
        provide([marvin(machine)])


@pytest.mark.usefixtures("machine")
def test_other_linuxes_are_told_the_libraries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without apt the missing libraries are named, for whatever package manager there is; they may
    lie where nobody looked, so it goes on. Of several places for a file one will do."""
    there = tmp_path / "here" / "plugin.so"
    there.parent.mkdir()
    there.touch()
    plugin = Need("libmarvin", file=f"{tmp_path}/there/plugin.so {tmp_path}/h*/plugin.so")
    provide([Need("libford", library="libford-prefect.so.7"), plugin])
    said = capsys.readouterr().err
    assert "libford-prefect.so.7 (Debian's libford)" in said
    assert "libmarvin" not in said


def test_tests_need_more_than_the_desktop() -> None:
    """Each job asks for what it uses: a desktop for no virtual display, training for voices."""
    packages = {job: {need.package for need in needs(job)} for job in ("", "train", "test")}
    assert "libportaudio2" in packages[""]
    assert "xvfb" not in packages[""] | packages["train"]
    assert "espeak-ng-data" in packages["train"]
    assert packages[""] < packages["train"] < packages["test"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device: '/tmp/pip-x'", "disk is full"),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "no connection"),
        ("E: Failed to fetch ...  Could not resolve host", "no connection"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one"),
        ("E: Packages need to be removed but remove is disabled.", "would remove other packages"),
        ("Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, "
         "'CERTIFICATE_VERIFY_FAILED')))", "a certificate of its own"),
        ("error: the moon is in the wrong phase", "the moon is in the wrong phase"),
    ],
)
def test_faults_are_told_in_words(said: str, told: str) -> None:
    """A full disk, a missing network and a wrong package each have their own sentence."""
    assert told in explain("Installing", f"a line before\n{said}\n")
