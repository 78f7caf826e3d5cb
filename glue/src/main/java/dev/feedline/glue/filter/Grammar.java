package dev.feedline.glue.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads an expression into a condition, by descent: OR, AND, NOT, then what is between a key and its values.
final class Grammar {
    private static final int DEEPEST = 100;

    private final List<Word> words;
    private final List<Key> keys;
    private int at;
    private int depth;

    Grammar(String expression, List<Key> keys) {
        this.words = Word.of(expression);
        this.keys = keys;
    }

    Condition read() {
        Condition condition = or();
        if (!(next() instanceof Word.End)) {
            throw unexpected("AND, OR or the end");
        }
        return condition;
    }

    private Condition or() {
        Condition left = and();
        while (takes("OR")) {
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (takes("AND")) {
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (++depth > DEEPEST) {
            throw new FilterException("it is nested deeper than " + DEEPEST + " levels");
        }
        Condition condition = takes("NOT") ? new Condition.Not(not()) : takesSign("(") ? inParentheses() : predicate();
        depth--;
        return condition;
    }

    private Condition inParentheses() {
        Condition condition = or();
        expectSign(")");
        return condition;
    }

    private Condition predicate() {
        if (isValue()) {
            String text = text();
            Comparison comparison = comparison();
            int key = key();
            return new Condition.Compare(key, comparison.turned(), value(key, type(key), text));
        }
        int key = key();
        if (takes("IS")) {
            boolean negated = takes("NOT");
            expect("NULL");
            return negated(negated, new Condition.IsNull(key));
        }
        boolean negated = takes("NOT");
        if (takes("IN")) {
            return negated(negated, new Condition.In(key, list(key)));
        }
        if (takes("BETWEEN")) {
            KeyValue low = value(key);
            expect("AND");
            return negated(negated, new Condition.Between(key, low, value(key)));
        }
        if (takes("LIKE")) {
            return negated(negated, new Condition.Like(key, pattern(key)));
        }
        if (negated) {
            throw unexpected("IN, BETWEEN or LIKE after NOT");
        }
        Comparison comparison = comparison();
        return new Condition.Compare(key, comparison, value(key));
    }

    private static Condition negated(boolean negated, Condition condition) {
        return negated ? new Condition.Not(condition) : condition;
    }

    private int key() {
        if (next() instanceof Word.Name(String name, boolean quoted)) {
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).name().equalsIgnoreCase(name)) {
                    at++;
                    return i;
                }
            }
            throw new FilterException("'" + name + "' is no partition key; the keys are "
                    + keys.stream().map(Key::name).toList());
        }
        throw unexpected("a partition key");
    }

    private Comparison comparison() {
        if (next() instanceof Word.Sign(String sign)) {
            Comparison comparison = Comparison.of(sign).orElseThrow(() -> unexpected("a comparison"));
            at++;
            return comparison;
        }
        throw unexpected("=, <>, <, <=, >, >=, IN, BETWEEN, LIKE or IS NULL");
    }

    private List<KeyValue> list(int key) {
        List<KeyValue> list = new ArrayList<>();
        expectSign("(");
        do {
            list.add(value(key));
        } while (takesSign(","));
        expectSign(")");
        return list;
    }

    private LikePattern pattern(int key) {
        if (type(key) != KeyType.TEXT) {
            throw new FilterException("LIKE takes a key of type string, and "
                    + keys.get(key).name() + " is " + keys.get(key).type());
        }
        if (next() instanceof Word.Text(String text)) {
            at++;
            return new LikePattern(text);
        }
        throw unexpected("a pattern in single quotes");
    }

    /// A text or a number, or one of `DATE '…'` and `TIMESTAMP '…'`.
    private KeyValue value(int key) {
        KeyType type = type(key);
        return value(key, type, text());
    }

    private KeyValue value(int key, KeyType type, String text) {
        return type.find(text)
                .orElseThrow(() -> new FilterException("'" + text + "' is no value of "
                        + keys.get(key).name() + ", which is " + keys.get(key).type()));
    }

    private String text() {
        if (isWord("DATE") || isWord("TIMESTAMP")) {
            at++;
        }
        Word word = next();
        at++;
        return switch (word) {
            case Word.Text(String text) -> text;
            case Word.Numeral(String number) -> number;
            case Word.Name name -> throw notAValue(name);
            case Word.Sign sign -> throw notAValue(sign);
            case Word.End end -> throw notAValue(end);
        };
    }

    private FilterException notAValue(Word word) {
        return new FilterException("a value was expected, and there is " + word.shown());
    }

    private boolean isValue() {
        boolean typed = (isWord("DATE") || isWord("TIMESTAMP")) && words.get(at + 1) instanceof Word.Text;
        return typed || next() instanceof Word.Text || next() instanceof Word.Numeral;
    }

    private KeyType type(int key) {
        Key named = keys.get(key);
        return KeyType.of(named.type())
                .orElseThrow(() -> new FilterException("partition key " + named.name() + " is " + named.type()
                        + ", by which partitions cannot be chosen; the types that can are string, date, timestamp,"
                        + " tinyint, smallint, int, bigint and decimal"));
    }

    private Word next() {
        return words.get(Math.min(at, words.size() - 1));
    }

    private boolean isWord(String word) {
        return next() instanceof Word.Name(String text, boolean quoted)
                && !quoted
                && text.toUpperCase(Locale.ROOT).equals(word);
    }

    private boolean takes(String word) {
        if (isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean takesSign(String sign) {
        if (next() instanceof Word.Sign(String text) && text.equals(sign)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String word) {
        if (!takes(word)) {
            throw unexpected(word);
        }
    }

    private void expectSign(String sign) {
        if (!takesSign(sign)) {
            throw unexpected(sign);
        }
    }

    private FilterException unexpected(String wanted) {
        return new FilterException(wanted + " was expected, and there is " + next().shown());
    }
}
