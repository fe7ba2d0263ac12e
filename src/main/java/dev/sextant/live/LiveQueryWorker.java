package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.ingest.EventsAccepted;
import dev.sextant.ingest.IngestAddresses;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.live.LiveKey.Place;
import dev.sextant.query.cache.DataVersions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has one of each different live query that somebody looks at on this node, and tells them when data came. Among several nodes
 * one evaluates it, and the others follow that one; where it cannot be reached, or is another one, this node goes on by itself,
 * or follows the new one, and those who look are told all anew.
 */
final class LiveQueryWorker extends VerticleBase {

    private static final long TICK_MILLIS = 1000;

    /** A node that follows and has not asked for so long is gone. */
    private static final long FOLLOWS_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** So long a live query is evaluated here after the node that should do so could not be reached. */
    private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What it works with. */
    record Parts(Bus bus, Questions questions, LiveRun run, LiveConfig config, DataVersions versions, Owners owners) {}

    /** Where a node that follows sits. */
    private record Follower(LiveId id, String place) {}

    private final Parts parts;
    private final LiveVoice voice;
    private final LiveBook book;
    private final Documents documents = new Documents();
    private final Map<Follower, Long> followerToSeenNanos = new HashMap<>();
    private final Map<LiveKey, Long> keyToAloneUntilNanos = new HashMap<>();
    private final Map<Place, Long> placeToVersion = new HashMap<>();
    private long lastNumber;

    LiveQueryWorker(Parts parts) {
        this.parts = parts;
        this.voice = new LiveVoice(parts.bus(), parts.run());
        this.book = new LiveBook(parts.config());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        List<Future<Void>> ready = new ArrayList<>(List.of(
                parts.bus().answer(LiveAddresses.SUBSCRIBE, this::subscribe),
                parts.bus().answer(LiveAddresses.UNSUBSCRIBE, this::unsubscribe),
                parts.bus().subscribe(IngestAddresses.ACCEPTED, this::accepted)));
        String self = parts.owners().self();
        if (!self.isEmpty()) {
            ready.add(parts.bus().answerNodes(LiveAddresses.fetch(self), this::fetch));
            ready.add(parts.bus().answerNodes(LiveAddresses.fetchPart(self), (wish, _) -> part(wish)));
            ready.add(parts.bus().subscribe(LiveAddresses.moved(self), (moved, _) -> moved(moved)));
        }
        return Future.all(ready);
    }

    @Override
    public Future<?> stop() {
        book.all().forEach(Watched::end);
        return Future.succeededFuture();
    }

    private Future<Subscribed> subscribe(Subscribe question, Origin origin) {
        return parts.questions()
                .read(question.question(), origin)
                .compose(key -> watched(key, question.question())
                        .subscribe(question.seat(), question.hz(), question.resume())
                        .recover(failure -> again(key, question, failure)));
    }

    /** Where the node that evaluates it cannot be asked, this one does. */
    private Future<Subscribed> again(LiveKey key, Subscribe question, Throwable failure) {
        boolean isWay = failure instanceof ProblemException known && Relay.isOfWay(known.problem());
        if (!isWay || ownerOf(key).isEmpty()) {
            return Future.failedFuture(failure);
        }
        goAlone(key);
        if (book.find(key) instanceof Relay relay) {
            takeOver(relay);
        }
        return watched(key, question.question()).subscribe(question.seat(), question.hz(), question.resume());
    }

    private Watched watched(LiveKey key, LiveQuestion question) {
        Watched known = book.find(key);
        return known == null ? begin(key, question, ownerOf(key)) : known;
    }

    private Watched begin(LiveKey key, LiveQuestion question, Optional<String> owner) {
        book.requireRoom(key.tenant());
        LiveId id = new LiveId(++lastNumber);
        Watched made = owner.isPresent()
                ? relay(new Relay.Subject(id, key, question), owner.get(), new Audience(), null)
                : evaluation(id, key, new Audience());
        book.add(made, question);
        known(key.place()).ifPresent(version -> placeToVersion.putIfAbsent(key.place(), version));
        return made;
    }

    private Evaluation evaluation(LiveId id, LiveKey key, Audience audience) {
        return new Evaluation(
                id, key, audience, new Evaluation.Parts(vertx, parts.run(), voice, parts.config()), book::remove);
    }

    private Relay relay(Relay.Subject subject, String owner, Audience audience, @Nullable Resume told) {
        Wire wire = new Wire(parts.bus(), parts.owners().self());
        return new Relay(
                subject, owner, audience, told, new Relay.Parts(wire, parts.run(), voice, this::lost, book::remove));
    }

