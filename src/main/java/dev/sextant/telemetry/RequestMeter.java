package dev.sextant.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times the requests of one operation, by class of status: {@code sextant_http_requests_seconds}. */
public final class RequestMeter {

    private static final int CLASSES = 6;

    private final Timer[] classToTimer = new Timer[CLASSES];

    RequestMeter(MeterRegistry registry, String operation) {
        for (int statusClass = 1; statusClass < CLASSES; statusClass++) {
            classToTimer[statusClass] = Timer.builder("sextant.http.requests")
                    .description("Requests, from the first byte in to the last byte out")
                    .tag("operation", operation)
                    .tag("status", statusClass + "xx")
                    .serviceLevelObjectives(
                            Duration.ofMillis(1),
                            Duration.ofMillis(5),
                            Duration.ofMillis(25),
                            Duration.ofMillis(100),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(2))
                    .register(registry);
        }
    }

    /** Notes a request that ended with a status from 100 to 599. */
    public void record(int status, long nanos) {
        classToTimer[status / 100].record(nanos, TimeUnit.NANOSECONDS);
    }
}
