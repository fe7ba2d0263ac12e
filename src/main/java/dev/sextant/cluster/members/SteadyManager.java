package dev.sextant.cluster.members;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Vert.x asks who listens where, kept whole: what this node has registered is there again soon after it got lost.
 *
 * <p>When a part of the network was away, those on either side have taken the others' registrations out of the shared map; when
 * the parts merge, Hazelcast keeps the map of the larger one and drops the other. Vert.x puts back what is its own once, and
 * where that fails, or somebody who noticed late takes it out after, nobody hears of this node any more (eclipse-vertx/vert.x
 * issue 4394). So it is looked after now and then, on both ends: what this node offers, and where it believes the others.
 */
final class SteadyManager extends HazelcastClusterManager {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyManager.class);

    private final Map<String, Set<RegistrationInfo>> addressToOwn = new ConcurrentHashMap<>();

    /** Where this node has sent something: Vert.x remembers who listens there. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private @Nullable RegistrationListener listener;

    SteadyManager(HazelcastInstance hazelcast) {
        super(hazelcast);
    }

    @Override
    public void registrationListener(RegistrationListener heard) {
        listener = heard;
        super.registrationListener(heard);
    }

    @Override
    public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
        if (!info.localOnly()) {
            addressToOwn
                    .computeIfAbsent(address, _ -> ConcurrentHashMap.newKeySet())
                    .add(info);
        }
        super.addRegistration(address, info, promise);
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
        addressToOwn.computeIfPresent(address, (_, own) -> {
            own.remove(info);
            return own.isEmpty() ? null : own;
        });
        super.removeRegistration(address, info, promise);
    }

    @Override
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
        asked.add(address);
        super.getRegistrations(address, promise);
    }

    /** Puts back what this node has registered and is not there. To be called often; does not wait. */
    void putBack() {
        if (!isActive()) {
            return;
        }
        addressToOwn.forEach((address, own) -> super.getRegistrations(address, (found, failure) -> {
            if (failure == null) {
                own.stream().filter(info -> !found.contains(info)).forEach(info -> putBack(address, info));
            }
        }));
        super.getNodeInfo(getNodeId(), (_, failure) -> {
            if (failure != null && isActive()) {
                super.setNodeInfo(getNodeInfo(), SteadyManager::ignore);
            }
        });
    }

    private void putBack(String address, RegistrationInfo info) {
        LOG.info("Nobody knew any more that this node listens at address[{}]; it is told again", address);
        super.addRegistration(address, info, (_, _) -> {
            if (!addressToOwn.getOrDefault(address, Set.of()).contains(info)) { // it was given up meanwhile
                super.removeRegistration(address, info, SteadyManager::ignore);
            }
        });
    }

    /** Tells Vert.x anew who listens where this node sends to. For the time after members came or went. */
    void lookAgain() {
        RegistrationListener told = listener;
        if (!isActive() || told == null) {
            return;
        }
        asked.removeIf(address -> !told.wantsUpdatesFor(address));
        asked.forEach(address -> super.getRegistrations(address, (found, failure) -> {
            if (failure == null) {
                told.registrationsUpdated(new RegistrationUpdateEvent(address, found));
            }
        }));
    }

    private static void ignore(@Nullable Void result, @Nullable Throwable failure) {}
}
