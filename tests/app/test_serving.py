import ipaddress
import os
import signal
import subprocess
import sys

import pytest

from conftest import environment
from homeward.app import compose
from homeward.app.cli.out import Out
from homeward.app.serving import listen, serve
from homeward.app.settings import load
from homeward.model.errors import UsageError


def test_only_loopback_is_listened_on():
    """Every socket is bound to loopback, all of them to one port."""
    sockets = listen(0)
    try:
        names = [one.getsockname() for one in sockets]
        assert all(ipaddress.ip_address(name[0]).is_loopback for name in names)
        assert len({name[1] for name in names}) == 1
    finally:
        for one in sockets:
            one.close()


def test_a_taken_port_is_one_sentence():
    """A port that another process holds is named, and how to take another."""
    [first, *more] = listen(0)
    try:
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is taken.*--port"):
            listen(port)
    finally:
        for one in (first, *more):
            one.close()


@pytest.mark.trust("SUP-1")
def test_nobody_is_served_while_errors_show_what_is_worked_on(tmp_path):
    """With HOMEWARD_DEBUG it does not start; with anything else set, it is asked nothing."""
    settings = load({**environment(tmp_path), "HOMEWARD_DEBUG": "1"}, home=tmp_path / "workspace")
    compose.make(settings)
    with pytest.raises(UsageError, match="HOMEWARD_DEBUG"):
        serve(settings, port=0, out=Out())


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopping_is_a_clean_end(tmp_path, stop):
    """Ctrl-C, or a service manager, ends serving with a word and with 0."""
    env = environment(tmp_path)
    command = [sys.executable, "-m", "homeward.app.cli.main"]
    home = ["--home", str(tmp_path / "workspace")]
    compose.make(load(env, home=tmp_path / "workspace"))
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", *home], env={**env, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A suite started in the background ignores Ctrl-C, and so would the server it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        assert "http://localhost:" in process.stdout.readline()
        os.kill(process.pid, stop)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0 and "Stopped serving" in said and "Traceback" not in said
