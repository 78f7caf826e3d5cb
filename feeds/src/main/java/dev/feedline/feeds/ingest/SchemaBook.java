package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.rows.Schema;

/// Where a feed's schema is read from, and written to when it grows.
interface SchemaBook {
    /// A schema and the version it is known by.
    record Edition(Schema schema, String version) {}

    Edition current();

    /// Whether there may be another edition.
    default boolean mayGrow() {
        return true;
    }

    /// Writes a schema that grew out of `read`.
    ///
    /// @return false when somebody else has written since; then read again
    boolean publish(Edition read, Schema grown);

    /// The feed's table in the Glue Data Catalog.
    static SchemaBook inCatalog(FeedCatalog catalog, String feed) {
        return new SchemaBook() {
            @Override
            public Edition current() {
                FeedTable table = table();
                return new Edition(table.schema(), table.version());
            }

            @Override
            public boolean publish(Edition read, Schema grown) {
                FeedTable table = table();
                return table.version().equals(read.version()) && catalog.evolve(table, grown);
            }

            private FeedTable table() {
                return catalog.find(feed)
                        .orElseThrow(() -> new IllegalStateException("feed " + feed + " was removed meanwhile"));
            }
        };
    }

    /// The edition that a file's rows were judged under before the first of them was sent.
    static SchemaBook settled(Edition edition) {
        return new SchemaBook() {
            @Override
            public Edition current() {
                return edition;
            }

            @Override
            public boolean mayGrow() {
                return false;
            }

            @Override
            public boolean publish(Edition read, Schema grown) {
                throw new IllegalStateException("edition " + edition.version() + " is settled");
            }
        };
    }

    /// A copy that grows by itself, for a first pass that must not leave a trace.
    static SchemaBook inMemory(Edition start) {
        return new SchemaBook() {
            private Edition edition = start;

            @Override
            public Edition current() {
                return edition;
            }

            @Override
            public boolean publish(Edition read, Schema grown) {
                edition = new Edition(grown, read.version());
                return true;
            }
        };
    }
}
