package dev.sextant.rollups.advice;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.log.Counts;
import dev.sextant.query.log.LoggedShape;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.rollups.advice.RollupAdvice.Log;
import dev.sextant.rollups.advice.RollupAdvice.Other;
import dev.sextant.rollups.advice.Selection.Chosen;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says which rollups a dataset's queries would gain from. One at a time: it has the engine count. */
final class AdviceWorker extends VerticleBase {

    /** Those for which most rows were read. */
    private static final int DEMANDS_MAX = 200;

    private static final int OTHERS_MAX = 50;

    /** Besides as many as are to be advised: rollups whose rows are counted. */
    private static final int COUNTED_MAX = 4;

    /** What is known of a dataset, its log read. */
    private record Matter(
            AdviseRollups question,
            Dataset dataset,
            DatasetState state,
            LocalDate since,
            Counts all,
            int shapes,
            List<Demand> demands) {

        Optional<String> rollupFor(Demand demand) {
            RollupChoice choice =
                    RollupChoice.of(demand.query(), dataset.model(), dataset.rollups(), state.rollupToRows());
            return Optional.ofNullable(choice.served())
                    .map(served -> served.rollup().name());
        }

        /** What reads the events, and would not if it were asked today. */
        List<Demand> open() {
            return demands.stream()
                    .filter(demand ->
                            demand.counts().scans() > 0 && rollupFor(demand).isEmpty())
                    .toList();
        }
    }

    private final Bus bus;
    private final AdviceFeature.Ground ground;
    private final InstantSource clock;

    AdviceWorker(Bus bus, AdviceFeature.Ground ground, InstantSource clock) {
        this.bus = bus;
        this.ground = ground;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.answer(AdviceAddresses.ADVISE, this::advise);
    }

    private Future<RollupAdvice> advise(AdviseRollups question, Origin origin) {
        Optional<Problem> refusal = ground.engine().noRollups();
        if (refusal.isPresent()) {
            return ProblemException.failed(refusal.get());
        }
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(question.days() - 1L);
        return ground.catalog()
                .findUnveiled(origin.principal(), question.dataset())
                .compose(dataset -> ground.engine()
                        .state(origin.tenant(), dataset.name())
                        .compose(state -> ground.logged()
                                .since(origin.tenant(), dataset.name(), since)
                                .map(logged -> matter(question, dataset, state, since, logged))))
                .compose(matter -> advise(matter, origin));
    }

    private static Matter matter(
            AdviseRollups question, Dataset dataset, DatasetState state, LocalDate since, List<LoggedShape> logged) {
        return new Matter(
                question,
                dataset,
                state,
                since,
                logged.stream().map(LoggedShape::counts).reduce(Counts.NONE, Counts::plus),
                logged.size(),
                logged.stream()
                        .limit(DEMANDS_MAX)
                        .map(shape -> Demand.of(shape, dataset.name()))
                        .toList());
    }

    private Future<RollupAdvice> advise(Matter matter, Origin origin) {
        List<Demand> open = matter.open();
        Sizes sizes = new Sizes(ground.engine(), ground.compiler(), origin.tenant(), matter.dataset(), matter.state());
        return sizes.bounds(Candidates.of(open, matter.dataset().model()))
                .compose(bounds -> sizes.counted(promising(matter, open, bounds)))
                .map(sized -> new Selection(open, sized, matter.dataset().model())
                        .choose(matter.question().limit()))
                .map(chosen -> report(matter, chosen));
    }

    /** Those that would be chosen by the bounds, and the first few, which answer what most rows were read for. */
    private static List<Sized> promising(Matter matter, List<Demand> open, List<Sized> bounds) {
        Stream<Sized> chosen = new Selection(open, bounds, matter.dataset().model())
                .choose(matter.question().limit()).stream().map(Chosen::sized);
        return Stream.concat(chosen, bounds.stream().limit(COUNTED_MAX))
                .distinct()
                .toList();
    }

    private static RollupAdvice report(Matter matter, List<Chosen> chosen) {
        Writing writing = new Writing(matter.dataset(), matter.all());
        Set<Demand> helped = new HashSet<>();
        chosen.forEach(one -> helped.addAll(one.demands()));
        Counts all = matter.all();
        return new RollupAdvice(
                matter.dataset().name(),
                matter.since().toString(),
                matter.state().rows(),
                new Log(
                        matter.shapes(),
                        all.asked(),
                        all.scans(),
                        all.scannedRows(),
                        all.rollupReads(),
                        Writing.millis(all)),
                chosen.stream().map(writing::advised).toList(),
                matter.demands().stream()
                        .filter(demand -> !helped.contains(demand))
                        .limit(OTHERS_MAX)
                        .map(demand -> other(matter, demand))
                        .toList());
    }

    private static Other other(Matter matter, Demand demand) {
        Counts counts = demand.counts();
        return new Other(demand.shape(), counts.asked(), counts.scans(), counts.scannedRows(), reason(matter, demand));
    }

    private static String reason(Matter matter, Demand demand) {
        Optional<String> rollup = matter.rollupFor(demand);
        if (rollup.isPresent()) {
            return "The rollup '%s' answers it already.".formatted(rollup.get());
        }
        if (demand.counts().scans() == 0) {
            return "No events were read for it.";
        }
        return switch (Need.of(demand, matter.dataset().model())) {
            case Need.Unable(String reason) -> reason;
            case Need.Able _ -> "It would have too many rows for how often it would be read.";
        };
    }
}
