"""A ledger of every earlier form is brought to the form of now, whichever statement kills it on the way."""

import json
import subprocess
import sys

import pytest

ALL = """
import json, os, signal, sys
from pathlib import Path
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from homeward.store.ledger import Ledger, meta
from homeward.store.ledger.migrations import configuration, upgrade
from homeward.store.ledger.tables import metadata

folder, key = Path(sys.argv[1]), bytes(range(32))


def forked(work):
    if not (pid := os.fork()):
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def at(path, revision):
    ledger = Ledger(path, key)
    ledger._make_file()
    with ledger._engine.connect().execution_options(writes=True) as connection:
        upgrade(connection, revision)
    with ledger._engine.connect().execution_options(writes=True) as connection, connection.begin():
        meta.put(connection, "fact", revision)
    ledger.close()


def newest(path, kill=0):
    ledger, seen = Ledger(path, key), [0]
    def count(*_):
        seen[0] += 1
        if seen[0] == kill:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(ledger._engine, "before_cursor_execute", count)
    ledger.migrate()
    (path.parent / "count").write_text(str(seen[0]))
    with ledger.read() as tx:
        same = compare_metadata(MigrationContext.configure(tx), metadata) == []
        said = [same, meta.get(tx, "fact"), ledger.check()]
    (path.parent / "said").write_text(json.dumps(said))
    ledger.close()


forms = [one.revision for one in ScriptDirectory.from_config(configuration()).walk_revisions()]
for place, revision in enumerate(forms):
    base = folder / revision
    forked(lambda: at(base / "whole" / "ledger.db", revision))
    before = {p.name: p.read_bytes() for p in (base / "whole").iterdir()}
    ends = [forked(lambda: newest(base / "whole" / "ledger.db"))]
    count = int((base / "whole" / "count").read_text())
    said = [json.loads((base / "whole" / "said").read_text())]
    for kill in ((count // 3, count - 1)[place % 2],) if count > 3 else ():
        (base / str(kill)).mkdir()
        for name, content in before.items():
            (base / str(kill) / name).write_bytes(content)
        path = base / str(kill) / "ledger.db"
        ends.append(forked(lambda: newest(path, kill)))
        forked(lambda: newest(path))
        said.append(json.loads((path.parent / "said").read_text()))
    print(json.dumps([revision, count, ends, said]), flush=True)
"""


@pytest.mark.trust("REL-8")
@pytest.mark.timeout(400)
def test_a_ledger_of_every_form_is_brought_to_that_of_now(tmp_path):
    """What was in it is there, its tables are those of now, and a kill only repeats the step."""
    done = subprocess.run(
        [sys.executable, "-c", ALL, tmp_path], capture_output=True, text=True, timeout=380, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) >= 17
    for revision, _, ends, said in rows:
        assert said == [[True, revision, []]] * len(ends), revision
        assert ends[0] == 0 and set(ends[1:]) <= {-9}, (revision, ends)
    assert sum(len(ends) - 1 for _, _, ends, _ in rows) >= 15
