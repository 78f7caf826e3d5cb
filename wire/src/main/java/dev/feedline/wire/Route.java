package dev.feedline.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of a routing table: which requests are this operation, and how its answer begins.
///
/// ```
/// ListObjectsV2   GET 200 /{Bucket}?list-type=2                    -> ListBucketResult
/// UploadPart      PUT 200 /{Bucket}/{Key+}?partNumber={}&uploadId={}
/// CopyObject      PUT 200 /{Bucket}/{Key+} x-amz-copy-source       -> CopyObjectResult
/// ```
///
/// @param markers query parameters that must be there; `{}` stands for any value
/// @param header a header that must be there
/// @param root the root element of an XML answer
record Route(
        String operation,
        String method,
        int status,
        String path,
        Query markers,
        Optional<String> header,
        Optional<String> root) {
    private static final String ANY = "{}";

    /// Parses a line of the table.
    static Route parse(String line) {
        String[] halves = line.split("->", 2);
        String[] words = halves[0].strip().split("\\s+", -1);
        if (words.length < 4 || words.length > 5) {
            throw new IllegalArgumentException("not a route: " + line);
        }
        String[] uri = words[3].split("\\?", 2);
        return new Route(
                words[0],
                words[1],
                Integer.parseInt(words[2]),
                uri[0],
                Query.parse(uri.length == 2 ? uri[1] : ""),
                words.length == 5 ? Optional.of(words[4]) : Optional.empty(),
                halves.length == 2 ? Optional.of(halves[1].strip()) : Optional.empty());
    }

    /// What the labels hold, still encoded, when the path fits.
    Optional<Map<String, String>> labels(String rawPath) {
        List<String> pattern = segments(path, Integer.MAX_VALUE);
        boolean greedy = path.endsWith("+}");
        List<String> given = segments(rawPath, greedy ? pattern.size() : Integer.MAX_VALUE);
        if (!greedy && given.size() == pattern.size() + 1 && given.getLast().isEmpty()) {
            given.removeLast(); // `/bucket/` is `/bucket`, and botocore's Lambda paths end in a slash
        }
        if (given.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            boolean fits = part.startsWith("{") ? !given.get(i).isEmpty() : part.equals(given.get(i));
            if (!fits) {
                return Optional.empty();
            }
            if (part.startsWith("{")) {
                labels.put(part.replaceAll("[{}+]", ""), given.get(i));
            }
        }
        return Optional.of(labels);
    }

    /// Says whether everything beside the path is there.
    boolean accepts(RequestHead head) {
        return head.method().equals(method)
                && header.map(head.headers()::has).orElse(true)
                && markers.parameters().stream().allMatch(marker -> isThere(marker, head.query()));
    }

    /// How much a request must bring to fit: the route that asks most wins.
    int demands() {
        return (markers.parameters().size() * 2) + (header.isPresent() ? 1 : 0);
    }

    private static boolean isThere(Query.Parameter marker, Query query) {
        boolean anyValue = marker.value().equals(ANY) || marker.value().isEmpty();
        return anyValue ? query.has(marker.name()) : query.all(marker.name()).contains(marker.value());
    }

    /// The path's parts; with a limit the last part keeps its slashes.
    private static List<String> segments(String path, int limit) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (segments.size() < limit - 1) {
            int slash = path.indexOf('/', from);
            if (slash < 0) {
                break;
            }
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(from));
        return segments;
    }
}
