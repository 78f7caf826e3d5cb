/// Measurements as commands. Each says where and when it ran, prints every figure, and keeps them
/// as JSON.
@org.jspecify.annotations.NullMarked
package dev.feedline.bench;
