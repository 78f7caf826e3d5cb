package dev.feedline.glue.crawl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A pattern of keys that a crawler leaves out, below its include path:
/// https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html, "Include and exclude patterns"
///
/// `*` is any text without a slash, `**` any text, `?` one character but a slash, `[a-c]` or `[!a]` one of some,
/// `{a,b}` one of several patterns; a backslash takes a character as it is.
///
/// A key is gone through once, with all places of the pattern that it may have come to: no pattern takes more
/// steps than it has characters, for each of the key's.
public final class Glob {
    /// As many as a key may have.
    static final int LONGEST = 1_024;

    private final String text;
    private final List<Step> steps;

    private sealed interface Step {
        /// Takes one character.
        record One(Characters of) implements Step {}

        /// Takes any number of characters.
        record Many(Characters of) implements Step {}

        /// Goes on at each of some places.
        record Fork(List<Integer> to) implements Step {}
    }

    @FunctionalInterface
    private interface Characters {
        boolean has(int character);
    }

    private static final Characters ALL = c -> true;
    private static final Characters IN_A_NAME = c -> c != '/';

    private Glob(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    public static Glob parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
        }
        return new Glob(text, new Parser(text).steps());
    }

    public String text() {
        return text;
    }

    public boolean matches(String relativeKey) {
        BitSet places = new BitSet();
        arrive(places, 0);
        int[] key = relativeKey.codePoints().toArray();
        for (int i = 0; i < key.length && !places.isEmpty(); i++) {
            places = after(places, key[i]);
        }
        return places.get(steps.size());
    }

    private BitSet after(BitSet places, int character) {
        BitSet next = new BitSet();
        for (int place = places.nextSetBit(0);
                place >= 0 && place < steps.size();
                place = places.nextSetBit(place + 1)) {
            switch (steps.get(place)) {
                case Step.One one when one.of.has(character) -> arrive(next, place + 1);
                case Step.Many many when many.of.has(character) -> arrive(next, place);
                case Step.One _, Step.Many _, Step.Fork _ -> {}
            }
        }
        return next;
    }

    /// At a place, and at those that are reached from it without a character.
    private void arrive(BitSet places, int place) {
        if (places.get(place)) {
            return;
        }
        places.set(place);
        if (place < steps.size()) {
            switch (steps.get(place)) {
                case Step.One _ -> {}
                case Step.Many _ -> arrive(places, place + 1);
                case Step.Fork fork -> fork.to.forEach(to -> arrive(places, to));
            }
        }
    }

    private static final class Parser {
        private final int[] text;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        /// Of the braces that are open: where their patterns begin, and the ends that go on behind them.
        private final List<Integer> begins = new ArrayList<>();
        private final List<Step.Fork> ends = new ArrayList<>();
        private boolean inBraces;

        Parser(String text) {
            this.text = text.codePoints().toArray();
        }

        List<Step> steps() {
            while (at < text.length) {
                int c = text[at++];
                switch (c) {
                    case '*' -> star();
                    case '?' -> steps.add(new Step.One(IN_A_NAME));
                    case '[' -> bracket();
                    case '{' -> open();
                    case '}' -> close();
                    case ',' -> comma();
                    case '\\' -> escaped();
                    default -> character(c);
                }
            }
            if (inBraces) {
                throw new IllegalArgumentException("a brace is not closed");
            }
            return List.copyOf(steps);
        }

        private void character(int character) {
            steps.add(new Step.One(c -> c == character));
        }

        private void star() {
            boolean isDeep = at < text.length && text[at] == '*';
            at += isDeep ? 1 : 0;
            steps.add(new Step.Many(isDeep ? ALL : IN_A_NAME));
        }

        private void escaped() {
            if (at == text.length) {
                throw new IllegalArgumentException("nothing stands behind the backslash");
            }
            character(text[at++]);
        }

        private void open() {
            if (inBraces) {
                throw new IllegalArgumentException("braces cannot stand in braces");
            }
            inBraces = true;
            begins.clear();
            ends.clear();
            steps.add(new Step.Fork(new ArrayList<>()));
            begins.add(steps.size());
        }

        private void comma() {
            if (inBraces) {
                end();
                begins.add(steps.size());
            } else {
                character(',');
            }
        }

        private void close() {
            if (!inBraces) {
                character('}');
                return;
            }
            inBraces = false;
            end();
            ((Step.Fork) steps.get(begins.getFirst() - 1)).to.addAll(begins);
            ends.forEach(end -> end.to.add(steps.size()));
        }

        /// Of one of the patterns in braces.
        private void end() {
            Step.Fork end = new Step.Fork(new ArrayList<>());
            ends.add(end);
            steps.add(end);
        }

        /// A bracket that comes first, and a `-` at either end, stand for themselves.
        private void bracket() {
            boolean isNot = at < text.length && text[at] == '!';
            int from = at + (isNot ? 1 : 0);
            int end = from + 1;
            while (end < text.length && text[end] != ']') {
                end++;
            }
            if (end >= text.length) {
                throw new IllegalArgumentException("a bracket is not closed");
            }
            List<Characters> some = new ArrayList<>();
            for (int i = from; i < end; i++) {
                boolean isRange = i + 2 < end && text[i + 1] == '-';
                int first = text[i];
                int last = isRange ? text[i + 2] : first;
                if (first == '/' || last == '/') {
                    throw new IllegalArgumentException("a bracket names characters, and no slash");
                }
                if (first > last) {
                    throw new IllegalArgumentException("a range in brackets begins behind its end");
                }
                some.add(c -> first <= c && c <= last);
                i += isRange ? 2 : 0;
            }
            steps.add(new Step.One(c -> c != '/' && isNot != some.stream().anyMatch(one -> one.has(c))));
            at = end + 1;
        }
    }
}
