/// The expression by which GetPartitions chooses partitions: its words, its grammar, its truth.
@org.jspecify.annotations.NullMarked
package dev.feedline.glue.filter;
