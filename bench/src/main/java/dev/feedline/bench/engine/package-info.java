/// Programs that convert a file again and again, each a process of its own with the class path of
/// its engine.
@org.jspecify.annotations.NullMarked
package dev.feedline.bench.engine;
