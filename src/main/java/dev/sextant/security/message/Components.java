package dev.sextant.security.message;

import dev.sextant.http.MessageSecurity.Head;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.BooleanItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.StringItem;

/**
 * The parts of a message that a signature can cover: those of a request, or of an answer together with those of its request
 * ({@code ;req}). Pure. Source: RFC 9421, sections 2.1 and 2.2.
 */
sealed interface Components {

    /** The value of a component; empty where the message has none, or we do not know such a component. */
    Optional<String> value(Item<?> component);

    /** @param publicOrigin scheme and authority that the sender sees; empty for those of the head */
    record OfRequest(Head head, String publicOrigin) implements Components {

        @Override
        public Optional<String> value(Item<?> component) {
            return component.getParams().isEmpty() && component instanceof StringItem named
                    ? value(named.get())
                    : Optional.empty();
        }

        Optional<String> value(String name) {
            return switch (name) {
                case "@method" -> Optional.of(head.method());
                case "@scheme" -> Optional.of(scheme());
                case "@authority" -> Optional.of(authority());
                case "@path" -> Optional.of(path());
                case "@query" -> Optional.of("?" + head.query());
                case "@request-target" -> Optional.of(target());
                case "@target-uri" -> Optional.of(scheme() + "://" + authority() + target());
                default -> field(head.headers(), name);
            };
        }

        private String path() {
            return head.path().isEmpty() ? "/" : head.path();
        }

        private String target() {
            return path() + (head.query().isEmpty() ? "" : "?" + head.query());
        }

        private String scheme() {
            return publicOrigin.isEmpty() ? head.scheme() : publicOrigin.substring(0, publicOrigin.indexOf(':'));
        }

        /** In lower case, and without the port that the scheme has anyway. */
        private String authority() {
            String named =
                    publicOrigin.isEmpty() ? head.authority() : publicOrigin.substring(publicOrigin.indexOf("://") + 3);
            String usualPort = scheme().equals("https") ? ":443" : ":80";
            String lower = named.toLowerCase(Locale.ROOT);
            return lower.endsWith(usualPort) ? lower.substring(0, lower.length() - usualPort.length()) : lower;
        }
    }

    /** @param headers names in lower case */
    record OfResponse(int status, MultiMap headers, OfRequest request) implements Components {

        @Override
        public Optional<String> value(Item<?> component) {
            if (!(component instanceof StringItem named)) {
                return Optional.empty();
            }
            if (component.getParams().isEmpty()) {
                return named.get().equals("@status")
                        ? Optional.of(Integer.toString(status))
                        : field(headers, named.get());
            }
            boolean isOfRequest = component.getParams().size() == 1
                    && component.getParams().get("req") instanceof BooleanItem marked
                    && marked.get();
            return isOfRequest ? request.value(named.get()) : Optional.empty();
        }
    }

    private static Optional<String> field(MultiMap headers, String name) {
        List<String> values = name.startsWith("@") ? List.of() : headers.getAll(name);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().map(String::strip).collect(Collectors.joining(", ")));
    }
}
