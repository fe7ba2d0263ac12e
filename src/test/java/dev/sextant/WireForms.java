package dev.sextant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Json;
import java.nio.charset.StandardCharsets;

/** Pins what goes over the bus. */
public final class WireForms {

    private WireForms() {}

    /** The message is written as {@code form}, and read from it again. */
    public static void assertForm(Record message, String form) {
        assertThat(new String(Json.write(message), StandardCharsets.UTF_8)).isEqualTo(form);
        assertThat(Json.read(form.getBytes(StandardCharsets.UTF_8), message.getClass()))
                .isEqualTo(message);
    }
}
