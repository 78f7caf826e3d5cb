/// What a caller of SearchTables asks for.
@org.jspecify.annotations.NullMarked
package dev.feedline.glue.search;
