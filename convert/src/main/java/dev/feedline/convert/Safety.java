package dev.feedline.convert;

/// The checks that make repeats, damage and disagreement harmless. Production has them all; the simulation and the
/// trials show that they fail without any one.
///
/// @param dropRepeats a row that landed twice is taken once
/// @param verifyContentSum the rows taken must be those of the record
/// @param followVerdict the rows taken are those the record calls good, not those that look good
/// @param awaitAllRows a chunk is converted when all rows of its record have landed
public record Safety(boolean dropRepeats, boolean verifyContentSum, boolean followVerdict, boolean awaitAllRows) {
    public static final Safety FULL = new Safety(true, true, true, true);

    public Safety(boolean dropRepeats, boolean verifyContentSum) {
        this(dropRepeats, verifyContentSum, true, true);
    }
}
