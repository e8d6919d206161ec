"""A served workspace of a test's own."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from surroundings import environment

PROGRAM = str(Path(sys.executable).with_name("homeward"))


@contextmanager
def serving(folder, *init, **variables):
    """Make a workspace and serve it; gives its address, its command line, and a demo's link."""
    env = environment(
        folder, HOMEWARD_HOME=str(folder / "home"), NO_COLOR="1", PYTHONUNBUFFERED="1", **variables
    )
    del env["HOMEWARD_NOW"]

    def homeward(*words):
        done = subprocess.run(
            [PROGRAM, *words], env=env, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

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
