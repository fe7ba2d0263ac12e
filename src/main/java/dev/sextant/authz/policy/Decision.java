package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether something may be done, and why.
 *
 * @param decidedBy the rule that decided; null where there was none for it, which is a no
 * @param considered all rules that speak of it, in the order of their weight
 */
public record Decision(boolean allowed, @Nullable String decidedBy, List<Considered> considered) {

    /**
     * A rule that speaks of what was asked.
     *
     * @param rule {@code role/analyst} or {@code policy/pol_eu}
     */
    public record Considered(String rule, Effect effect) {}

    /** What a rule does. */
    public enum Effect {
        DENIES,
        ALLOWS,
        SHOWS_ROWS,
        HIDES_ROWS,
        HIDES_COLUMNS,
        DENIES_MEASURES;

        /** In lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        considered = List.copyOf(considered);
    }
}
