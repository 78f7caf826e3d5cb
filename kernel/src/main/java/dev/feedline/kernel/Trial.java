package dev.feedline.kernel;

/// Where a test reaches into the rooms: which defences hold, and what happens at the moments that have no other seam.
///
/// Production has [#NONE]; nothing but a test's own wiring can set another.
public interface Trial {
    Trial NONE = new Trial() {};

    /// Whether a defence is at work.
    default boolean holds(Defence defence) {
        return true;
    }

    /// The caller has come to the moment; a trial may end the process here.
    default void at(Moment moment) {}

    /// What keeps a bad day from costing a row; a trial switches one off to show what it is for.
    enum Defence {
        /// S3 writes a notification in the transaction of the change it tells of.
        OUTBOX,
        /// Firehose writes a delivery down before it puts the object.
        JOURNAL,
        /// Firehose moves its checkpoints after the object is there, not before.
        CHECKPOINT_ORDER,
        /// Kinesis verifies the checksum of every record it reads.
        CRC_CHECK,
        /// The warehouse writes the load history in the transaction of the rows.
        HISTORY_WITH_ROWS
    }

    /// A moment between two steps inside a room.
    enum Moment {
        /// Rows and history are committed, the pipe's files still wait.
        LOADED_BEFORE_QUEUE_DELETE,
        /// Only without [Defence#OUTBOX]: the object is there, its event is not.
        OBJECT_BEFORE_EVENT,
        /// Only without [Defence#HISTORY_WITH_ROWS]: the rows are there, their history is not.
        ROWS_BEFORE_HISTORY
    }
}
