package dev.sextant.scaling;

import dev.sextant.engine.Share;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.scaling.ScaleReport.CapacityCheck;
import dev.sextant.scaling.ScaleReport.Nodes;
import dev.sextant.scaling.ScaleReport.Plan;
import dev.sextant.scaling.ScaleReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds a wish against what there is. Pure. */
final class ScalePlan {

    /** Nodes hear of a change within this. */
    private static final int SPREAD_SECONDS = 1;

    private ScalePlan() {}

    /** @throws ProblemException {@code Unprocessable} where there is not so much */
    static Plan of(Target present, Target wanted, Capacities capacities, int nodes) {
        List<Violation> missing = new ArrayList<>();
        int headroom = 100;
        headroom =
                Math.min(headroom, left("query_concurrency", wanted.queryConcurrency(), capacities.queries(), missing));
        headroom = Math.min(headroom, left("ingest_eps", wanted.ingestEps(), capacities.ingestEps(), missing));
        headroom =
                Math.min(headroom, left("push_connections", wanted.pushConnections(), capacities.sockets(), missing));
        if (wanted.replicas() != null && wanted.replicas() > nodes) {
            missing.add(Violation.at(
                    "/target/replicas",
                    "insufficient_capacity",
                    "needs %d nodes; there are %d, each of which answers every tenant"
                            .formatted(wanted.replicas(), nodes)));
        }
        if (!missing.isEmpty()) {
            throw new ProblemException(new Problem.Unprocessable(
                    Reason.INSUFFICIENT_CAPACITY, missing, "There is not so much: errors tell what would be needed."));
        }
        return new Plan(new Nodes(nodes, nodes), steps(present, wanted), new CapacityCheck(true, headroom));
    }

    private static int left(String name, @Nullable Integer wanted, int most, List<Violation> missing) {
        if (wanted == null) {
            return 100;
        }
        if (wanted > most) {
            missing.add(Violation.at(
                    "/target/" + name,
                    "insufficient_capacity",
                    "needs %d; a node has %d for one tenant".formatted(wanted, most)));
        }
        return (int) (100L * (most - wanted) / most);
    }

    private static List<Step> steps(Target present, Target wanted) {
        List<Step> steps = new ArrayList<>();
        step(steps, "set_query_concurrency", present.queryConcurrency(), wanted.queryConcurrency());
        step(steps, "set_ingest_share", present.ingestEps(), wanted.ingestEps());
        step(steps, "set_push_connections", present.pushConnections(), wanted.pushConnections());
        return List.copyOf(steps);
    }

    private static void step(List<Step> steps, String action, @Nullable Integer from, @Nullable Integer to) {
        if (!Objects.equals(from, to)) {
            steps.add(new Step(action, from, to, SPREAD_SECONDS));
        }
    }

    /** What the engine is told. */
    static Share share(Target target, Capacities capacities) {
        int queries = target.queryConcurrency() == null ? capacities.queriesUsual() : target.queryConcurrency();
        int eps = target.ingestEps() == null ? capacities.ingestEpsUsual() : target.ingestEps();
        return new Share(
                queries,
                weight((double) queries / capacities.queriesUsual()),
                weight((double) eps / capacities.ingestEpsUsual()));
    }

    private static double weight(double weight) {
        return Math.clamp(weight, 0.01, 100);
    }
}
