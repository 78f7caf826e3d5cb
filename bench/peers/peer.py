"""Polars, pyarrow or DuckDB in Python: converts once for each line on standard input and answers `done`.

peer.py version ENGINE
peer.py polars|pyarrow IN OUT CODEC THREADS COLUMNS   (COLUMNS: JSON of names and types, empty when they are inferred)
peer.py duckdb SETTING STATEMENT
"""

import json
import os
import sys


def types(text, leaf, struct, array):
    """A type in the Glue Data Catalog's words, made of another library's types."""
    at = 0

    def word():
        nonlocal at
        start = at
        while at < len(text) and text[at] not in "<>:,()":
            at += 1
        return text[start:at]

    def one():
        nonlocal at
        name = word()
        if name == "struct":
            fields = []
            while text[at] != ">":
                at += 1
                field = word()
                at += 1
                fields.append((field, one()))
            at += 1
            return struct(fields)
        if name == "array":
            at += 1
            element = one()
            at += 1
            return array(element)
        numbers = []
        if at < len(text) and text[at] == "(":
            end = text.index(")", at)
            numbers = [int(number) for number in text[at + 1 : end].split(",")]
            at = end + 1
        return leaf(name, numbers)

    return one()


def polars(source, target, codec, threads, columns):
    os.environ["POLARS_MAX_THREADS"] = threads
    import polars as pl

    # It reads no moments and no decimals from JSON: those stay texts and doubles, which is less work than ours.
    leaves = {"bigint": pl.Int64, "double": pl.Float64, "decimal": pl.Float64, "boolean": pl.Boolean}
    schema = {
        column["name"]: types(
            column["type"],
            lambda name, numbers: leaves.get(name, pl.String),
            lambda fields: pl.Struct([pl.Field(name, kind) for name, kind in fields]),
            pl.List,
        )
        for column in columns
    }
    return lambda: pl.scan_ndjson(source, schema=schema or None).sink_parquet(target, compression=codec)


def pyarrow(source, target, codec, threads, columns):
    import pyarrow as pa
    import pyarrow.json
    import pyarrow.parquet

    pa.set_cpu_count(int(threads))
    leaves = {
        "bigint": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "timestamp": pa.timestamp("ms", "UTC"),
        "date": pa.date32(),
    }

    def leaf(name, numbers):
        return pa.decimal128(*numbers) if name == "decimal" else leaves.get(name, pa.string())

    fields = [
        pa.field(column["name"], types(column["type"], leaf, lambda inner: pa.struct(inner), pa.list_))
        for column in columns
    ]
    parse = pa.json.ParseOptions(explicit_schema=pa.schema(fields) if fields else None)
    read = pa.json.ReadOptions(use_threads=threads != "1")
    level = 3 if codec == "zstd" else None  # what all others take; its own default is 1

    def convert():
        table = pa.json.read_json(source, read_options=read, parse_options=parse)
        pa.parquet.write_table(table, target, compression=codec, compression_level=level)

    return convert


def duckdb(setting, statement):
    import duckdb as duck

    connection = duck.connect()
    connection.execute(setting)
    return lambda: connection.execute(statement).fetchall()


def conversion(engine, arguments):
    if engine == "duckdb":
        return duckdb(*arguments)
    source, target, codec, threads, columns = arguments
    chosen = {"polars": polars, "pyarrow": pyarrow}[engine]
    return chosen(source, target, codec, threads, json.loads(columns) if columns else [])


def main():
    engine, *arguments = sys.argv[1:]
    if engine == "version":
        print(__import__(arguments[0]).__version__)
        return
    convert = conversion(engine, arguments)
    for _ in sys.stdin:
        convert()
        print("done", flush=True)


if __name__ == "__main__":
    main()
