package dev.feedline.glue.crawl;

import java.util.List;
import java.util.Optional;

/// Where a crawler looks: a bucket, a folder in it, or one object; without what is excluded.
///
/// @param prefix empty, or without a slash at its end
/// @param sampleSize how many files of a folder are looked into; all when it is empty
public record IncludePath(String bucket, String prefix, List<Glob> exclusions, Optional<Integer> sampleSize) {

    /// The folder that a key lies in below this path; empty for a key that is none of its, is excluded, is a folder's
    /// own mark, or whose name begins with `_` or `.`, as those do that Spark and Hive write for themselves.
    Optional<List<String>> foldersOf(String key) {
        String root = root();
        if (!key.startsWith(root) && !key.equals(prefix)) {
            return Optional.empty();
        }
        String relative = key.equals(prefix) ? "" : key.substring(root.length());
        String[] parts = relative.split("/", -1);
        String name = key.substring(key.lastIndexOf('/') + 1);
        boolean isHidden = name.isEmpty() || name.startsWith("_") || name.startsWith(".");
        for (int i = 0; i < parts.length - 1; i++) {
            isHidden |= parts[i].startsWith("_") && !parts[i].contains("=") || parts[i].startsWith(".");
        }
        if (isHidden || exclusions.stream().anyMatch(glob -> glob.matches(relative))) {
            return Optional.empty();
        }
        return Optional.of(List.of(parts).subList(0, parts.length - 1));
    }

    /// The beginning of the keys of a folder.
    String root() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    /// Where a table or a partition that begins so lies.
    public String location(String path) {
        return "s3://" + bucket + "/" + path;
    }
}
