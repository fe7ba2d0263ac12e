package dev.sextant.push;

import dev.sextant.live.Delta;
import dev.sextant.live.LiveId;
import dev.sextant.live.News;
import dev.sextant.live.Pace;
import dev.sextant.live.Resume;
import dev.sextant.live.Seat;
import dev.sextant.live.Start;
import dev.sextant.live.Subscribe;
import dev.sextant.live.Subscribed;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one socket wants to know of one live query, and how far it was told. While the client is slow, which is to have no
 * credit left or not to read its socket, or wants fewer deltas a second than there are, what is new is merged into one
 * delta. On the hub's loop.
 */
final class Subscription {

    private static final int STALLED_PART = 10;

    private final Session session;
    private final Hub hub;
    private final ClientFrame.Open wish;
    private final Seat seat;
    private final double hz;
    private final Pace pace;
    private final PendingDelta pending = new PendingDelta();
    private Start.@Nullable Snapshot pendingSnapshot;
    private @Nullable LiveId live;
    private String epoch = "";
    private long offset;
    private long credits;
    private long stalledSinceNanos;
    private boolean isStalled;
    private boolean isTimed;
    private boolean isJoining;
    private boolean isOver;

    Subscription(Session session, Hub hub, ClientFrame.Open wish) {
        this.session = session;
        this.hub = hub;
        this.wish = wish;
        this.seat = hub.newSeat();
        this.hz = wish.hz() == null ? hub.config().flow().hz() : wish.hz();
        this.pace = new Pace(hz, System.nanoTime());
        this.credits = hub.config().flow().credits();
    }

    Session session() {
        return session;
    }

    String id() {
        return wish.id();
    }

    Seat seat() {
        return seat;
    }

    /** Null while it has no seat. */
    @Nullable
    LiveId live() {
        return live;
    }

    /** What it asks for its seat; deltas that come before the answer are in that. */
    Subscribe join(@Nullable Resume resume) {
        isJoining = true;
        return new Subscribe(wish.question(), seat, hz, resume);
    }

    boolean isOver() {
        return isOver;
    }

    /** Nothing is sent from here on. */
    void end() {
        isOver = true;
    }

    /** It has its seat. */
    void begin(Subscribed subscribed, @Nullable Resume resume) {
        live = subscribed.id();
        isJoining = false;
        switch (subscribed.start()) {
            case Start.Snapshot snapshot -> show(snapshot);
            case Start.Missed missed -> {
                epoch = missed.epoch();
                offset = resume == null ? missed.offset() : resume.offset();
                missed.deltas().forEach(this::take);
            }
        }
    }

    void take(News news) {
        switch (news) {
            case News.Changed changed -> take(changed.delta());
            case News.Restarted restarted ->
                show(new Start.Snapshot(
                        restarted.snapshot().epoch(),
                        restarted.snapshot().offset(),
                        restarted.snapshot().body(),
                        "restarted"));
            case News.Failed failed -> session.failed(this, failed);
        }
    }

    /** Everything before is void. */
    private void show(Start.Snapshot snapshot) {
        epoch = snapshot.epoch();
        offset = snapshot.offset();
        pending.clear();
        pendingSnapshot = snapshot;
        flush();
    }

    /** A delta that was told already is left out; where one is missing, all that are missing are asked for. */
    private void take(Delta delta) {
        if (isJoining || delta.offset() <= offset) {
            return;
        }
        if (delta.offset() > offset + 1) {
            session.join(this, new Resume(epoch, offset));
            return;
        }
        offset = delta.offset();
        pending.add(delta);
        flush();
        if (!pending.isEmpty()) {
            endWhereTooSlow();
        }
    }

    void credit(long more) {
        credits = Math.min(hub.config().flow().creditsMax(), credits + more);
        flush();
    }

    /** Sends what waits, as far as the client takes it. */
    void flush() {
        if (isOver || (pending.isEmpty() && pendingSnapshot == null)) {
            isStalled = false;
            return;
        }
        if (session.outlet().isFull()) {
            stall();
            return;
        }
        sendSnapshot();
        if (pending.isEmpty()) {
            return;
        }
        if (credits == 0) {
            stall();
            return;
        }
        long waitNanos = pace.waitNanos(System.nanoTime());
        if (waitNanos > 0) {
            flushIn(waitNanos);
        } else {
            sendPending();
        }
    }

    private void flushIn(long nanos) {
        if (!isTimed) {
            isTimed = true;
            hub.in(Math.ceilDiv(nanos, 1_000_000L), () -> {
                isTimed = false;
                flush();
            });
        }
    }

    private void stall() {
        if (!isStalled) {
            isStalled = true;
            stalledSinceNanos = System.nanoTime();
        }
    }

    private void sendSnapshot() {
        Start.Snapshot snapshot = pendingSnapshot;
        if (snapshot == null) {
            return;
        }
        pendingSnapshot = null;
        if (snapshot.lost() != null) {
            session.outlet().send(ServerFrames.resync(id(), snapshot.lost()));
        }
        session.outlet().send(head("snapshot"), snapshot.body(), "");
    }

    private void sendPending() {
        isStalled = false;
        if (pending.skipped() > 0) {
            session.outlet().send(ServerFrames.conflated(id(), pending.skipped()));
        }
        Buffer body = pending.body();
        session.outlet().send(head("delta"), body, ",\"ingest_to_push_ms\":" + sinceHeard() + "}");
        pending.clear();
        credits--;
        pace.take(System.nanoTime());
    }

    private String sinceHeard() {
        Long heard = pending.heardNanos();
        return heard == null ? "null" : Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heard));
    }

    /** Ids hold nothing that JSON escapes. */
    private String head(String op) {
        return "{\"op\":\"" + op + "\",\"id\":\"" + id() + "\",";
    }

    private void endWhereTooSlow() {
        int rowsMax = hub.config().flow().pendingRowsMax();
        boolean isLong = isStalled
                && System.nanoTime() - stalledSinceNanos
                        > hub.config().times().stall().toNanos();
        if (pending.rows() > rowsMax || (isLong && pending.rows() > rowsMax / STALLED_PART)) {
            session.close(CloseCode.SLOW, "You take less than there is: acknowledge, or ask for less.");
        }
    }
}
