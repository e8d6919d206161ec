"""How Arrow types are kept and given back: exactly those of `model.schema`, whatever a library prefers.

Delta has no unsigned integers: a `uint64` is kept as the `int64` of the same 64 bits.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def kept_type(kind: pa.DataType) -> pa.DataType:
    """Return the type under which a column of type `kind` lies on the disk."""
    if kind == pa.uint64():
        return pa.int64()
    if pa.types.is_list(kind):
        return pa.list_(kept_type(kind.value_type))
    return kind


def kept_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema as it lies on the disk."""
    return pa.schema([pa.field(field.name, kept_type(field.type)) for field in schema])


def conform(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return `rows` with exactly the columns, order and types of `schema`; 64-bit patterns are preserved.

    A column that is missing or not in the schema is a caller's mistake and raises ValueError.
    """
    missing = [name for name in schema.names if name not in rows.column_names]
    unknown = [name for name in rows.column_names if name not in schema.names]
    if missing or unknown:
        raise ValueError(f"columns missing: {missing}; columns not in the schema: {unknown}")
    columns = [_cast(rows.column(field.name), field.type) for field in schema]
    return pa.table(columns, schema=schema)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    turned = pc.cast(column, kind, safe=not _turns_sign(column.type, kind))
    return turned if isinstance(turned, pa.ChunkedArray) else pa.chunked_array([turned], type=kind)


def _turns_sign(a: pa.DataType, b: pa.DataType) -> bool:
    """Tell whether casting a to b means re-reading the same 64 bits, which a safe cast refuses."""
    if pa.types.is_list(a) and pa.types.is_list(b):
        return _turns_sign(a.value_type, b.value_type)
    return {a, b} == {pa.int64(), pa.uint64()}


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the everyday form of a type a database gave: no large or view texts, times in UTC by name."""
    if pa.types.is_large_string(kind) or kind == pa.string_view():
        return pa.string()
    if pa.types.is_large_binary(kind) or kind == pa.binary_view():
        return pa.binary()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(f.name, plain_type(f.type)) for f in kind])
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return pa.timestamp(kind.unit, tz="UTC")
    return kind


def plain(rows: pa.Table) -> pa.Table:
    """Return a database's answer with everyday types, column by column."""
    schema = pa.schema([pa.field(f.name, plain_type(f.type)) for f in rows.schema])
    return pa.table([_cast(column, field.type) for column, field in zip(rows.columns, schema, strict=True)],
                    schema=schema)  # fmt: skip


SIGN = "9223372036854775808"  # two to the sixty-third


def sql_given(name: str, kind: pa.DataType) -> str:
    """Return DuckDB's expression that gives a kept column back under its own type and name."""
    if kind == pa.uint64():
        return f"{_unsigned(_quoted(name))} AS {_quoted(name)}"
    if pa.types.is_list(kind) and kind.value_type == pa.uint64():
        return f"list_transform({_quoted(name)}, lambda x: {_unsigned('x')}) AS {_quoted(name)}"
    return _quoted(name)


def sql_text(value: object) -> str:
    """Return something's words, such as a path, as a SQL text."""
    return "'" + str(value).replace("'", "''") + "'"


def _unsigned(x: str) -> str:
    low = f"({x} & 9223372036854775807)::UBIGINT"
    return f"CASE WHEN {x} < 0 THEN {low} + {SIGN}::UBIGINT ELSE {x}::UBIGINT END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
