"""What the user chose is what runs; keys lie where keys belong; nothing else leaves the machine."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from engine.client.events import Started
from engine.client.models import choice, command, keys, link
from engine.client.models.choice import Choices, Local, NoModel, Remote
from engine.client.models.known import known
from engine.client.models.machine import Machine, look, why_not_here, why_not_served
from engine.keystore import STORES
from tests.linking import SERVER, Listener, speak
from tests.serving import serving
from tests.standin import TOKEN, standing_in
from tests.standin_realtime import RealtimeStandin

pytestmark = pytest.mark.timeout(60)


class Drawer(KeyringBackend):
    """A key store that only this test sees."""

    priority = 1  # type: ignore[assignment]
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture(autouse=True)
def _own_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "file", lambda: tmp_path / "models.json")
    monkeypatch.setattr(keys, "find_store", Drawer)
    monkeypatch.setattr(Drawer, "kept", {})


def aside_models(*arguments: str, stdin: str = "") -> int:
    before, sys.stdin = sys.stdin, io.StringIO(stdin)
    try:
        return command.main(list(arguments))
    finally:
        sys.stdin = before


def test_a_model_is_added_checked_selected_and_removed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The whole life of a choice, against a server that wants the key."""
    with standing_in(RealtimeStandin()) as cloud:
        added = ["add", "cloud", "--protocol", "realtime", "--url", cloud.url, "--model", "m"]
        assert aside_models(*added, "--key", stdin=TOKEN + "\n") == 0
        assert aside_models("check", "cloud", "--json") == 0
        assert aside_models("select", "cloud") == 0
        assert choice.choose() == Remote("cloud", "realtime", cloud.url, "m", "store")
    capsys.readouterr()
    assert aside_models("--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["name"] for row in rows if row["selected"]] == ["cloud"]
    assert aside_models("remove", "cloud") == 0
    assert choice.choose() == Local("nano", None)
    assert not Drawer.kept
    assert TOKEN not in capsys.readouterr().out


def test_a_check_fails_where_the_model_cannot_be_had(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong key is told as what it is, by status and in words, and is not shown."""
    with standing_in(RealtimeStandin()) as cloud:
        added = ["add", "cloud", "--protocol", "realtime", "--url", cloud.url, "--model", "m"]
        assert aside_models(*added, "--key", stdin="stolen-secret\n") == 0
        assert aside_models("check", "cloud") == 1
    said = capsys.readouterr()
    assert "refused the token" in said.err
    assert "stolen-secret" not in said.err + said.out


def test_no_key_is_in_a_file_or_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not in the choice, not at DEBUG, not in what a link shows of itself."""
    with caplog.at_level(logging.DEBUG), standing_in(RealtimeStandin()) as cloud:
        added = ["add", "cloud", "--protocol", "realtime", "--url", cloud.url, "--model", "m"]
        aside_models(*added, "--key", "--select", stdin=f"{TOKEN}-key\n")
        aside_models("check")
    assert Drawer.kept == {("aside", "cloud"): f"{TOKEN}-key"}
    made = link.link(Listener(), choice.choose("cloud"))
    assert f"{TOKEN}-key" not in repr(made) + repr(vars(made))
    assert f"{TOKEN}-key" not in (tmp_path / "models.json").read_text()
    ours = [record for record in caplog.records if record.name != "websockets.server"]
    assert not [record for record in ours if f"{TOKEN}-key" in record.getMessage()]


def test_a_key_in_the_environment_is_named_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has the variable's name; without the variable the message says which to set."""
    added = ["add", "cloud", "--protocol", "realtime", "--url", "wss://h/v1", "--key-env", "MY_KEY"]
    assert aside_models(*added) == 0
    remote = choice.choose("cloud")
    assert isinstance(remote, Remote)
    with pytest.raises(keys.NoKey, match="MY_KEY"):
        link.link(Listener(), remote)
    monkeypatch.setenv("MY_KEY", "value")
    assert keys.find("cloud", remote.key) == "value"
    assert "value" not in choice.file().read_text()


def test_a_machine_without_a_key_store_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No plain file takes its place: the model is not added, and the way out is named."""
    monkeypatch.setattr(keys, "find_store", lambda: None)
    added = ["add", "cloud", "--protocol", "realtime", "--url", "wss://h/v1", "--key"]
    assert aside_models(*added, stdin="k\n") == 1
    assert "--key-env" in capsys.readouterr().err
    assert not choice.load().remotes


def test_every_back_end_of_the_key_stores_exists() -> None:
    """Each platform's names lead to classes that store in the platform, not in a file."""
    for place in (place for places in STORES.values() for place in places):
        module, name = place.split(":")
        assert module.startswith("keyring.backends."), place
        assert "plain" not in module.lower()
        found = __import__(module, fromlist=[name])
        assert issubclass(getattr(found, name), KeyringBackend)


UNFIT = [
    (["--protocol", "realtime", "--url", "http://h/v1"], "ws://"),
    (["--protocol", "realtime", "--url", "ws://far.example/v1"], "--unencrypted"),
    (["--protocol", "realtime", "--url", "wss://me:secret@h/v1"], "--key"),
    (["--url", "wss://h/v1"], "--protocol"),
    (["--protocol", "moshi"], "--url"),
    (["--known", "nothing"], "aside models known"),
    (["--protocol", "moshi", "--url", "wss://h", "--option", "query"], "NAME=VALUE"),
]


@pytest.mark.parametrize(("arguments", "hint"), UNFIT)
def test_what_cannot_work_is_not_added(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what to give instead, and nothing is kept."""
    assert aside_models("add", "mine", *arguments) == 1
    assert hint in capsys.readouterr().err
    assert not choice.load().remotes


def test_a_known_models_key_goes_to_its_own_address_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gives another address gives another key, or none."""
    monkeypatch.setenv("OPENAI_API_KEY", "mine")
    assert aside_models("add", "gpt-realtime") == 0
    assert aside_models("add", "elsewhere", "--known", "gpt-realtime", "--url", "wss://h/v1") == 0
    remotes = {remote.name: remote for remote in choice.load().remotes}
    assert remotes["gpt-realtime"].key == "env:OPENAI_API_KEY"
    assert remotes["elsewhere"].key == ""


def test_a_damaged_choice_is_no_licence_to_choose(tmp_path: Path) -> None:
    """A file that cannot be read is an error, not silently the shipped model, nor a remote one."""
    (tmp_path / "models.json").write_text("{}")
    with pytest.raises(NoModel, match=r"models\.json"):
        choice.choose()
    assert aside_models() == 1


def test_what_is_known_names_its_source_and_protocol() -> None:
    """Every known model says where its facts are from, under which licence, and how to reach it."""
    for model in known():
        assert model.source, model.name
        assert model.licence, model.name
        assert model.protocol in link.NAMES
        assert link.abilities(model.protocol).hears
        assert set(model.unverified) <= set(model.__dataclass_fields__)
        assert model.gpu_memory_mib > 0 or model.url.startswith("wss://")


def test_what_a_machine_can_run_is_arithmetic() -> None:
    """Too little memory is said with both figures; enough is nothing to say."""
    small = Machine(memory_mib=1000, cores=2)
    big = Machine(memory_mib=200_000, cores=64, gpu="H200", gpu_memory_mib=143_000)
    assert "1000" in why_not_here(small, 1 << 30)
    assert why_not_here(big, 1 << 30) == ""
    assert "there is none" in why_not_served(small, 24_576)
    assert why_not_served(big, 24_576) == ""
    assert look().memory_mib > 0


@pytest.mark.parametrize(
    "tool", ["echo 'NVIDIA H200, 143771'", "echo garbage", "exit 9", "sleep 9"]
)
def test_the_gpu_is_asked_and_may_stay_silent(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that answers is believed; one that hangs or fails is no GPU."""
    if sys.platform == "win32":
        pytest.skip("a shell script stands for the driver's tool")
    from engine.client.models import machine

    fake = tmp_path / "nvidia-smi"
    fake.write_text(f"#!/bin/sh\n{tool}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(machine, "PROBE_S", 1.0)
    monkeypatch.setattr(machine.platform, "system", lambda: "Linux")
    found = look()
    assert found.gpu_memory_mib == (143_771 if "H200" in tool else 0)


def test_our_own_engine_elsewhere_is_reached_by_its_name() -> None:
    """Address and token from the choice; the conversation is that of a local engine."""
    with serving() as server:
        added = ["add", "office", "--protocol", "aside", "--url", server.url, "--key", "--select"]
        assert aside_models(*added, stdin=server.settings.token + "\n") == 0
        listener = Listener()
        remote = link.link(listener, choice.choose()).start()
        listener.until(Started)
        speak(remote, listener, "hello there")
        assert remote.stop()


_dialled: list[str] = []
_watching: list[bool] = []


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        _dialled.append(str(arguments[1][0]))
    if event == "socket.getaddrinfo":
        _dialled.append(str(arguments[0]))


sys.addaudithook(_notice)


@pytest.fixture
def dialled() -> Iterator[Callable[[], set[str]]]:
    """Every address that this process asks for or connects to."""
    _dialled.clear()
    _watching.append(True)
    yield lambda: set(_dialled)
    _watching.clear()


def test_nothing_leaves_the_machine_unless_a_remote_model_was_chosen(
    dialled: Callable[[], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every remote model known and added, but none selected, a conversation dials loopback;
    with one selected it dials that one and no other."""
    assert (
        aside_models("add", "far", "--protocol", "realtime", "--url", "wss://192.0.2.1:9/v1") == 0
    )
    assert aside_models() == 0
    assert aside_models("known") == 0
    monkeypatch.setattr("engine.client.link.server_command", lambda model=None: SERVER)
    listener = Listener()
    here = link.link(listener, choice.choose()).start()
    speak(here, listener, "between us")
    assert here.stop()
    assert dialled() == {"127.0.0.1"}
    assert aside_models("select", "far") == 0
    assert dialled() == {"127.0.0.1"}
    listener = Listener()
    far = link.link(listener, choice.choose()).start()
    listener.wait(lambda: "192.0.2.1" in dialled(), 20)
    far.stop(0.1)
    assert dialled() == {"127.0.0.1", "192.0.2.1"}


def test_choices_are_values() -> None:
    """Adding, replacing and removing give new values and leave the old ones."""
    one = Remote("a", "moshi", "wss://x")
    both = Choices().with_remote(one).with_remote(Remote("b", "moshi", "wss://y"))
    again = both.with_remote(Remote("a", "moshi", "wss://z"))
    assert [remote.url for remote in again.remotes] == ["wss://y", "wss://z"]
    assert both.without("a").remotes == (Remote("b", "moshi", "wss://y"),)


def test_an_engine_elsewhere_is_reached_over_tls_and_only_by_its_certificate(
    tmp_path: Path,
) -> None:
    """With the certificate named the conversation runs; without it the connection is refused."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl program to make a certificate")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    with serving(certificate=certificate, key=key) as server:
        url = server.url
        assert url.startswith("wss://")
        where = ["--protocol", "aside", "--url", url, "--key"]
        token = server.settings.token + "\n"
        assert aside_models("add", "strange", *where, stdin=token) == 0
        assert aside_models("check", "strange") == 1
        named = ["--certificate", str(certificate)]
        assert aside_models("add", "office", *where, *named, stdin=token) == 0
        assert aside_models("check", "office") == 0
