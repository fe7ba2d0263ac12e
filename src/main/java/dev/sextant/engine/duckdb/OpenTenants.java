package dev.sextant.engine.duckdb;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants' files that are open: each is opened when it is first asked for, and closed when nobody asked for long, or
 * when another one needs its place. All calls may block.
 */
final class OpenTenants {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTenants.class);

    private final DuckDbConfig config;
    private final InstantSource clock;
    private final Trash trash;
    /** In the order of their last use. Guarded by itself, as are the users of the slots. */
    private final Map<TenantId, TenantSlot> tenantToSlot = new LinkedHashMap<>(16, 0.75f, true);

    OpenTenants(DuckDbConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.trash = new Trash(config.folder().resolve("dropped"));
    }

    /** Whether the tenant ever had anything here. */
    boolean exist(TenantId tenant) {
        synchronized (tenantToSlot) {
            if (tenantToSlot.containsKey(tenant)) {
                return true;
            }
        }
        return Files.exists(TenantFile.path(config, tenant));
    }

    /** The tenant's file, if it is open at this moment and stays so while {@code work} looks at it. Does not block. */
    Optional<TenantFile> peek(TenantId tenant) {
        synchronized (tenantToSlot) {
            TenantSlot slot = tenantToSlot.get(tenant);
            return slot == null ? Optional.empty() : slot.current();
        }
    }

    /**
     * Works with the tenant's file; it stays open meanwhile.
     *
     * @throws ProblemException {@code Overloaded} where too many others are open, and all at work
     */
    <T> T with(TenantId tenant, TenantSlot.Work<T> work) throws IOException, SQLException {
        TenantSlot slot = enter(tenant);
        try {
            return slot.with(work);
        } finally {
            leave(tenant, slot);
        }
    }

    /** Works with the tenant's file where it is open now; it stays so meanwhile. */
    <T> Optional<T> ifOpen(TenantId tenant, TenantSlot.Work<T> work) throws SQLException {
        TenantSlot slot;
        synchronized (tenantToSlot) {
            slot = tenantToSlot.get(tenant);
        }
        return slot == null ? Optional.empty() : slot.ifOpen(work);
    }

    /**
     * Keeps the file open when whoever works with it has gone, until the answer is run, once. For those at work with it.
     */
    Runnable stay(TenantId tenant) {
        TenantSlot slot;
        synchronized (tenantToSlot) {
            slot = Objects.requireNonNull(tenantToSlot.get(tenant), "Somebody is at work there");
            slot.users++;
        }
        return () -> leave(tenant, slot);
    }

    /** Closes the tenant's file and deletes its folder, once those who are at work there have left. */
    void drop(TenantId tenant) throws IOException, SQLException {
        TenantSlot slot = enter(tenant);
        try {
            slot.drop(trash);
        } finally {
            leave(tenant, slot);
        }
    }

    private TenantSlot enter(TenantId tenant) throws IOException, SQLException {
        TenantSlot mine;
        synchronized (tenantToSlot) {
            mine = tenantToSlot.computeIfAbsent(tenant, t -> new TenantSlot(config, t));
            mine.users++;
        }
        try {
            makeRoom();
            return mine;
        } catch (ProblemException | IOException | SQLException e) {
            leave(tenant, mine);
            throw e;
        }
    }

    private void makeRoom() throws IOException, SQLException {
        for (Optional<TenantSlot> tooMany = oneTooMany(); tooMany.isPresent(); tooMany = oneTooMany()) {
            closeAndLeave(tooMany.get());
        }
    }

    /** The one that was not used for longest, entered, so that nobody else closes it. */
    private Optional<TenantSlot> oneTooMany() {
        synchronized (tenantToSlot) {
            if (tenantToSlot.size() <= config.tenants().openMax()) {
                return Optional.empty();
            }
            TenantSlot victim = tenantToSlot.values().stream()
                    .filter(slot -> slot.users == 0)
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            new Problem.Overloaded(1, "Too many tenants are at work now; try again shortly.")));
            victim.users++;
            return Optional.of(victim);
        }
    }

    private void closeAndLeave(TenantSlot slot) throws SQLException {
        try {
            slot.close();
        } finally {
            leave(slot.tenant(), slot);
        }
    }

    private void leave(TenantId tenant, TenantSlot slot) {
        synchronized (tenantToSlot) {
            slot.users--;
            slot.lastUsed = clock.instant();
            if (slot.users == 0 && slot.current().isEmpty()) {
                tenantToSlot.remove(tenant, slot);
            }
        }
    }

    /** Closes those whom nobody asked for since. */
    void closeIdleSince(Instant moment) {
        List<TenantSlot> idle;
        synchronized (tenantToSlot) {
            idle = tenantToSlot.values().stream()
                    .filter(slot -> slot.users == 0 && slot.lastUsed.isBefore(moment))
                    .toList();
            idle.forEach(slot -> slot.users++);
        }
        idle.forEach(this::closeQuietly);
    }

    /** Deletes what was dropped and not yet deleted when the process ended. */
    void emptyTrash() throws IOException {
        trash.empty();
    }

    /** Closes all. */
    void close() {
        closeIdleSince(Instant.MAX);
    }

    private void closeQuietly(TenantSlot slot) {
        try {
            closeAndLeave(slot);
        } catch (SQLException | RuntimeException e) {
            LOG.error("Engine[duckdb] could not close a file, tenant[{}]", slot.tenant(), e);
        }
    }
}
