package dev.sextant.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller prefers, of what there is here to prefer. Pure. Source: RFC 7240, sections 2, 4.1 and 4.3. Of a preference
 * that is named twice the first counts; what is not known, or not well written, is passed over.
 *
 * @param respondAsync whether an answer that takes its time may come later
 * @param waitSeconds how long the caller waits for it now
 */
record Preference(boolean respondAsync, OptionalLong waitSeconds) {

    static final Preference NONE = new Preference(false, OptionalLong.empty());

    private static final Pattern ONE =
            Pattern.compile("([^\\s,;=\"]+)\\s*(?:=\\s*(\"[^\"]*\"|[^\\s,;\"]*))?\\s*(?:;[^,]*)?(?:,|$)");
    private static final Pattern SECONDS = Pattern.compile("\"?([0-9]{1,9})\"?");

    static Preference of(String header) {
        boolean async = false;
        OptionalLong wait = OptionalLong.empty();
        Matcher matcher = ONE.matcher(header);
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            async |= name.equals("respond-async");
            if (name.equals("wait") && wait.isEmpty()) {
                wait = seconds(matcher.group(2));
            }
        }
        return new Preference(async, wait);
    }

    private static OptionalLong seconds(@Nullable String value) {
        Optional<Matcher> number =
                Optional.ofNullable(value).map(SECONDS::matcher).filter(Matcher::matches);
        return number.map(found -> OptionalLong.of(Long.parseLong(found.group(1))))
                .orElse(OptionalLong.empty());
    }

    /** Whether the answer may come later; who only says how long they wait may have it later as well. */
    boolean isAsync() {
        return respondAsync || waitSeconds.isPresent();
    }

    long waitMillis() {
        return waitSeconds.orElse(0) * 1000;
    }

    /** The {@code Preference-Applied} of an answer. */
    String applied() {
        List<String> applied = new ArrayList<>();
        if (respondAsync) {
            applied.add("respond-async");
        }
        waitSeconds.ifPresent(seconds -> applied.add("wait=" + seconds));
        return String.join(", ", applied);
    }
}
