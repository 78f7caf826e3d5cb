package dev.feedline.kernel;

import java.time.InstantSource;
import java.util.function.Consumer;

/// What every embedded service stands on.
///
/// @param onFailure told once by a store or disk that has failed for good, so that the process can stop
/// @param trial [Trial#NONE] but in tests that show what a defence is for
public record Ground(
        Disk disk,
        InstantSource clock,
        Ids ids,
        Account account,
        Bell bell,
        Consumer<Exception> onFailure,
        Trial trial) {
    public Ground(Disk disk, InstantSource clock, Ids ids, Account account, Bell bell, Consumer<Exception> onFailure) {
        this(disk, clock, ids, account, bell, onFailure, Trial.NONE);
    }
}
