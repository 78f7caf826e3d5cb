package dev.feedline.snowflake.sql;

import java.util.List;

/// RANDOM and UNIFORM. Source: docs.snowflake.com/en/sql-reference/functions-data-generation.
final class RandomForms {
    private static final String LEAST = "9223372036854775808";

    private RandomForms() {}

    static void add(FunctionTable table) {
        table.form("RANDOM", 0, 1, RandomForms::random).form("UNIFORM", 3, 3, RandomForms::uniform);
    }

    /// A pseudo-random integer of 64 bits; with a seed the same for the same row each time.
    private static String random(List<String> a) {
        String hashed = a.isEmpty() ? "hash(gen_random_uuid())" : "hash(" + a.getFirst() + ", row_number() OVER ())";
        return "CAST(CAST(" + hashed + " AS HUGEINT) - " + LEAST + " AS BIGINT)";
    }

    /// Of whole bounds a whole number, both included.
    private static String uniform(List<String> a) {
        String least = a.get(0);
        String most = a.get(1);
        String bits = "(CAST(" + a.get(2) + " AS HUGEINT) + " + LEAST + ")";
        boolean whole = least.matches("-? ?\\d+") && most.matches("-? ?\\d+");
        return whole
                ? "CAST(" + least + " + " + bits + " % (CAST(" + most + " AS HUGEINT) - " + least + " + 1) AS BIGINT)"
                : "(" + least + " + (" + most + " - " + least + ") * (CAST(" + bits
                        + " AS DOUBLE) / 18446744073709551615))";
    }
}
