"""`aside serve` as a process: what it prints, whom it lets in, how it ends."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from websockets.sync.client import connect

from engine.client.events import EngineReady
from engine.client.link import EngineLink
from engine.client.live import Address
from engine.server.life import ENOUGH_FILES, allow_many_files
from tests.linking import Listener, speak
from tests.serving import START, Wire, alive, eventually, serving

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parent.parent


def certified(folder: Path) -> list[str]:
    """The options of a server with a certificate of its own."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl program to make a certificate")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-out", str(certificate), "-keyout", str(key)],
        check=True, capture_output=True,
    )  # fmt: skip
    return ["--tls-certificate", str(certificate), "--tls-key", str(key)]


@contextmanager
def served(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.scripted", *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_one_json_line_says_where_and_a_signal_ends_it(how: signal.Signals) -> None:
    """The announcement has all that a client needs, on loopback; asked to end, it exits with 0."""
    with served("--json") as process:
        ready = json.loads(line(process))
        assert ready["event"] == "ready"
        assert (ready["engine"], ready["pid"]) == ("scripted", process.pid)
        assert ready["url"] == f"ws://127.0.0.1:{ready['port']}/v1"
        assert len(ready["token"]) >= 32
        listener = Listener()
        link = EngineLink.remote(listener, Address(ready["url"], ready["token"])).start()
        speak(link, listener, "served")
        process.send_signal(how)
        assert process.wait(10) == 0
        link.stop()


def test_every_launch_has_another_token_and_port() -> None:
    """Two launches share neither."""
    with served("--json") as one, served("--json") as other:
        first, second = json.loads(line(one)), json.loads(line(other))
    assert first["token"] != second["token"]
    assert first["port"] != second["port"]


def test_a_token_from_stdin_is_not_printed() -> None:
    """Who gives the token knows it: the announcement does not repeat it."""
    with served("--json", "--token", "-") as process:
        assert process.stdin is not None
        process.stdin.write("my-own-token\n")
        process.stdin.flush()
        text = line(process)
    assert "token" not in json.loads(text)
    assert "my-own-token" not in text


def test_it_ends_when_its_parent_closes_the_pipe() -> None:
    """With --with-parent, the end of stdin is the end of the engine."""
    with served("--json", "--with-parent") as process:
        line(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(5) == 0


def test_people_read_sentences() -> None:
    """Without --json the address and the token are said in words."""
    with served() as process:
        text = line(process) + line(process)
    assert "scripted serves at ws://127.0.0.1:" in text
    assert "Token of this launch: " in text


def test_beyond_loopback_it_is_encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a certificate it speaks wss, to a client that trusts that certificate."""
    tls = certified(tmp_path)
    with served("--json", "--host", "0.0.0.0", *tls) as process:
        ready = json.loads(line(process))
        assert ready["url"].startswith("wss://")
        where = Address(f"wss://127.0.0.1:{ready['port']}/v1", ready["token"])
        stranger = Listener()
        link = EngineLink.remote(stranger, where).start()
        stranger.wait(lambda: bool(stranger.events) and "not to be trusted" in str(stranger.events))
        link.stop()
        monkeypatch.setenv("SSL_CERT_FILE", tls[1])
        friend = Listener()
        link = EngineLink.remote(friend, where).start()
        friend.until(EngineReady)
        speak(link, friend, "hello")
        link.stop()


def test_a_stranger_has_no_longer_with_tls(tmp_path: Path) -> None:
    """Who connects and never greets is cut off as soon as without encryption; who greets comes in
    beside a crowd of those."""
    _, certificate, _, key = certified(tmp_path)
    limits = {"certificate": Path(certificate), "key": Path(key), "hello_s": 1.0}
    trusting = ssl.create_default_context(cafile=certificate)
    with serving(None, **limits) as server, ExitStack() as stack:
        there = ("127.0.0.1", server.port)
        silent = [stack.enter_context(socket.create_connection(there)) for _ in range(30)]
        began = time.monotonic()
        header = {"Authorization": f"Bearer {server.settings.token}"}
        where = f"{server.url}/live/sessions"
        with connect(where, additional_headers=header, proxy=None, ssl=trusting) as line:
            client = Wire(line)
            client.send("session.start", session=START)
            client.until("session.started")
            for one in silent:
                one.settimeout(20)
                assert not one.recv(1)
            assert 0.8 < time.monotonic() - began < 10
            alive(client)


def test_a_greeting_gives_no_second_patience(tmp_path: Path) -> None:
    """Who greets late and then says nothing is cut off when its time since it came is up."""
    _, certificate, _, key = certified(tmp_path)
    limits = {"certificate": Path(certificate), "key": Path(key), "hello_s": 3.0}
    trusting = ssl.create_default_context(cafile=certificate)
    with serving(None, **limits) as server:
        there = ("127.0.0.1", server.port)
        began = time.monotonic()
        with socket.create_connection(there) as bare:
            time.sleep(2.0)
            with trusting.wrap_socket(bare, server_hostname="127.0.0.1") as silent:
                silent.settimeout(20)
                with suppress(ssl.SSLError, ConnectionResetError):
                    assert not silent.recv(1)
        assert 2.5 < time.monotonic() - began < 4.5, "of its three seconds one was left"
        assert server.gate.strangers == 0


def test_a_crowd_in_the_greeting_of_tls_keeps_nobody_out(tmp_path: Path) -> None:
    """Who is still greeting is a stranger like any other: of more than may be, the oldest goes;
    who greets and has the token comes in, and whoever is inside stays."""
    _, certificate, _, key = certified(tmp_path)
    limits = {"certificate": Path(certificate), "key": Path(key), "hello_s": 600.0}
    trusting = ssl.create_default_context(cafile=certificate)
    with serving(None, max_strangers=20, **limits) as server, ExitStack() as stack:
        header = {"Authorization": f"Bearer {server.settings.token}"}
        where = f"{server.url}/live/sessions"

        def client() -> Wire:
            line = connect(where, additional_headers=header, proxy=None, ssl=trusting)
            return Wire(stack.enter_context(line))

        first = client()
        first.send("session.start", session=START)
        first.until("session.started")
        silent = []
        for number in range(200):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            one.sendall(b"\x16\x03\x01"[: number % 4])  # a greeting begins so
            silent.append(one)
        assert eventually(lambda: server.gate.strangers == 20)
        for one in silent[:100]:
            one.settimeout(20)
            with suppress(ConnectionResetError):
                assert not one.recv(1)
        late = client()
        late.send("session.start", session=START)
        late.until("session.started")
        alive(first)
        alive(late)
        assert server.gate.strangers <= 20


def test_it_may_open_as_many_files_as_there_may_be() -> None:
    """What a shell allows is raised, never lowered: sessions need sockets and journals."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = min(1024, before[0])
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, before[1]))
        allow_many_files()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert hard == before[1]
        assert soft == max(few, min(ENOUGH_FILES, hard if hard > 0 else ENOUGH_FILES))
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        allow_many_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (soft, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_help_has_an_example() -> None:
    """`aside serve --help` shows how another program uses it."""
    done = subprocess.run(
        [sys.executable, "-m", "engine.server", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "live.connect()" in done.stdout


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_a_bad_checkpoint_is_told_to_people_and_to_the_app(tmp_path: Path, damage: str) -> None:
    """Status 1; one sentence names the folder and what to do, and one JSON line says the same."""
    folder = tmp_path / "checkpoint"
    if damage == "garbage":
        folder.mkdir()
        for name in ("config.json", "model.safetensors", "tokenizer.json"):
            (folder / name).write_bytes(b"\x07garbage")
    command = [sys.executable, "-m", "engine.server", "--model", str(folder), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    failed = json.loads(done.stdout)
    assert failed["event"] == "failed"
    assert failed["message"] == done.stderr.strip()
    assert str(folder) in done.stderr
    assert "git checkout assets/nano" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_busy_port_fails_cleanly() -> None:
    """A port that somebody has gives one JSON line with the reason, and status 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with served("--json", "--port", port) as process:
            failed = json.loads(line(process))
            assert process.wait(10) == 1
    assert failed["event"] == "failed"
    assert port in failed["message"]
