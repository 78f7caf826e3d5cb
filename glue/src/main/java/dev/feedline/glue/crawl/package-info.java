/// What stands below a prefix: which files, of which format, with which columns, and which tables they make.
@org.jspecify.annotations.NullMarked
package dev.feedline.glue.crawl;
