package dev.feedline.rows;

/// What is known to be wrong with a row before its values are looked at.
///
/// @param detail what was found, for people
public record Flaw(BadRowCode code, String detail) {}
