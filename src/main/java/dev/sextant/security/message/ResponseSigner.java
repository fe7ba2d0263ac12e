package dev.sextant.security.message;

import dev.sextant.http.MessageSecurity.Head;
import dev.sextant.http.Reply;
import dev.sextant.identity.token.MessageSigner;
import io.vertx.core.MultiMap;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/**
 * Signs answers, over their status, type and digest, and over what was asked. A label, a nonce and a tag that the request
 * wishes for come back. Source: RFC 9421, sections 3.1 and 5.
 */
final class ResponseSigner {

    private static final String LABEL = "sextant";
    private static final Parameters OF_REQUEST = Parameters.valueOf(Map.of("req", true));

    private final MessageSigner signer;
    private final String publicOrigin;
    private final InstantSource clock;

    ResponseSigner(MessageSigner signer, String publicOrigin, InstantSource clock) {
        this.signer = signer;
        this.publicOrigin = publicOrigin;
        this.clock = clock;
    }

    /** What {@code Accept-Signature} wishes for. */
    private record Wish(String label, Optional<Item<?>> nonce, Optional<Item<?>> tag) {}

    /** @param reply no compression comes after this: it says so itself */
    Reply.Encoded signed(Reply.Encoded reply, Head head) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("content-digest", ContentDigest.of(reply.bytes().getBytes()));
        headers.putIfAbsent("content-encoding", "identity");
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(fields::set);
        Components.OfRequest request = new Components.OfRequest(head, publicOrigin);
        Components.OfResponse response = new Components.OfResponse(reply.status(), fields, request);
        Wish wish = wish(head.headers().getAll("accept-signature"));
        MessageSigner.Key key = signer.key();
        InnerList covered = covered(response, wish, key.id());
        byte[] base = SignatureBase.of(covered, response).orElseThrow();
        Map<String, ListElement<?>> input = Map.of(wish.label(), covered);
        headers.put("signature-input", Dictionary.valueOf(input).serialize());
        Map<String, ListElement<?>> signature = Map.of(wish.label(), ByteSequenceItem.valueOf(key.sign(base)));
        headers.put("signature", Dictionary.valueOf(signature).serialize());
        return new Reply.Encoded(reply.status(), headers, reply.bytes());
    }

    private InnerList covered(Components.OfResponse response, Wish wish, String keyId) {
        List<Item<?>> components = new ArrayList<>();
        components.add(StringItem.valueOf("@status"));
        for (String field : List.of("content-type", "content-digest", "etag")) {
            if (response.headers().contains(field)) {
                components.add(StringItem.valueOf(field));
            }
        }
        for (String part : List.of("@method", "@target-uri")) {
            components.add(StringItem.valueOf(part).withParams(OF_REQUEST));
        }
        if (response.request().head().headers().contains("content-digest")) {
            components.add(StringItem.valueOf("content-digest").withParams(OF_REQUEST));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", clock.instant().getEpochSecond());
        parameters.put("keyid", keyId);
        parameters.put("alg", SignatureAlgorithm.ECDSA_P256_SHA256.text());
        wish.nonce().ifPresent(nonce -> parameters.put("nonce", nonce));
        wish.tag().ifPresent(tag -> parameters.put("tag", tag));
        return InnerList.valueOf(components).withParams(Parameters.valueOf(parameters));
    }

    /** The first wish; what does not parse is none. */
    private static Wish wish(List<String> header) {
        try {
            for (Map.Entry<String, ListElement<?>> entry :
                    new Parser(header).parseDictionary().get().entrySet()) {
                Parameters parameters = entry.getValue().getParams();
                return new Wish(entry.getKey(), text(parameters, "nonce"), text(parameters, "tag"));
            }
        } catch (ParseException _) {
            // as if there were none
        }
        return new Wish(LABEL, Optional.empty(), Optional.empty());
    }

    private static Optional<Item<?>> text(Parameters parameters, String name) {
        return parameters.get(name) instanceof StringItem text ? Optional.of(text) : Optional.empty();
    }
}
