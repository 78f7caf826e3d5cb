package dev.feedline.app.audit;

import java.util.List;
import java.util.Map;

/// A JSON value that knows the text it was written as.
sealed interface Json {
    /// The value as it stands in its source.
    String source();

    /// JSON's null.
    record Null(String source) implements Json {}

    /// True or false.
    record Bool(boolean value, String source) implements Json {}

    /// A number; nothing is computed until somebody has to.
    record Num(String source) implements Json {}

    /// A string without its quotes and escapes.
    record Text(String value, String source) implements Json {}

    /// An array.
    record Arr(List<Json> elements, String source) implements Json {}

    /// An object whose keys are all different.
    record Obj(Map<String, Json> members, String source) implements Json {}

    /// Whether two values are the same, number by number as they are written.
    static boolean same(Json a, Json b) {
        return switch (a) {
            case Null none -> b instanceof Null;
            case Bool bool -> b instanceof Bool other && bool.value() == other.value();
            case Num number -> b instanceof Num other && number.source().equals(other.source());
            case Text text -> b instanceof Text other && text.value().equals(other.value());
            case Arr array -> b instanceof Arr other && sameElements(array.elements(), other.elements());
            case Obj object -> b instanceof Obj other && sameMembers(object.members(), other.members());
        };
    }

    private static boolean sameElements(List<Json> a, List<Json> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMembers(Map<String, Json> a, Map<String, Json> b) {
        for (Map.Entry<String, Json> member : a.entrySet()) {
            Json other = b.get(member.getKey());
            if (other == null || !same(member.getValue(), other)) {
                return false;
            }
        }
        return a.size() == b.size();
    }
}
