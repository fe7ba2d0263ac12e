package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** A server whose answers are judged. */
public interface QueryServer {

    /** An answer, whatever it is. */
    record Reply(int status, JsonNode body) {}

    /** Has from now on these events and no others. */
    void load(Schema schema, List<Event> events);

    Reply ask(JsonNode query);

    /** By the server's clock. */
    Instant now();
}
