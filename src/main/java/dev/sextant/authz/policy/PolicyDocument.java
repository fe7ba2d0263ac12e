package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.ColumnRule.Mask;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A policy as callers write it.
 *
 * @param roles for which it is, one at least
 * @param resources patterns: see {@link Resources}
 * @param rows a filter as queries have it: of an allowance, the events that its roles see; of a denial, those they do not see
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyDocument(
        String name,
        Effect effect,
        List<String> roles,
        List<String> resources,
        List<String> actions,
        @Nullable JsonNode rows,
        @Nullable Columns columns,
        @Nullable Measures measures) {

    /** On the wire in lower case. */
    public enum Effect {
        ALLOW,
        DENY;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Fields that are not there, and such as are not shown as they are. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Columns(
            @Nullable List<String> hide, @Nullable List<FieldMask> mask) {

        public List<String> hidden() {
            return hide == null ? List.of() : hide;
        }

        public List<FieldMask> masked() {
            return mask == null ? List.of() : mask;
        }
    }

    public record FieldMask(String field, Mask with) {}

    /** Named measures, and built-in metrics, that may not be asked for. */
    public record Measures(List<String> deny) {
        public Measures {
            deny = List.copyOf(deny);
        }
    }

    public PolicyDocument {
        rows = rows == null || rows.isNull() ? null : rows;
        roles = List.copyOf(roles);
        resources = List.copyOf(resources);
        actions = List.copyOf(actions);
    }

    /** Whether it denies all that its resources are, and not only some rows, fields or measures. */
    boolean deniesAll() {
        return effect == Effect.DENY && rows == null && columns == null && measures == null;
    }
}
