package dev.feedline.feeds.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A mapping of the YAML file that knows where it stands, hands out each key once, and refuses what nobody asked for.
final class YamlMap {
    private final String file;
    private final String path;
    private final List<DefinitionException> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    private record Entry(ScalarNode key, Node value) {}

    private YamlMap(String file, String path, List<DefinitionException> problems) {
        this.file = file;
        this.path = path;
        this.problems = problems;
    }

    /// An empty scalar (`feeds:` with nothing behind it) counts as an empty mapping.
    ///
    /// @param problems takes what is wrong here and further in; reading goes on as if that were not there
    static YamlMap of(String file, String path, Node node, List<DefinitionException> problems) {
        YamlMap map = new YamlMap(file, path, problems);
        if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            return map;
        }
        if (!(node instanceof MappingNode mapping)) {
            map.report(node, (path.isEmpty() ? "the file" : path) + " must be a mapping");
            return map;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                map.report(tuple.getKeyNode(), "a key must be plain text");
            } else if (map.entries.put(key.getValue(), new Entry(key, tuple.getValueNode())) != null) {
                map.report(key, "key '" + key.getValue() + "' stands here twice");
            }
        }
        return map;
    }

    private void report(Node node, String what) {
        problems.add(new DefinitionException(place(file, node), what));
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    YamlMap map(String key) {
        known.add(key);
        Entry entry = entries.get(key);
        String inner = path.isEmpty() ? key : path + "." + key;
        return entry == null ? new YamlMap(file, inner, problems) : of(file, inner, entry.value(), problems);
    }

    String text(String key, String otherwise) {
        return value(key, otherwise, text -> text);
    }

    /// The key's value read by `read`, whose complaint is given the place where the value stands.
    <T> T value(String key, T otherwise, Function<String, T> read) {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return otherwise;
        }
        if (!(entry.value() instanceof ScalarNode scalar)) {
            report(entry.value(), path + "." + key + " must be a single value");
            return otherwise;
        }
        try {
            return read.apply(scalar.getValue());
        } catch (NumberFormatException e) {
            report(scalar, path + "." + key + ": '" + scalar.getValue() + "' is no number that can stand here");
        } catch (IllegalArgumentException | ArithmeticException e) {
            report(scalar, path + "." + key + ": " + e.getMessage());
        }
        return otherwise;
    }

    /// The texts of a list, or of a single value as a list of one.
    List<String> texts(String key, List<String> otherwise) {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return otherwise;
        }
        if (entry.value() instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        if (!(entry.value() instanceof SequenceNode sequence)) {
            report(entry.value(), path + "." + key + " must be a list of texts");
            return otherwise;
        }
        List<String> texts = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            if (!(node instanceof ScalarNode scalar)) {
                report(node, path + "." + key + " must be a list of texts");
                return otherwise;
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    <T> T choice(String key, T otherwise, Map<String, T> choices) {
        return value(key, otherwise, text -> {
            T choice = choices.get(text);
            if (choice == null) {
                String nearest = Nearest.hint(text, choices.keySet());
                throw new IllegalArgumentException("'" + text + "' is not supported; use "
                        + String.join(", ", new TreeSet<>(choices.keySet()))
                        + (nearest.startsWith("; did") ? nearest : ""));
            }
            return choice;
        });
    }

    /// Refuses every key that was not asked for.
    void refuseUnknown() {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String where = path.isEmpty() ? "" : " of " + path;
                report(
                        entry.getValue().key(),
                        "unknown key '" + entry.getKey() + "'" + where + Nearest.hint(entry.getKey(), known));
            }
        }
    }

    /// Reports what is wrong with the key as a whole.
    void report(String key, String what) {
        Entry entry = entries.get(key);
        problems.add(new DefinitionException(entry == null ? file : place(file, entry.key()), what));
    }

    /// Reports what is not there: at the first key, or for the whole file.
    void reportMissing(String what) {
        Optional<Entry> first = entries.values().stream().findFirst();
        problems.add(new DefinitionException(
                first.map(entry -> place(file, entry.key())).orElse(file), what));
    }

    private static String place(String file, Node node) {
        return node.getStartMark()
                .map(mark -> file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse(file);
    }
}
