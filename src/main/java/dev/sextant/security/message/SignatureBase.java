package dev.sextant.security.message;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;

/** The bytes that are signed. Pure. Source: RFC 9421, section 2.5. */
final class SignatureBase {

    private SignatureBase() {}

    /**
     * One line for each component, and one for the parameters.
     *
     * @param covered the components and parameters of one signature, as {@code Signature-Input} has them
     * @return empty where the message lacks a component, or one is named twice, or we do not know it
     */
    static Optional<byte[]> of(InnerList covered, Components message) {
        StringBuilder base = new StringBuilder();
        Set<String> seen = new HashSet<>();
        for (Item<?> component : covered.get()) {
            String name = component.serialize();
            Optional<String> value = message.value(component);
            if (value.isEmpty() || !seen.add(name) || value.get().indexOf('\n') >= 0) {
                return Optional.empty();
            }
            base.append(name).append(": ").append(value.get()).append('\n');
        }
        base.append("\"@signature-params\": ").append(covered.serialize());
        return Optional.of(base.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
