package dev.feedline.bench.shape;

import java.util.SplittableRandom;

/// Makes the rows of a shape, each one good.
@FunctionalInterface
interface RowMaker {
    /// Adds one row with its line end.
    ///
    /// @param number counted from 0
    void row(long number, SplittableRandom random, RowBytes out);
}
