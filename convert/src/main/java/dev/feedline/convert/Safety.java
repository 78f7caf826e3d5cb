package dev.feedline.convert;

/// The two checks that make repeats and damage harmless. Production has both; the simulation shows that it fails
/// without either.
public record Safety(boolean dropRepeats, boolean verifyContentSum) {
    public static final Safety FULL = new Safety(true, true);
}
