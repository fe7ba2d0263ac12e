package dev.sextant.perf;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.perf.Subject.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The tenants of a data folder, the first with the most events; loaded once and then remembered. Blocks. */
final class ShopTenants {

    private static final int SENDERS = 4;

    private record Known(String tenant, String key) {
        Customer customer() {
            return new Customer(new TenantId(tenant), key);
        }
    }

    private record Kept(List<Known> tenants) {}

    private ShopTenants() {}

    /** Those of the folder; loads them where there are none. */
    static List<Customer> of(Path data, QueriesParameters parameters)
            throws IOException, InterruptedException, ExecutionException {
        Path file = data.resolve("perf-tenants.json");
        if (!Files.exists(file)) {
            List<Known> loaded = new ArrayList<>();
            try (Subject subject = Subject.start(data)) {
                load(subject, parameters)
                        .forEach(customer ->
                                loaded.add(new Known(customer.tenant().value(), customer.key())));
            }
            Files.write(file, Json.write(new Kept(loaded)));
        }
        return Json.read(Files.readAllBytes(file), Kept.class).tenants().stream()
                .map(Known::customer)
                .toList();
    }

    private static List<Customer> load(Subject subject, QueriesParameters parameters)
            throws IOException, InterruptedException, ExecutionException {
        List<Customer> customers = new ArrayList<>();
        int[] shares = ShopEvents.shares(parameters.events(), parameters.tenants());
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < shares.length; i++) {
                Customer customer = subject.newCustomer("shop " + i, ShopEvents.DATASET, ShopEvents.MODEL);
                customers.add(customer);
                ShopEvents events = ShopEvents.history(i);
                int share = shares[i];
                sent.add(senders.submit(() -> {
                    send(subject, customer, events, share);
                    return null;
                }));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
        return customers;
    }

    private static void send(Subject subject, Customer customer, ShopEvents events, int count)
            throws IOException, InterruptedException {
        for (int left = count; left > 0; left -= Subject.EVENTS_PER_BODY) {
            subject.send(customer, ShopEvents.DATASET, events.lines(Math.min(left, Subject.EVENTS_PER_BODY)));
        }
    }
}
