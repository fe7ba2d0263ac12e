package dev.sextant.edge.defence;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.Set;

/**
 * The toolkit's decoder of requests, but for those that have a {@code Content-Length} and a {@code Transfer-Encoding}: it
 * drops the one and follows the other, while a proxy in front may do the opposite, and then see other requests than we do.
 * Here they are invalid. Source: RFC 9112, section 6.3. So is a version that is none of ours, which the toolkit would answer by
 * itself, without a problem.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";
    private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Puts it in the place of the other one. Whether it is there now: there is none yet, or never, where it is not. */
    static boolean install(ChannelPipeline pipeline, HttpServerOptions options) {
        ChannelHandler present = pipeline.get(NAME);
        if (present instanceof VertxHttpRequestDecoder && !(present instanceof StrictRequestDecoder)) {
            pipeline.replace(present, NAME, new StrictRequestDecoder(options));
        }
        return present != null;
    }

    /** @param initialLine method, path and version */
    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        if (!VERSIONS.contains(initialLine[2])) {
            throw new IllegalArgumentException("A request is of another version of HTTP");
        }
        return super.createMessage(initialLine);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("A request says its length in two ways");
    }
}
