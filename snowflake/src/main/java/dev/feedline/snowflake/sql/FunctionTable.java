package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions by their Snowflake name, each with how many arguments it takes here and its form in DuckDB's words.
final class FunctionTable {
    /// Builds the DuckDB expression from the translated arguments.
    @FunctionalInterface
    interface Form {
        String apply(List<String> arguments);
    }

    /// Where in an aggregate's form its OVER (…) goes, if one follows.
    static final String WINDOW = "\u0001";

    private final Map<String, Form> forms = new HashMap<>();

    Optional<Form> form(String name) {
        return Optional.ofNullable(forms.get(name));
    }

    FunctionTable rename(String name, String duck, int least, int most) {
        return form(name, least, most, a -> duck + "(" + String.join(", ", a) + ")");
    }

    /// Functions that both dialects call and mean alike.
    FunctionTable same(int least, int most, String... names) {
        for (String name : names) {
            rename(name, name.toLowerCase(Locale.ROOT), least, most);
        }
        return this;
    }

    /// The same of texts: a VARIANT's string is taken without its quotes.
    FunctionTable text(String name, String duck, int least, int most) {
        return form(
                name,
                least,
                most,
                a -> duck + "(" + a.stream().map(Casts::asText).collect(Collectors.joining(", ")) + ")");
    }

    /// Functions of both dialects that compare: of a path without a cast DuckDB would compare the text.
    FunctionTable ordering(int least, int most, String... names) {
        for (String name : names) {
            form(name, least, most, a -> {
                if (a.stream().anyMatch(Casts::isElement)) {
                    throw SnowflakeError.unsupported(name + " of a path that has no cast (add ::type)");
                }
                return name.toLowerCase(Locale.ROOT) + "(" + String.join(", ", a) + ")";
            });
        }
        return this;
    }

    Set<String> names() {
        return forms.keySet();
    }

    FunctionTable form(String name, int least, int most, Form form) {
        forms.put(name, arguments -> {
            if (arguments.size() < least) {
                throw SnowflakeError.SYNTAX.with("not enough arguments for function [" + name + "], expected " + least
                        + ", got " + arguments.size());
            }
            if (arguments.size() > most) {
                throw SnowflakeError.unsupported("The function " + name + " with " + arguments.size() + " arguments");
            }
            return form.apply(arguments);
        });
        return this;
    }

    /// The text of an argument that must be a string literal.
    static String literal(String function, String argument) {
        if (argument.length() < 2 || !argument.startsWith("'") || !argument.endsWith("'")) {
            throw SnowflakeError.unsupported(
                    "The function " + function + " with an argument that is no string literal");
        }
        return argument.substring(1, argument.length() - 1).replace("''", "'");
    }
}
