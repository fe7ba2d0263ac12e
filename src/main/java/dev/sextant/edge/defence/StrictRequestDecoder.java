package dev.sextant.edge.defence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The toolkit's decoder of requests, but for those that have a {@code Content-Length} and a {@code Transfer-Encoding}: it
 * drops the one and follows the other, while a proxy in front may do the opposite, and then see other requests than we do.
 * Here they are invalid. Source: RFC 9112, section 6.3. So is a version that is none of ours, which the toolkit would answer by
 * itself, without a problem; and a header that goes on in the next line, which the toolkit joins and others may cut off (section
 * 5.2).
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";
    private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");

    /** Source: RFC 9112, section 2.3. */
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    /** What is being decoded: what was read of it is read. */
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /** Whether a header has been read, and the end of the head has not. */
    private boolean isAmongHeaders;

    private boolean isFolded;

    private long heads;

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        bytes = buffer;
        noteFold();
        try {
            super.decode(context, buffer, out);
        } finally {
            bytes = Unpooled.EMPTY_BUFFER;
        }
        keepBack(context, out);
    }

    /** The toolkit closes the connection at a body that does not parse: whoever reads it is told instead, and can answer. */
    private void keepBack(ChannelHandlerContext context, List<Object> out) {
        boolean isBroken = !out.isEmpty()
                && out.getLast() instanceof HttpContent content
                && !(content instanceof HttpMessage)
                && content.decoderResult().isFailure();
        Door door = isBroken ? Door.of(context.channel()) : null;
        if (door != null && door.bodyBroke(heads)) {
            ReferenceCountUtil.release(out.removeLast());
        }
    }

    /** The line of this header has been read: of what follows, one byte tells whether it goes on. */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        isAmongHeaders = true;
        noteFold();
        return super.splitHeaderName(line, start, length);
    }

    private void noteFold() {
        if (isAmongHeaders && bytes.isReadable()) {
            byte next = bytes.getByte(bytes.readerIndex());
            isFolded |= next == ' ' || next == '\t';
        }
    }

    /** The last that is asked when all headers have been read. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        isAmongHeaders = false;
        if (isFolded) {
            throw new IllegalArgumentException("A header goes on in the next line");
        }
        return super.isContentAlwaysEmpty(message);
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
        heads++;
        isAmongHeaders = false;
        isFolded = false;
        if (!VERSIONS.contains(initialLine[2])) {
            throw VERSION.matcher(initialLine[2]).matches()
                    ? new UnknownVersionException()
                    : new IllegalArgumentException("A request names no version of HTTP");
        }
        return super.createMessage(initialLine);
    }

    /** In place of one whose version is not known: it is answered in ours. */
    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("A request says its length in two ways");
    }
}
