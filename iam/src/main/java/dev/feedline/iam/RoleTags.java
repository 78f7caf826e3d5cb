package dev.feedline.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.model.Tag;

/// The rules for a role's tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
final class RoleTags {
    private static final int MOST = 50;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final String SAID = "It must contain only letters, digits, spaces and _.:/=+-@";
    private static final Constraint KEY = new Constraint("tags.member.key", 1, 128, ALLOWED, SAID);
    private static final Constraint VALUE = new Constraint("tags.member.value", 0, 256, ALLOWED, SAID);

    private RoleTags() {}

    /// The tags a role has when more are put to those it has; keys are the same whatever their case.
    static List<Tag> with(List<Tag> present, List<Tag> more) {
        Map<String, Tag> added = new TreeMap<>();
        for (Tag tag : more) {
            KEY.checked(tag.key());
            VALUE.checked(tag.value());
            if (added.put(folded(tag.key()), tag) != null) {
                throw IamError.INVALID_INPUT.because(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        Map<String, Tag> all = new TreeMap<>();
        present.forEach(tag -> all.put(folded(tag.key()), tag));
        all.putAll(added);
        if (all.size() > MOST) {
            throw IamError.LIMIT_EXCEEDED.because("The number of tags has reached the maximum limit: " + MOST + ".");
        }
        return new ArrayList<>(all.values());
    }

    static List<Tag> without(List<Tag> present, List<String> keys) {
        List<String> gone = keys.stream().map(RoleTags::folded).toList();
        return present.stream().filter(tag -> !gone.contains(folded(tag.key()))).toList();
    }

    private static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
