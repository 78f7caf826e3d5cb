package dev.feedline.app;

import dev.feedline.convert.Safety;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Trial;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A rig that switches defences off, sets the clock forward, and ends the process at a named point.
final class TrialRig implements Rig, Trial {
    private final Set<SwitchedOff> off;
    private final Optional<KillPoint> killAt;
    private final AtomicInteger meetingsLeft;
    private final Duration held;
    private final Duration ahead;
    private final Runnable kill;

    /// @param meeting at which time the point is met the process ends, counted from 1
    /// @param held how long the thread that meets the point then is held before the end
    /// @param ahead how far the clock goes before the machine's
    /// @param kill ends the process at once
    TrialRig(
            Set<SwitchedOff> off,
            Optional<KillPoint> killAt,
            int meeting,
            Duration held,
            Duration ahead,
            Runnable kill) {
        this.off = EnumSet.noneOf(SwitchedOff.class);
        this.off.addAll(off);
        this.killAt = killAt;
        this.meetingsLeft = new AtomicInteger(meeting);
        this.held = held;
        this.ahead = ahead;
        this.kill = kill;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.offset(InstantSource.system(), ahead);
    }

    @Override
    public Disk disk(Disk disk) {
        return new TrialDisk(disk, holds(SwitchedOff.FSYNC_OF_FILE), holds(SwitchedOff.FSYNC_OF_DIRECTORY), file -> {
            if (file.toString().endsWith(".seg")) {
                meet(KillPoint.SEGMENT_BEFORE_INDEX);
            }
        });
    }

    @Override
    public <C> C client(Side side, Class<C> port, C client) {
        return Tapped.client(port, client, (request, onward) -> {
            KillPoint.before(side, onward.operation(), request).ifPresent(this::meet);
            Object answer = onward.to(holds(SwitchedOff.IF_NONE_MATCH) ? request : unconditional(request));
            KillPoint.after(side, request).ifPresent(this::meet);
            return answer;
        });
    }

    @Override
    public Trial trial() {
        return this;
    }

    @Override
    public Safety safety() {
        // Each of these catches what the others let through, so the content sum goes with all of them.
        boolean dedupe = holds(SwitchedOff.DEDUPE);
        boolean verdict = holds(SwitchedOff.VERDICT);
        boolean record = holds(SwitchedOff.CHUNK_RECORD);
        boolean sum = holds(SwitchedOff.CONTENT_SUM) && dedupe && verdict && record;
        return new Safety(dedupe, sum, verdict, record);
    }

    @Override
    public boolean sweeps() {
        return holds(SwitchedOff.SWEEP);
    }

    @Override
    public boolean holds(Trial.Defence defence) {
        return holds(
                switch (defence) {
                    case OUTBOX -> SwitchedOff.OUTBOX;
                    case JOURNAL -> SwitchedOff.JOURNAL;
                    case CHECKPOINT_ORDER -> SwitchedOff.CHECKPOINT_ORDER;
                    case CRC_CHECK -> SwitchedOff.CRC_CHECK;
                    case HISTORY_WITH_ROWS -> SwitchedOff.HISTORY_WITH_ROWS;
                });
    }

    @Override
    public void at(Moment moment) {
        meet(KillPoint.at(moment));
    }

    private boolean holds(SwitchedOff defence) {
        return !off.contains(defence);
    }

    private void meet(KillPoint point) {
        if (killAt.filter(point::equals).isPresent() && meetingsLeft.decrementAndGet() == 0) {
            hold();
            kill.run();
        }
    }

    private void hold() {
        try {
            Thread.sleep(held); // what the others do in that time is the point
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SdkRequest unconditional(SdkRequest request) {
        return request instanceof PutObjectRequest put
                ? put.toBuilder().ifNoneMatch(null).build()
                : request;
    }
}
