package dev.feedline.glue.filter;

import java.util.List;
import java.util.Optional;

/// A condition on one partition's values, each at the place of its key.
sealed interface Condition {
    Truth of(Values values);

    /// A partition's values; none where it is NULL or no value of the key's type.
    interface Values {
        Optional<KeyValue> at(int key);
    }

    record And(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Values values) {
            return left.of(values).and(right.of(values));
        }
    }

    record Or(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Values values) {
            return left.of(values).or(right.of(values));
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public Truth of(Values values) {
            return condition.of(values).not();
        }
    }

    record Compare(int key, Comparison comparison, KeyValue value) implements Condition {
        @Override
        public Truth of(Values values) {
            return values.at(key)
                    .map(own -> Truth.of(comparison.holds(own.compareTo(value))))
                    .orElse(Truth.UNKNOWN);
        }
    }

    record Between(int key, KeyValue low, KeyValue high) implements Condition {
        @Override
        public Truth of(Values values) {
            return values.at(key)
                    .map(own -> Truth.of(own.compareTo(low) >= 0 && own.compareTo(high) <= 0))
                    .orElse(Truth.UNKNOWN);
        }
    }

    record In(int key, List<KeyValue> list) implements Condition {
        @Override
        public Truth of(Values values) {
            return values.at(key)
                    .map(own -> Truth.of(list.stream().anyMatch(one -> one.compareTo(own) == 0)))
                    .orElse(Truth.UNKNOWN);
        }
    }

    record Like(int key, LikePattern pattern) implements Condition {
        @Override
        public Truth of(Values values) {
            return values.at(key)
                    .map(own -> Truth.of(own instanceof KeyValue.Text(String text) && pattern.matches(text)))
                    .orElse(Truth.UNKNOWN);
        }
    }

    record IsNull(int key) implements Condition {
        @Override
        public Truth of(Values values) {
            return Truth.of(values.at(key).isEmpty());
        }
    }
}
