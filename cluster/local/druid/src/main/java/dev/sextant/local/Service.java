package dev.sextant.local;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.servlet.GuiceFilter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.druid.cli.CliBroker;
import org.apache.druid.cli.CliCoordinator;
import org.apache.druid.cli.CliHistorical;
import org.apache.druid.cli.CliIndexer;
import org.apache.druid.cli.ServerRunnable;
import org.apache.druid.discovery.NodeRole;
import org.apache.druid.guice.StartupInjectorBuilder;
import org.apache.druid.guice.annotations.RemoteChatHandler;
import org.apache.druid.java.util.common.lifecycle.Lifecycle;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** Druid's services, each with an injector and properties of its own. */
enum Service {
    COORDINATOR(Coordinator::new),
    HISTORICAL(Historical::new),
    INDEXER(Indexer::new),
    BROKER(Broker::new);

    /** Injectors are made one after the other: guice-servlet keeps a pipeline for the whole class loader. */
    private static final Object INJECTORS = new Object();

    private final Function<Runnable, ServerRunnable> command;

    Service(Function<Runnable, ServerRunnable> command) {
        this.command = command;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns when it runs. */
    void start(ServiceProperties properties) {
        CountDownLatch running = new CountDownLatch(1);
        ServerRunnable service = command.apply(running::countDown);
        synchronized (INJECTORS) {
            new StartupInjectorBuilder()
                    .withProperties(properties.of(text()))
                    .withExtensions()
                    .build()
                    .injectMembers(service);
        }
        Thread thread = Thread.ofPlatform().daemon().name(text()).start(() -> {
            service.run();
            running.countDown();
        });
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!thread.isAlive()) {
            throw new IllegalStateException("Druid's " + text() + " did not start; its log says why");
        }
    }

    private static Injector injector(Supplier<Injector> maker) {
        synchronized (INJECTORS) {
            return maker.get();
        }
    }

    /**
     * Gives the service's server a filter of its own. Druid adds guice-servlet's by its class, and so with the pipeline
     * of the injector that was made last: every port would serve what the broker serves.
     */
    private static void separate(Injector injector) {
        // The indexer's server is the chat handler's; to ask for the plain one would bind its port twice.
        Key<Server> chat = Key.get(Server.class, RemoteChatHandler.class);
        Server server = injector.getInstance(
                injector.getExistingBinding(chat) == null ? Key.get(Server.class) : chat);
        for (Handler handler : server.getChildHandlersByClass(ServletContextHandler.class)) {
            for (FilterHolder filter :
                    ((ServletContextHandler) handler).getServletHandler().getFilters()) {
                if (filter.getHeldClass() == GuiceFilter.class) {
                    filter.setFilter(injector.getInstance(GuiceFilter.class));
                }
            }
        }
    }

    private static Lifecycle lifecycle(Injector injector, Function<Injector, Lifecycle> starter, Runnable running) {
        separate(injector);
        Lifecycle lifecycle = starter.apply(injector);
        running.run();
        return lifecycle;
    }

    private static final class Coordinator extends CliCoordinator {
        private final Runnable running;

        Coordinator(Runnable running) {
            this.running = running;
        }

        @Override
        public Injector makeInjector(Set<NodeRole> roles) {
            return injector(() -> super.makeInjector(roles));
        }

        @Override
        public Lifecycle initLifecycle(Injector injector) {
            return lifecycle(injector, super::initLifecycle, running);
        }
    }

    private static final class Historical extends CliHistorical {
        private final Runnable running;

        Historical(Runnable running) {
            this.running = running;
        }

        @Override
        public Injector makeInjector(Set<NodeRole> roles) {
            return injector(() -> super.makeInjector(roles));
        }

        @Override
        public Lifecycle initLifecycle(Injector injector) {
            return lifecycle(injector, super::initLifecycle, running);
        }
    }

    private static final class Indexer extends CliIndexer {
        private final Runnable running;

        Indexer(Runnable running) {
            this.running = running;
        }

        @Override
        public Injector makeInjector(Set<NodeRole> roles) {
            return injector(() -> super.makeInjector(roles));
        }

        @Override
        public Lifecycle initLifecycle(Injector injector) {
            return lifecycle(injector, super::initLifecycle, running);
        }
    }

    private static final class Broker extends CliBroker {
        private final Runnable running;

        Broker(Runnable running) {
            this.running = running;
        }

        @Override
        public Injector makeInjector(Set<NodeRole> roles) {
            return injector(() -> super.makeInjector(roles));
        }

        @Override
        public Lifecycle initLifecycle(Injector injector) {
            return lifecycle(injector, super::initLifecycle, running);
        }
    }
}