    /** The other node that evaluates it; empty where this one is to do so. */
    private Optional<String> ownerOf(LiveKey key) {
        Long aloneUntil = keyToAloneUntilNanos.get(key);
        return aloneUntil != null && System.nanoTime() - aloneUntil < 0
                ? Optional.empty()
                : parts.owners()
                        .ownerOf(key.lease())
                        .filter(owner -> !owner.equals(parts.owners().self()));
    }

    private void goAlone(LiveKey key) {
        keyToAloneUntilNanos.put(key, System.nanoTime() + ALONE_NANOS);
    }

    private void lost(Relay relay) {
        goAlone(relay.key());
        takeOver(relay);
    }

    private void takeOver(Relay relay) {
        relay.yieldPlace();
        Evaluation here = evaluation(relay.id(), relay.key(), relay.audience());
        book.replace(here);
        here.tellAllAnew();
    }

    private Future<Unsubscribed> unsubscribe(Unsubscribe question, Origin origin) {
        Watched watched = book.find(question.id());
        if (watched != null) {
            watched.unsubscribe(question.seat());
        }
        return Future.succeededFuture(new Unsubscribed());
    }

    private Future<Fetched> fetch(Fetch wish, Origin origin) {
        return parts.questions().read(wish.asked(), origin).compose(key -> {
            Watched known = book.find(key);
            Watched here = known == null ? begin(key, wish.asked(), Optional.empty()) : known;
            if (here instanceof Relay) {
                return ProblemException.failed(
                        new Problem.Unavailable("live", "Another node evaluates this live query."));
            }
            Seat seat = wish.seat();
            followerToSeenNanos.put(new Follower(here.id(), seat.place()), System.nanoTime());
            return here.subscribe(seat, wish.hz(), wish.resume())
                    .map(subscribed ->
                            documents.begin(LivePage.of(subscribed.start()).bytes()));
        });
    }

    private Future<FetchedPart> part(FetchPart wish) {
        return Future.succeededFuture(documents.part(wish));
    }

    private void moved(Moved moved) {
        if (book.find(new LiveId(moved.number())) instanceof Relay relay) {
            relay.pull();
        }
    }

    private void accepted(EventsAccepted event, Origin origin) {
        Place place = new Place(origin.tenant(), event.dataset());
        List<Watched> there = book.at(place);
        if (!there.isEmpty()) {
            placeToVersion.merge(place, event.dataVersion(), Math::max);
            there.forEach(Watched::hear);
        }
    }

    private void tick() {
        catchUp();
        forgetFollowers();
        long now = System.nanoTime();
        keyToAloneUntilNanos.values().removeIf(until -> now - until >= 0);
        for (Watched watched : book.all()) {
            switch (watched) {
                case Relay relay -> keepUp(relay);
                case Evaluation evaluation -> giveAway(evaluation);
            }
        }
    }

    /** Announcements get lost; what the engine has told does not. */
    private void catchUp() {
        placeToVersion.keySet().retainAll(book.places());
        for (Place place : book.places()) {
            known(place).ifPresent(version -> {
                Long heard = placeToVersion.put(place, version);
                if (heard == null || heard < version) {
                    book.at(place).forEach(Watched::hear);
                }
            });
        }
    }

    private Optional<Long> known(Place place) {
        return parts.versions().known(place.tenant(), place.dataset()).map(state -> state.dataVersion());
    }

    private void forgetFollowers() {
        long now = System.nanoTime();
        followerToSeenNanos.entrySet().removeIf(entry -> {
            boolean isGone = now - entry.getValue() > FOLLOWS_NANOS;
            Watched watched = isGone ? book.find(entry.getKey().id()) : null;
            if (watched != null) {
                watched.abandon(entry.getKey().place());
            }
            return isGone;
        });
    }

    private void keepUp(Relay relay) {
        Optional<String> owner = ownerOf(relay.key());
        if (owner.isEmpty()) {
            takeOver(relay);
        } else if (owner.get().equals(relay.owner())) {
            relay.pull();
        } else {
            relay.yieldPlace();
            follow(relay, owner.get(), relay.told());
        }
    }

    /** Where it is another node's now. Those who follow find that out by themselves. */
    private void giveAway(Evaluation evaluation) {
        Optional<String> owner = ownerOf(evaluation.key());
        if (owner.isPresent() && evaluation.isQuiet()) {
            evaluation.audience().places().stream()
                    .filter(LiveAddresses::isFollower)
                    .forEach(evaluation.audience()::leave);
            if (evaluation.audience().isEmpty()) {
                evaluation.end();
            } else {
                evaluation.yieldPlace();
                follow(evaluation, owner.get(), evaluation.told());
            }
        }
    }

    private void follow(Watched before, String owner, @Nullable Resume told) {
        Relay.Subject subject = new Relay.Subject(before.id(), before.key(), book.question(before));
        Relay next = relay(subject, owner, before.audience(), told);
        book.replace(next);
        next.pull();
    }
}
