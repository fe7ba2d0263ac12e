package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are not there, or not as they are, and measures that may not be asked for.
 *
 * @param resources patterns of datasets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnRule(
        @Nullable String by, List<String> resources, List<String> hide, List<Masked> mask, List<String> measures) {

    /** What stands in a field's place: what comes first here is the stricter. */
    public enum Mask {
        NULL,
        REDACT,
        HASH,
        PARTIAL;

        /** In lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A field that is shown as something else.
     *
     * @param salt what is hashed together with the value; null but for {@code HASH}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Masked(String field, Mask with, @Nullable String salt) {}

    public ColumnRule {
        resources = List.copyOf(resources);
        hide = List.copyOf(hide);
        mask = List.copyOf(mask);
        measures = List.copyOf(measures);
    }
}
