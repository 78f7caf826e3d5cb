package dev.feedline.s3.listing;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Walks a bucket's current objects in key order and fills a page.
final class ObjectScan {
    private static final int BATCH = 1000;
    private static final String NEXT = "SELECT " + Versions.COLUMNS + " FROM version"
            + " WHERE latest = 1 AND bucket = ? AND key >= ? AND key < ? AND marker = 0 ORDER BY key LIMIT ?";

    private final Transaction tx;
    private final ListingRequest request;

    ObjectScan(Transaction tx, ListingRequest request) {
        this.tx = tx;
        this.request = request;
    }

    /// A filled page.
    ///
    /// @param next where the following page begins, if there is more
    record Result(Page<ObjectVersion> page, Optional<byte[]> next) {
        boolean truncated() {
            return next.isPresent();
        }
    }

    /// @param start the least key of interest
    Result from(byte[] start) throws SQLException {
        Buckets.require(tx, request.bucket());
        Page<ObjectVersion> page = request.page();
        if (request.limit() == 0) {
            return new Result(page, Optional.empty());
        }
        byte[] cursor = larger(start, request.prefixBytes());
        while (true) {
            List<ObjectVersion> batch = next(cursor, Math.min(BATCH, page.room() + 1));
            for (ObjectVersion version : batch) {
                byte[] key = Key.bytes(version.key());
                if (Arrays.compareUnsigned(key, cursor) < 0) {
                    continue; // under a common prefix that this batch reached before
                }
                switch (page.offer(key, version)) {
                    case Page.Offer.Taken taken -> cursor = Key.after(key);
                    case Page.Offer.RolledUp rolledUp -> cursor = rolledUp.next();
                    case Page.Offer.Full full -> {
                        return new Result(page, Optional.of(cursor));
                    }
                }
            }
            if (batch.isEmpty()) {
                return new Result(page, Optional.empty());
            }
        }
    }

    private List<ObjectVersion> next(byte[] cursor, int limit) throws SQLException {
        return tx.query(NEXT, Versions::read, request.bucket(), cursor, Key.afterAll(request.prefixBytes()), limit);
    }

    static byte[] larger(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
