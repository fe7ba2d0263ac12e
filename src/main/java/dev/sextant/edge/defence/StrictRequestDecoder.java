package dev.sextant.edge.defence;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * The toolkit's decoder of requests, but for those that have a {@code Content-Length} and a {@code Transfer-Encoding}: it
 * drops the one and follows the other, while a proxy in front may do the opposite, and then see other requests than we do.
 * Here they are invalid. Source: RFC 9112, section 6.3.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";

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

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("A request says its length in two ways");
    }
}
