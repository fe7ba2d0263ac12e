package dev.sextant.security.settings;

import dev.sextant.http.OriginRules;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import dev.sextant.security.settings.SecuritySettings.KeyRule;
import dev.sextant.store.ChangeFeed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of all tenants that have some, in memory: a few kilobytes each. Read again when one of them was changed. Any
 * thread.
 */
public final class SettingsBook implements OriginRules {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsBook.class);
    private static final long RETRY_MILLIS = 200;

    private record Page(Map<TenantId, SecuritySettings> tenantToSettings, Set<String> origins) {

        static Page of(Map<TenantId, SecuritySettings> all) {
            return new Page(
                    Map.copyOf(all),
                    all.values().stream().flatMap(SettingsBook::origins).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final SettingsStore store;
    /** On the event loop of {@link #begin} only, as the next one. */
    private boolean isReading;

    private boolean isOutdated;
    private volatile Page page = new Page(Map.of(), Set.of());

    SettingsBook(SettingsStore store) {
        this.store = store;
    }

    /** Reads it for the first time, and again after each change. On an event loop that stays. */
    Future<Void> begin(Vertx vertx, ChangeFeed feed) {
        Context here = vertx.getOrCreateContext();
        feed.onChange((_, subject) -> {
            if (subject.equals(SettingsStore.SUBJECT)) {
                here.runOnContext(_ -> outdated(vertx));
            }
        });
        feed.onGap(() -> here.runOnContext(_ -> outdated(vertx)));
        return read();
    }

    /** What the tenant wants; {@code NONE} where it never said. */
    public SecuritySettings of(TenantId tenant) {
        return page.tenantToSettings().getOrDefault(tenant, SecuritySettings.NONE);
    }

    @Override
    public boolean isKnown(String origin) {
        return page.origins().contains(origin);
    }

    @Override
    public boolean allows(Principal principal, String origin) {
        SecuritySettings settings = of(principal.tenant());
        KeyRule rule = settings.rule(principal.actor());
        List<String> own = rule == null ? null : rule.allowedOrigins();
        return (own == null ? settings.allowedOrigins() : own).contains(origin);
    }

    private static Stream<String> origins(SecuritySettings settings) {
        return Stream.concat(
                settings.allowedOrigins().stream(),
                settings.keyRules().stream()
                        .flatMap(rule ->
                                rule.allowedOrigins() == null ? Stream.empty() : rule.allowedOrigins().stream()));
    }

    /** One reading at a time: a change that comes meanwhile is read by one more. */
    private void outdated(Vertx vertx) {
        isOutdated = true;
        if (isReading) {
            return;
        }
        isReading = true;
        isOutdated = false;
        read().onComplete(read -> {
            isReading = false;
            if (read.failed()) {
                LOG.warn("Security settings not read: {}", read.cause().getMessage());
                vertx.setTimer(RETRY_MILLIS, _ -> outdated(vertx));
            } else if (isOutdated) {
                outdated(vertx);
            }
        });
    }

    private Future<Void> read() {
        return store.all().onSuccess(all -> page = Page.of(all)).mapEmpty();
    }
}
