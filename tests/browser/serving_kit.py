"""A served workspace of a test's own."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner

from surroundings import environment

PROGRAM = str(Path(sys.executable).with_name("homeward"))


def commanding(env):
    """Return the command line of one person, run in this process: another one takes seconds to begin."""
    from homeward.app.cli.main import app

    def homeward(*words):
        done = CliRunner().invoke(app, words, env=env)
        assert done.exit_code == 0, done.output
        return done.output

    return homeward


@contextmanager
def serving(folder, *init, **variables):
    """Make a workspace and serve it; gives its address, its command line, and a demo's link."""
    env = environment(
        folder, HOMEWARD_HOME=str(folder / "home"), NO_COLOR="1", PYTHONUNBUFFERED="1", **variables
    )
    del env["HOMEWARD_NOW"]

    homeward = commanding(env)
    homeward(*init)
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        while "invented or released" not in said:
            line = server.stdout.readline()
            assert line, said
            said += line
        link = re.search(r"http\S+#\S+", said)
        yield re.search(r"http://localhost:\d+", said)[0], homeward, link and link[0]
    finally:
        server.terminate()
        server.wait(timeout=20)
