package dev.feedline.feeds;

/// How far a compressed file may unpack.
///
/// @param maxExpansion how many bytes may come of one; feeds are at 5 to 50, gzip's own most is 1,032
/// @param alwaysBytes so many may come of any file, however small
public record ContainerLimits(long maxExpansion, long alwaysBytes) {
    public static final ContainerLimits DEFAULT = new ContainerLimits(200, 64L << 20);

    public ContainerLimits {
        if (maxExpansion < 1 || alwaysBytes < 0) {
            throw new IllegalArgumentException(
                    "no container can be read that may not unpack: " + maxExpansion + ", " + alwaysBytes);
        }
    }
}
