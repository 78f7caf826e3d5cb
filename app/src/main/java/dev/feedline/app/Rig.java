package dev.feedline.app;

import dev.feedline.convert.Safety;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Trial;
import java.time.InstantSource;

/// What a test puts between the parts of a Feedline: around the disk, and around what each service reaches the others
/// by.
///
/// Production has [#NONE], which puts nothing there. It is not public: only a test in this package can hand in another.
interface Rig {
    Rig NONE = new Rig() {};

    /// Who calls through a client.
    enum Side {
        /// The port: clients outside the process.
        GATEWAY,
        S3,
        FIREHOSE,
        LAMBDA,
        WAREHOUSE,
        INGEST,
        CONVERT,
        JOB
    }

    default Disk disk(Disk disk) {
        return disk;
    }

    default InstantSource clock() {
        return InstantSource.system();
    }

    /// The client as that side is to see it.
    default <C> C client(Side side, Class<C> port, C client) {
        return client;
    }

    /// What the rooms see of a test.
    default Trial trial() {
        return Trial.NONE;
    }

    default Safety safety() {
        return Safety.FULL;
    }

    /// Whether the sweep runs at all.
    default boolean sweeps() {
        return true;
    }
}
