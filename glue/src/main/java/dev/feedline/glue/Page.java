package dev.feedline.glue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a listing: where it begins and how many entries it holds; tokens carry the listing and the last
/// entry's key.
record Page(String listing, String after, int size) {
    /// Stands in a token between the listing and the key; the names that make a listing hold no control characters.
    private static final char BEHIND_LISTING = '\n';

    /// The page a request asks for.
    ///
    /// @param listing the operation and what it lists; a token of another one is refused
    /// @param largest the most entries AWS gives at once, and the default
    static Page of(String listing, @Nullable String token, @Nullable Integer maxResults, int largest) {
        if (maxResults != null && maxResults < 1) {
            throw GlueError.INVALID_INPUT.because("MaxResults must be at least 1, not " + maxResults);
        }
        int size = maxResults == null ? largest : Math.min(maxResults, largest);
        return new Page(listing, token == null || token.isEmpty() ? "" : decoded(listing, token), size);
    }

    /// Where a listing that counts down begins: below every number on the first page.
    long below() {
        return after.isEmpty() ? Long.MAX_VALUE : number();
    }

    /// One more than the page holds, so that it is seen whether there is a next one.
    int limit() {
        return size + 1;
    }

    <T> List<T> entries(List<T> found) {
        return found.size() > size ? found.subList(0, size) : found;
    }

    /// The token of the next page, null when this one is the last.
    <T> @Nullable String next(List<T> found, java.util.function.Function<T, String> key) {
        if (found.size() <= size) {
            return null;
        }
        return token(key.apply(found.get(size - 1)));
    }

    /// The token of the page that begins behind an entry.
    String token(String key) {
        byte[] text = (listing + BEHIND_LISTING + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static String decoded(String listing, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String begin = listing + BEHIND_LISTING;
            if (!text.startsWith(begin)) {
                throw GlueError.INVALID_INPUT.because("NextToken is not one of this listing: " + token);
            }
            return text.substring(begin.length());
        } catch (IllegalArgumentException e) {
            throw GlueError.INVALID_INPUT.because("NextToken is not one that was given out: " + token, e);
        }
    }

    private long number() {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw GlueError.INVALID_INPUT.because("NextToken is not one of this listing", e);
        }
    }
}
