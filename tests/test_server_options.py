"""What `aside serve` is told reaches whoever computes: this process, or each replica."""

from __future__ import annotations

import pickle
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engine.server import options
from engine.server.admission import Admission, Cost
from engine.server.command import run
from engine.server.replicas.share import card_share, resources
from engine.server.settings import Settings
from tests.scripted import load

# Of the process that listens: before replicas that is Ray Serve, which has its own for these.
INGRESS = {"host", "port", "tls_certificate", "tls_key", "insecure", "json", "quiet",
           "with_parent", "ray", "rest"}  # fmt: skip


def computed(monkeypatch: pytest.MonkeyPatch, args: Any) -> Any:
    """What the engine would be told of how to compute."""
    told: list[Any] = []
    monkeypatch.setattr("engine.runtime.load", lambda _, how: told.append(how))
    options.loader(args)(None)
    return told[0]


def test_every_option_reaches_a_replica() -> None:
    """Each option is for the one who listens or known to replicas; none is forgotten."""
    known = {name.removeprefix("no_") for name in options.REPLICA_OPTIONS}
    assert known | INGRESS == set(vars(options.read([])))
    assert not known & INGRESS


def test_a_configuration_file_says_what_a_command_line_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same words, as numbers or as text, give the same settings and the same computing."""
    given = {"token": "t", "max_sessions": 24, "late": "120", "memory": 2000, "keep": 30,
             "journal": "/j", "journal_every": "120", "backend": "torch", "precision": "int8",
             "device": "cuda", "no_kernels": True, "replicas": "4", "cores": 2,
             "gpus": 0.1}  # fmt: skip
    argv = (
        "--token t --max-sessions 24 --late 120 --memory 2000 --keep 30 --journal /j "
        "--journal-every 120 "
        "--backend torch --precision int8 --device cuda --no-kernels "
        "--replicas 4 --cores 2 --gpus 0.1"
    )
    filed, typed = options.from_mapping(given), options.read(argv.split())
    assert filed == typed
    assert options.settings(filed) == options.settings(typed)
    settings = options.settings(filed)
    assert (settings.max_sessions, settings.limit_s, settings.keep_s) == (24, 0.12, 30)
    assert settings.journal_turns == 600
    assert options.settings(options.read([])).journal_turns == Settings.journal_turns
    how = computed(monkeypatch, filed)
    assert (how.backend, how.precision, how.device) == ("torch", "int8", "cuda")
    assert (how.slots, how.kernels) == (25, False)
    assert resources(filed, cluster=True) == {"num_cpus": 2, "num_gpus": 0.1}


def test_kernels_stay_on_where_a_file_says_so() -> None:
    """A switch that is named with a no is not thrown."""
    assert options.from_mapping({"no_kernels": "false"}).kernels
    assert not options.from_mapping({"no_kernels": "true"}).kernels


@pytest.mark.parametrize(
    ("given", "named"),
    [({"joural": "/j"}, "joural"), ({"host": "0.0.0.0"}, "host"), ({"late": "soon"}, "soon"),
     ({"max_sessions": 0}, "0"), ({"precision": "fp4"}, "fp4"), ({"memory": -1}, "-1"),
     ({"keep": "inf"}, "inf"), ({"replicas": 1.5}, "1.5")],
)  # fmt: skip
def test_a_configuration_that_cannot_be_is_refused_by_name(
    given: dict[str, Any], named: str
) -> None:
    """Unknown names and impossible values raise, naming them; the process does not end."""
    with pytest.raises(ValueError, match=named):
        options.from_mapping(given)


def test_replicas_share_a_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless told otherwise each gets its part of the cores, and of one card; with a processor to
    compute on, none of a card."""
    monkeypatch.setattr("engine.server.replicas.share.usable_cores", lambda: 16)
    monkeypatch.setattr("engine.server.replicas.share._cards", lambda: 2)
    told = options.read(["--replicas", "3"])
    assert resources(told) == {"num_cpus": 5.0, "num_gpus": 0.5}
    assert resources(told, cluster=True) == {"num_cpus": 1.0, "num_gpus": 0.0}
    told = options.read(["--replicas", "32", "--device", "cpu"])
    assert resources(told) == {"num_cpus": 1.0, "num_gpus": 0.0}
    for cards, replicas in ((1, 3), (2, 2), (2, 5), (4, 1)):
        share = card_share(cards, replicas)
        assert cards * int(1 / share) >= replicas, "all of them find a card"
    assert card_share(0, 3) == 0


def test_a_replica_counts_on_its_own_cores() -> None:
    """How busy it may be is reckoned by what was reserved for it, not by the whole machine."""
    idle = Cost(0.02, 0.02)
    few, many = (Admission(Settings(cores=cores), idle, None, lambda: 1.0) for cores in (1, 4))
    assert "busy" in str(few.refusal(9))
    assert many.refusal(9) is None


def test_a_folder_is_the_same_from_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replicas start elsewhere: what was given beside this process is told in full."""
    monkeypatch.chdir("/")
    args = options.read(["--journal", "j", "--model", "m"])
    assert (args.journal, args.model) == (Path("/j").absolute(), Path("/m").absolute())
    assert pickle.loads(pickle.dumps(args)) == args


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--max-sessions", "0"], "--max-sessions"),
        (["--late", "nan"], "--late"),
        (["--keep", "-3"], "--keep"),
        (["--port", "99999"], "--port"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the name of its option, with status 2."""
    with pytest.raises(SystemExit) as refused:
        run(given, load)
    assert refused.value.code == 2
    assert told in capsys.readouterr().err.splitlines()[-1]


def test_options_that_do_not_go_together_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key without a certificate, files that are none, a resting place for many replicas: what is
    wrong and what to give, before anything is loaded."""
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("nonsense", "utf-8")
    for given, told in (
        (["--tls-key", str(nonsense)], "--tls-certificate too"),
        (["--tls-certificate", str(nonsense)], "nonsense.pem"),
        (["--tls-certificate", str(tmp_path / "none.pem")], "No such file"),
        (["--ray", "--journal", str(tmp_path), "--rest", "r"], "--rest is for one process"),
    ):
        assert run(given, load) == 2
        assert told in capsys.readouterr().err


def test_a_key_of_another_certificate_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two PEM files that do not belong together are told apart from a port that is taken."""
    for name in ("one", "other"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-out", str(tmp_path / f"{name}.pem"),
             "-keyout", str(tmp_path / f"{name}.key")], check=True, capture_output=True,
        )  # fmt: skip
    pair = [
        "--tls-certificate",
        str(tmp_path / "one.pem"),
        "--tls-key",
        str(tmp_path / "other.key"),
    ]
    assert run(pair, load) == 2
    assert "belongs to it" in capsys.readouterr().err
