package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Principal;

/**
 * A query to be run where nobody waits.
 *
 * @param question its body
 * @param dataset that it is about
 * @param principal on whose behalf, now and after a restart
 */
record Submission(String id, String queryId, Principal principal, JsonNode question, String dataset, long estMillis) {}
