package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.ingest.EventsAccepted;
import dev.sextant.ingest.IngestAddresses;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.live.LiveKey.Place;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps one evaluation for each different live query of the node, and tells them when data came. */
final class LiveQueryWorker extends VerticleBase {

    private final Bus bus;
    private final Questions questions;
    private final LiveRun run;
    private final LiveConfig config;
    private final Map<LiveKey, Evaluation> keyToEvaluation = new HashMap<>();
    private final Map<LiveId, Evaluation> idToEvaluation = new HashMap<>();
    private final Map<Place, Set<Evaluation>> placeToEvaluations = new HashMap<>();
    private final Map<TenantId, Integer> tenantToCount = new HashMap<>();
    private long lastNumber;

    LiveQueryWorker(Bus bus, Questions questions, LiveRun run, LiveConfig config) {
        this.bus = bus;
        this.questions = questions;
        this.run = run;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(LiveAddresses.SUBSCRIBE, this::subscribe),
                bus.answer(LiveAddresses.UNSUBSCRIBE, this::unsubscribe),
                bus.subscribe(IngestAddresses.ACCEPTED, this::accepted));
    }

    @Override
    public Future<?> stop() {
        List.copyOf(idToEvaluation.values()).forEach(Evaluation::end);
        return Future.succeededFuture();
    }

    private Future<Subscribed> subscribe(Subscribe question, Origin origin) {
        return questions
                .read(question.question(), origin)
                .compose(key -> evaluation(key).subscribe(question.seat(), question.hz(), question.resume()));
    }

    private Evaluation evaluation(LiveKey key) {
        Evaluation known = keyToEvaluation.get(key);
        return known == null ? begin(key) : known;
    }

    private Evaluation begin(LiveKey key) {
        requireRoom(keyToEvaluation.size(), config.queriesMax(), "live.queries_max");
        int ofTenant = tenantToCount.getOrDefault(key.tenant(), 0);
        requireRoom(ofTenant, config.queriesPerTenantMax(), "live.queries_per_tenant_max");
        Evaluation.Parts parts = new Evaluation.Parts(vertx, run, new LiveVoice(bus, run), config);
        Evaluation made = new Evaluation(new LiveId(++lastNumber), key, parts, this::forget);
        keyToEvaluation.put(key, made);
        idToEvaluation.put(made.id(), made);
        placeToEvaluations
                .computeIfAbsent(key.place(), _ -> new LinkedHashSet<>())
                .add(made);
        tenantToCount.merge(key.tenant(), 1, Integer::sum);
        return made;
    }

    private static void requireRoom(int there, int max, String limit) {
        if (there >= max) {
            throw new ProblemException(new Problem.LimitExceeded(
                    limit, max, "There are %d different live queries already, and no more may be.".formatted(max)));
        }
    }

    private void forget(Evaluation over) {
        LiveKey key = over.key();
        keyToEvaluation.remove(key);
        idToEvaluation.remove(over.id());
        placeToEvaluations.computeIfPresent(key.place(), (_, there) -> {
            there.remove(over);
            return there.isEmpty() ? null : there;
        });
        tenantToCount.computeIfPresent(key.tenant(), (_, count) -> count == 1 ? null : count - 1);
    }

    private Future<Unsubscribed> unsubscribe(Unsubscribe question, Origin origin) {
        Evaluation evaluation = idToEvaluation.get(question.id());
        if (evaluation != null) {
            evaluation.unsubscribe(question.seat());
        }
        return Future.succeededFuture(new Unsubscribed());
    }

    private void accepted(EventsAccepted event, Origin origin) {
        placeToEvaluations
                .getOrDefault(new Place(origin.tenant(), event.dataset()), Set.of())
                .forEach(Evaluation::hear);
    }
}
