package dev.sextant.usage;

import dev.sextant.audit.log.GetTreeHead;
import dev.sextant.audit.log.LogAddresses;
import dev.sextant.audit.log.SignedHead;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import dev.sextant.usage.UsageReport.Forecast;
import dev.sextant.usage.UsageReport.Group;
import dev.sextant.usage.UsageReport.Period;
import dev.sextant.usage.UsageReport.Reconciliation;
import dev.sextant.usage.UsageReport.Step;
import dev.sextant.usage.UsageReport.Totals;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what tenants have used; it waits on PostgreSQL only. */
final class UsageVerticle extends VerticleBase {

    private static final String CROSSES_OVER = "platform:cross_tenant";

    private final Bus bus;
    private final TenantDb db;
    private final InstantSource clock;

    UsageVerticle(Bus bus, TenantDb db, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.answer(UsageAddresses.GET, this::report);
    }

    /** What PostgreSQL says of a period. */
    private record Found(
            Totals totals,
            List<Step> series,
            @Nullable List<Group> breakdown,
            @Nullable Forecast forecast,
            UsageStore.Counts counts) {}

    private Future<UsageReport> report(GetUsage question, Origin origin) {
        TenantId tenant = new TenantId(question.tenantId());
        requireRight(tenant, origin.principal());
        Instant now = clock.instant();
        UsagePeriod period = period(question.period(), now);
        Origin there = new Origin(origin.principal().at(tenant), origin.trace(), origin.deadline());
        return db.inTransaction(tenant, connection -> find(connection, question, period, now))
                .compose(found -> bus.askHere(LogAddresses.HEAD, new GetTreeHead(), there)
                        .map(head -> new UsageReport(
                                tenant.value(),
                                new Period(period.from(), period.to()),
                                now,
                                found.totals(),
                                found.series(),
                                found.breakdown(),
                                found.forecast(),
                                reconciled(found.counts(), head))));
    }

    /** To others, the tenant does not exist. */
    private static void requireRight(TenantId tenant, Principal caller) {
        if (!tenant.equals(caller.tenant()) && !caller.scopes().contains(CROSSES_OVER)) {
            throw noSuchTenant();
        }
    }

    private static ProblemException noSuchTenant() {
        return new ProblemException(new Problem.NotFound("There is no tenant of this id."));
    }

    private static UsagePeriod period(@Nullable String text, Instant now) {
        return text == null
                ? UsagePeriod.monthOf(now)
                : UsagePeriod.parse(text).orElseThrow(() -> {
                    String detail = "must be a month or a day that there is, such as 2026-11 or 2026-11-24";
                    return new ProblemException(new Problem.InvalidRequest(
                            List.of(Violation.of("period", "wrong_format", detail)), detail));
                });
    }

    private Future<Found> find(SqlConnection connection, GetUsage question, UsagePeriod period, Instant now) {
        TenantId tenant = new TenantId(question.tenantId());
        return UsageStore.exists(connection, tenant)
                .compose(isThere ->
                        isThere ? UsageStore.totals(connection, tenant, period) : Future.failedFuture(noSuchTenant()))
                .compose(totals -> UsageStore.series(connection, tenant, period, question.granularity())
                        .compose(series -> breakdown(connection, question, period)
                                .compose(breakdown -> forecast(connection, question, totals, period, now)
                                        .compose(forecast -> UsageStore.counts(connection, tenant, period)
                                                .map(counts ->
                                                        new Found(totals, series, breakdown, forecast, counts))))));
    }

    private static Future<@Nullable List<Group>> breakdown(
            SqlConnection connection, GetUsage question, UsagePeriod period) {
        return question.groupBy().isEmpty()
                ? Future.succeededFuture()
                : UsageStore.groups(connection, new TenantId(question.tenantId()), period, question.groupBy())
                        .map(groups -> groups);
    }

    private static Future<@Nullable Forecast> forecast(
            SqlConnection connection, GetUsage question, Totals totals, UsagePeriod period, Instant now) {
        if (!question.withForecast() || !period.holds(now)) {
            return Future.succeededFuture();
        }
        TenantId tenant = new TenantId(question.tenantId());
        return UsageStore.first(connection, tenant, now)
                .map(first -> Projection.since(first, now))
                .compose(since -> UsageStore.totals(connection, tenant, new UsagePeriod(since, period.to()))
                        .map(lately -> new Forecast(Projection.end(
                                totals, lately, Duration.between(since, now), Duration.between(now, period.to())))));
    }

    private static Reconciliation reconciled(UsageStore.Counts counts, SignedHead head) {
        return new Reconciliation(
                counts.logged(), counts.logged() == counts.metered(), head.treeSize(), head.rootHash());
    }
}
