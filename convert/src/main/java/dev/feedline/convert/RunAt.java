package dev.feedline.convert;

import java.io.Serializable;

/// A run and the landing object it lies in.
public record RunAt(String landingKey, Run run) implements Serializable {}
