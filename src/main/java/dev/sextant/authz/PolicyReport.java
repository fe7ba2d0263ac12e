package dev.sextant.authz;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as callers see it: what they wrote, and how it stands.
 *
 * @param version grows with each change, from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyReport(
        String id,
        String name,
        PolicyDocument.Effect effect,
        List<String> roles,
        List<String> resources,
        List<String> actions,
        @Nullable JsonNode rows,
        PolicyDocument.@Nullable Columns columns,
        PolicyDocument.@Nullable Measures measures,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    PolicyReport {
        roles = List.copyOf(roles);
        resources = List.copyOf(resources);
        actions = List.copyOf(actions);
    }

    /** How a policy stands. */
    record Standing(String id, int version, Instant createdAt, Instant updatedAt) {

        PolicyReport of(PolicyDocument document) {
            return new PolicyReport(
                    id,
                    document.name(),
                    document.effect(),
                    document.roles(),
                    document.resources(),
                    document.actions(),
                    document.rows(),
                    document.columns(),
                    document.measures(),
                    version,
                    createdAt,
                    updatedAt);
        }
    }

    PolicyDocument document() {
        return new PolicyDocument(name, effect, roles, resources, actions, rows, columns, measures);
    }
}
