/// The data that conversions are measured on, made from a seed by size.
@org.jspecify.annotations.NullMarked
package dev.feedline.bench.shape;
