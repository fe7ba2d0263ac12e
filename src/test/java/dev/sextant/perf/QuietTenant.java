package dev.sextant.perf;

import dev.sextant.perf.Disturbance.Measured;
import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** A tenant that takes the same part of a core whatever the machine, by an open loop of queries. Blocks. */
final class QuietTenant {

    /** What it takes of the server. */
    private static final double CORES = 0.15;

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_PER_SECOND = 150;
    private static final int WARM_UP_SECONDS = 90;
    private static final int PROBES = 500;
    private static final int PROBES_PER_SECOND = 100;

    private final Subject subject;
    private final Customer customer;
    private final Supplier<List<String>> bodies;
    private final int requests;
    private final int perSecond;

    /**
     * Warms the server up, until its compiler has little left to do, whose threads would count as a disturbance; then finds
     * out what a query takes.
     *
     * @param bodies for one measurement
     * @param requests in one measurement: a hundredth of them are above the p99
     */
    QuietTenant(Subject subject, Customer customer, Supplier<List<String>> bodies, int requests) throws IOException {
        this.subject = subject;
        this.customer = customer;
        this.bodies = bodies;
        this.requests = requests;
        LoadProcess.run(plan(WARM_UP_PER_SECOND, WARM_UP_SECONDS));
        CpuClock cpu = new CpuClock();
        LoadReport probes = LoadProcess.run(plan(PROBES_PER_SECOND, PROBES / PROBES_PER_SECOND));
        this.perSecond = (int) Math.max(1, Math.round(CORES * 1_000_000 / cpu.microsFor(requests(probes))));
    }

    int perSecond() {
        return perSecond;
    }

    /** Of one measurement. */
    int seconds() {
        return Math.ceilDiv(requests, perSecond);
    }

    Measured measure() throws IOException {
        CpuClock cpu = new CpuClock();
        LoadReport report = LoadProcess.run(plan(perSecond, seconds()));
        return new Measured(report.phase("load"), cpu.microsFor(requests(report)) * perSecond / 1e6);
    }

    private static long requests(LoadReport report) {
        return report.phases().stream().mapToLong(LoadReport.Phase::requests).sum();
    }

    private LoadPlan plan(int perSecond, int seconds) {
        return new LoadPlan(
                subject.port(),
                Shape.QUERY_PATH,
                List.of(customer.key()),
                bodies.get(),
                CONNECTIONS,
                "",
                List.of(
                        new Phase("warm-up", perSecond, 1_000, 0),
                        new Phase("load", perSecond * seconds, seconds * 1000, 0)));
    }
}
