package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Holds every frame that a test gets against the contract. */
public final class FrameValidator {

    private final Schema frame = Contract.read().schema("StreamServerFrame");

    public void check(String text) {
        try {
            assertThat(frame.validate(Json.tree(text.getBytes(StandardCharsets.UTF_8))))
                    .as("violations of the contract in %s", text)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
