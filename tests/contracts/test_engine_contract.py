"""What every engine promises. A new engine joins by adding its maker to ENGINES."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.engine.base import Engine
from homeward.engine.local import SMALL_ROWS, LocalEngine
from homeward.model.errors import KernelError

# The time limit of one batch is an argument: most promises are tested with one that a busy machine keeps.
PATIENT, HASTY = 60.0, 4.0
ENGINES: dict[str, Callable[..., Engine]] = {"local": lambda s=PATIENT: LocalEngine(2, batch_seconds=s)}
KERNELS = "engine_kernels"


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = ENGINES[request.param]()
    yield made
    made.close()


def numbers(*values: int) -> pa.Table:
    return pa.table({"n": pa.array(values, pa.int64())})


def test_results_keep_the_order_of_the_input(engine: Engine) -> None:
    """Batches finish in any order and come back in the order they were given."""
    out = engine.map(f"{KERNELS}:double", numbers(*range(1000)), batch_rows=37)

    assert out.column("twice").to_pylist() == [2 * n for n in range(1000)]


def test_started_beforehand_the_work_is_the_same(engine: Engine) -> None:
    """Starting is a hint: it may be given twice, and changes no answer."""
    engine.start()
    engine.start()

    assert engine.map(f"{KERNELS}:double", numbers(1, 2)).column("twice").to_pylist() == [2, 4]


def test_a_kernel_may_give_more_or_fewer_rows(engine: Engine) -> None:
    """Rows out need not match rows in."""
    out = engine.map(f"{KERNELS}:spread", numbers(0, 3, 1, 0, 2), batch_rows=2)

    assert out.column("n").to_pylist() == [3, 3, 3, 1, 2, 2]


def test_an_empty_table_still_has_its_columns(engine: Engine) -> None:
    """No rows in, no rows out, and the schema of the kernel."""
    out = engine.map(f"{KERNELS}:double", numbers())

    assert out.num_rows == 0 and out.schema.names == ["n", "twice"]


def test_a_stream_gives_one_table_for_each(engine: Engine) -> None:
    """Each table of a stream has its own answer, in order, empty ones too."""
    out = list(engine.map_stream(f"{KERNELS}:double", [numbers(1, 2), numbers(), numbers(3)], batch_rows=1))

    assert [t.column("twice").to_pylist() for t in out] == [[2, 4], [], [6]]


def test_a_stream_is_read_as_it_is_worked(engine: Engine) -> None:
    """A long stream is not swallowed whole before the first answer."""
    asked = 0

    def supply() -> Iterator[pa.Table]:
        nonlocal asked
        for asked in range(1, 201):
            yield numbers(asked)

    next(engine.map_stream(f"{KERNELS}:double", supply()))
    assert asked < 200


def test_the_next_table_is_worked_on_while_one_is_handed_out(engine: Engine) -> None:
    """Whoever takes an answer has asked for a further table before, so that no worker waits for him."""
    asked = 0

    def supply() -> Iterator[pa.Table]:
        nonlocal asked
        for asked in range(1, 201):
            yield numbers(*range(asked, asked + 40))

    next(engine.map_stream(f"{KERNELS}:double", supply(), batch_rows=1))
    assert asked > 1


@pytest.mark.parametrize(("poison", "reason"), [(-1, "exit 3"), (-2, "signal 9"), (-3, "minus three")])
def test_one_poisoned_row_costs_one_row(engine: Engine, poison: int, reason: str) -> None:
    """Death, murder and an exception each leave out only the row at fault."""
    bad: list[tuple[int, str]] = []
    out = engine.map(
        f"{KERNELS}:moody", numbers(1, 2, poison, 4), on_error=lambda row, why: bad.append((row, why))
    )

    assert out.column("n").to_pylist() == [1, 2, 4]
    assert [row for row, _ in bad] == [2] and reason in bad[0][1]


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
def test_a_row_that_never_ends_costs_one_row(make: Callable[..., Engine]) -> None:
    """A kernel that goes on for ever on one row is ended at the time limit, and the other row is kept."""
    bad: list[tuple[int, str]] = []
    engine = make(HASTY)
    out = engine.map(f"{KERNELS}:moody", numbers(1, -4), on_error=lambda row, why: bad.append((row, why)))
    engine.close()

    assert out.column("n").to_pylist() == [1]
    assert [row for row, _ in bad] == [1] and "longer" in bad[0][1]


def test_rows_at_fault_are_counted_over_the_whole_stream(engine: Engine) -> None:
    """The index of a fault counts all rows before it, and all-poison tables keep their columns."""
    bad: list[int] = []
    stream = [numbers(1, -3), numbers(-3), numbers(5, 6, -1)]
    out = list(engine.map_stream(f"{KERNELS}:moody", stream, on_error=lambda row, _: bad.append(row)))

    assert bad == [1, 2, 5]
    assert [t.column("n").to_pylist() for t in out] == [[1], [], [5, 6]]


def test_without_a_listener_a_fault_is_an_error(engine: Engine) -> None:
    """Nothing is left out silently."""
    with pytest.raises(KernelError, match="minus three"):
        engine.map(f"{KERNELS}:moody", numbers(1, -3))


def test_an_unknown_kernel_is_an_error_and_not_a_bad_record(engine: Engine) -> None:
    """A kernel that cannot be loaded blames no row."""
    with pytest.raises(KernelError, match="no_such"):
        engine.map(f"{KERNELS}:no_such", numbers(1), on_error=lambda *_: pytest.fail("a row was blamed"))


def test_sql_sees_its_tables_and_nothing_else(engine: Engine) -> None:
    """A statement joins the tables it is given."""
    left = pa.table({"k": [3, 1, 2]})
    right = pa.table({"k": [2, 3], "v": ["two", "three"]})
    out = engine.sql("SELECT k, v FROM l JOIN r USING (k) ORDER BY k", {"l": left, "r": right})

    assert out.to_pydict() == {"k": [2, 3], "v": ["two", "three"]}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))))  # fmt: skip
def test_components_agree_with_a_plain_search(graph: tuple[int, list[tuple[int, int]]]) -> None:
    """Every node is labelled with the smallest node that can be reached from it."""
    n, pairs = graph
    label = list(range(n))
    for _ in range(n):
        for a, b in pairs:
            label[a] = label[b] = min(label[a], label[b])
    edges = pa.table(
        {"a": pa.array([a for a, _ in pairs], pa.int64()), "b": pa.array([b for _, b in pairs], pa.int64())}
    )
    for make in ENGINES.values():
        out = make().components(edges, n)
        assert out.dtype == np.int64 and out.tolist() == label


def test_no_nodes_have_no_components(engine: Engine) -> None:
    """An empty graph is a graph."""
    assert (
        engine.components(
            pa.table({"a": pa.array([], pa.int64()), "b": pa.array([], pa.int64())}), 0
        ).tolist()
        == []
    )


class TestLocal:
    """What only the local engine promises: how its processes behave."""

    def test_workers_neither_read_our_input_nor_write_our_output(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """A kernel that prints reaches standard error; one that reads finds nothing."""
        with LocalEngine(1) as engine:
            engine.map(f"{KERNELS}:noisy", numbers(1))
        out, err = capfd.readouterr()
        assert out == "" and "may print" in err

    def test_workers_are_kept_and_know_no_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same process serves again, and the ledger's key is not in its environment."""
        monkeypatch.setenv("HOMEWARD_KEY", "secret")
        with LocalEngine(1) as engine:
            first = engine.map(f"{KERNELS}:whoami", numbers(1)).to_pylist()
            again = engine.map(f"{KERNELS}:whoami", numbers(1)).to_pylist()
        assert first == again and first[0]["key"] == "" and first[0]["pid"] != os.getpid()

    def test_sql_reads_no_files(self, tmp_path: os.PathLike[str]) -> None:
        """A statement cannot look at the disk."""
        with LocalEngine(1) as engine, pytest.raises(Exception, match="disabled"):
            engine.sql(f"SELECT * FROM read_text('{__file__}')", {})

    def test_a_statement_sees_no_table_of_another(self) -> None:
        """Neither one from before under the same name, nor one of another name; large and small alike."""
        with LocalEngine(1) as engine:
            for rows in (3, SMALL_ROWS + 1, 2):
                table = {"mine": pa.table({"n": range(rows)})}
                assert engine.sql("SELECT count(*) AS n FROM mine", table).to_pylist() == [{"n": rows}]
                with pytest.raises(Exception, match="mine does not exist"):
                    engine.sql("SELECT n FROM mine", {})

    def test_it_works_from_a_program_without_a_main_guard(self) -> None:
        """Workers never run the program that started them again."""
        program = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "import pyarrow as pa\nfrom homeward.engine.local import SMALL_ROWS, LocalEngine\n"
            "engine = LocalEngine(2)\n"
            "print(engine.map('engine_kernels:double', pa.table({'n': [21]}))['twice'][0])\n"
            "engine.close()\n"
        )
        here = os.path.dirname(__file__)  # noqa: PTH120
        done = subprocess.run(
            [sys.executable, "-", here], input=program, capture_output=True, text=True, timeout=60
        )
        assert done.stdout == "42\n", done.stderr
