"""`aside serve` as a process: what it prints, whom it lets in, how it ends."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.client.events import EngineReady
from engine.client.link import EngineLink
from engine.client.live import Address
from tests.linking import Listener, speak

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parent.parent


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
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl program to make a certificate")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-out", str(certificate), "-keyout", str(key)],
        check=True, capture_output=True,
    )  # fmt: skip
    options = ["--host", "0.0.0.0", "--tls-certificate", str(certificate), "--tls-key", str(key)]
    with served("--json", *options) as process:
        ready = json.loads(line(process))
        assert ready["url"].startswith("wss://")
        where = Address(f"wss://127.0.0.1:{ready['port']}/v1", ready["token"])
        stranger = Listener()
        link = EngineLink.remote(stranger, where).start()
        stranger.wait(lambda: bool(stranger.events) and "not to be trusted" in str(stranger.events))
        link.stop()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        friend = Listener()
        link = EngineLink.remote(friend, where).start()
        friend.until(EngineReady)
        speak(link, friend, "hello")
        link.stop()


def test_help_has_an_example() -> None:
    """`aside serve --help` shows how another program uses it."""
    done = subprocess.run(
        [sys.executable, "-m", "engine.server", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "live.connect()" in done.stdout


def test_a_busy_port_fails_cleanly() -> None:
    """A port that somebody has gives one JSON line with the reason, and status 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with served("--json", "--port", port) as process:
            failed = json.loads(line(process))
            assert process.wait(10) == 2
    assert failed["event"] == "failed"
    assert port in failed["message"]
