package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;

/// What the translators of one level share: what they read, what they have written, and for whom.
///
/// @param staged the alias of the stage whose files' columns `$1`, … are; empty where there is no stage
record Scene(Context context, Walk walk, Written written, Optional<String> staged) {
    Scene(Context context, List<Node> nodes, Optional<String> staged) {
        this(context, new Walk(nodes), new Written(), staged);
    }

    /// Translates what brackets or an argument hold.
    String inner(List<Node> nodes) {
        Keywords.refuseBeginning(nodes);
        return new SequenceTranslator(new Scene(context, nodes, staged)).translate();
    }

    List<String> each(List<List<Node>> parts) {
        return parts.stream().map(this::inner).toList();
    }
}
