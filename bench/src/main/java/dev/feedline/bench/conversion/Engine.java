package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.List;

/// What converts JSON to Parquet, as a program of its own.
interface Engine {
    /// Its name in figures, with its version where it is not ours.
    String name();

    /// The command whose process converts the cell's file each time it is told to, as
    /// `engine.Turns` says.
    List<String> command(Cell cell, Path out);

    /// The command that converts the cell's file once; it is told to, and need not listen.
    default List<String> once(Cell cell, Path out) {
        return command(cell, out);
    }

    /// Whether it can do what the cell asks for.
    default boolean takes(Cell cell) {
        return true;
    }
}
