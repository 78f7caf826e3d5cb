package dev.feedline.glue.filter;

/// A partition key of a table: its name, and its type as the catalog has it.
public record Key(String name, String type) {}
