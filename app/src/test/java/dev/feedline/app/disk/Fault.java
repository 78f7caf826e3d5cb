package dev.feedline.app.disk;

import dev.feedline.app.disk.FaultyCalls.Call;
import dev.feedline.app.disk.FaultyCalls.Effect;
import java.util.List;

/// The ways in which one call of a journey can fail, and whether the process may go on after it.
enum Fault {
    FORCE_EIO(List.of(Call.FORCE, Call.FORCE_DIRECTORY), Effect.EIO, true),
    WRITE_EIO(List.of(Call.WRITE), Effect.EIO, false),
    WRITE_ENOSPC(List.of(Call.WRITE), Effect.ENOSPC, false),
    WRITE_EINTR(List.of(Call.WRITE), Effect.EINTR, false),
    WRITE_SHORT(List.of(Call.WRITE), Effect.SHORT_WRITE, false),
    READ_EIO(List.of(Call.READ), Effect.EIO, false),
    CREATE_ENOSPC(List.of(Call.CREATE), Effect.ENOSPC, false),
    CREATE_EIO(List.of(Call.CREATE), Effect.EIO, false),
    RENAME_EIO(List.of(Call.RENAME), Effect.EIO, false),
    UNLINK_EIO(List.of(Call.UNLINK), Effect.EIO, false),
    TRUNCATE_EIO(List.of(Call.TRUNCATE), Effect.EIO, false);

    final List<Call> calls;
    final Effect effect;
    /// The process has to end: what is in memory and what is on the disk may differ from now on.
    final boolean mustStop;

    Fault(List<Call> calls, Effect effect, boolean mustStop) {
        this.calls = calls;
        this.effect = effect;
        this.mustStop = mustStop;
    }
}
