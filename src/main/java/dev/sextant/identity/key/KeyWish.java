package dev.sextant.identity.key;

import dev.sextant.http.AddressRange;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings what is wished of a key into the form that is kept. Pure. */
final class KeyWish {

    private KeyWish() {}

    /**
     * Address ranges as they are kept: each in its one form, none twice.
     *
     * @throws ProblemException {@code InvalidRequest} where one is none
     */
    static @Nullable List<String> ranges(@Nullable List<String> texts) {
        if (texts == null) {
            return null;
        }
        List<String> ranges = new ArrayList<>();
        List<Violation> errors = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(AddressRange.parse(texts.get(i)).toString());
            } catch (IllegalArgumentException e) {
                errors.add(Violation.at("/address_ranges/" + i, "wrong_format", String.valueOf(e.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(new Problem.InvalidRequest(errors, "An address range is not one: see errors."));
        }
        return ranges.stream().distinct().toList();
    }
}
