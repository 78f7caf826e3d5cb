package dev.feedline.rows;

/// A named place in a row: the JSON key as the feed writes it, and the type of its values.
public record Column(String name, Type type) {}
