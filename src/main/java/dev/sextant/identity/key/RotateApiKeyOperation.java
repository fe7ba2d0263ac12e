package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code POST /api/v2/api-keys/{id}/rotate} */
record RotateApiKeyOperation(Bus bus) implements Operation {

    private static final Duration OVERLAP_MAX = Duration.ofDays(30);

    @Override
    public String operationId() {
        return "rotateApiKey";
    }

    @Override
    public Future<Reply> handle(Call call) {
        long overlapMillis = millis(call.body().tree().path("overlap").textValue());
        return bus.askHere(KeyAddresses.ROTATE, new RotateKey(call.params().text("id"), overlapMillis), call.origin())
                .map(rotated -> new Reply.Value(200, Map.of("cache-control", "no-store"), rotated));
    }

    /** @param text a whole number with a unit, as the contract says */
    private static long millis(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        Duration overlap = switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        if (overlap.compareTo(OVERLAP_MAX) > 0) {
            Violation violation = Violation.at("/overlap", "out_of_range", "must be at most 30d");
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(violation), "An overlap lasts at most 30 days."));
        }
        return overlap.toMillis();
    }
}
