package dev.feedline.glue.filter;

import java.math.BigDecimal;

/// A value of a partition key as it is compared. Values of one key are of one kind.
sealed interface KeyValue extends Comparable<KeyValue> {
    record Text(String text) implements KeyValue {
        @Override
        public int compareTo(KeyValue other) {
            return text.compareTo(((Text) other).text);
        }
    }

    /// A number; a date as its day and a timestamp as its second since 1970.
    record Numeral(BigDecimal number) implements KeyValue {
        @Override
        public int compareTo(KeyValue other) {
            return number.compareTo(((Numeral) other).number);
        }
    }
}
