package dev.feedline.iam;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a listing: where it begins and how many entries it holds. A marker carries the listing and the last
/// entry's name.
///
/// @param listing the operation and what it lists; a marker of another one is refused
record Page(String listing, String after, int size) {
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
    private static final int USUAL = 100;
    private static final int LARGEST = 1_000;
    private static final char BEHIND_LISTING = '\n';

    static Page of(String listing, @Nullable String marker, @Nullable Integer maxItems) {
        int size = maxItems == null ? USUAL : Constraint.range("maxItems", maxItems, 1, LARGEST);
        return new Page(listing, marker == null ? "" : decoded(listing, marker), size);
    }

    /// One more than the page holds, so that it is seen whether there is a next one.
    int limit() {
        return size + 1;
    }

    boolean isTruncated(List<?> found) {
        return found.size() > size;
    }

    <T> List<T> entries(List<T> found) {
        return isTruncated(found) ? found.subList(0, size) : found;
    }

    /// The marker of the next page, null when this one is the last.
    <T> @Nullable String marker(List<T> found, Function<T, String> name) {
        if (!isTruncated(found)) {
            return null;
        }
        byte[] text = (listing + BEHIND_LISTING + name.apply(found.get(size - 1))).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static String decoded(String listing, String marker) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            String begin = listing + BEHIND_LISTING;
            if (text.startsWith(begin)) {
                return text.substring(begin.length());
            }
        } catch (IllegalArgumentException e) {
            throw IamError.VALIDATION.because("Invalid Marker.", e);
        }
        throw IamError.VALIDATION.because("Invalid Marker.");
    }
}
