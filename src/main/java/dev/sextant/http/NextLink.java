package dev.sextant.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code Link} of a list to its next page (RFC 8288), relative to the address that was asked. Pure. */
public final class NextLink {

    private NextLink() {}

    /**
     * The header; none on the last page.
     *
     * @param kept the query parameters that the next page needs too
     */
    public static Map<String, String> headers(Params params, List<String> kept, @Nullable String nextCursor) {
        if (nextCursor == null) {
            return Map.of();
        }
        String query = Stream.concat(
                        kept.stream().flatMap(name -> pair(name, params.find(name, Object.class)).stream()),
                        pair("cursor", Optional.of(nextCursor)).stream())
                .collect(Collectors.joining("&"));
        return Map.of("link", "<?%s>; rel=\"next\"".formatted(query));
    }

    private static Optional<String> pair(String name, Optional<Object> value) {
        return value.map(present -> name + "=" + URLEncoder.encode(present.toString(), StandardCharsets.UTF_8));
    }
}
