package dev.sextant.edge.defence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first in the pipeline of a connection: sees when bytes come and go, and knows from {@code Doors} when a request has
 * arrived. So it can tell who is too slow: with the head of a request, with taking answers, or, in HTTP/2, with asking
 * anything at all. On the connection's event loop.
 */
final class Door extends ChannelDuplexHandler {

    private static final AttributeKey<Door> KEY = AttributeKey.valueOf("sextant.door");
    private static final byte[] TIMEOUT =
            "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Doors doors;
    private final HttpServerOptions options;
    private final OpenRequests requests = new OpenRequests();
    private @Nullable ChannelHandlerContext context;

    /** Until the toolkit knows which protocol this is, and its decoder is ours. */
    private boolean isUnsettled;

    /** Meanwhile, whoever wrote the end of an answer may close its connection. */
    private boolean isFlushing;

    private boolean isHttp2;

    /** When the first byte of a head came that has not come whole yet; or 0. */
    private long headSinceNanos;

    /** Whether it is so late that the connection is to be closed. */
    private boolean isHeadLate;

    /** Since when the body of an answered request still comes, in HTTP/1; or 0. */
    private long leftOverSinceNanos;

    private long arrivals;

    /** Whether the body of the last request does not parse from some place on. */
    private boolean isBodyBroken;

    private Runnable onBrokenBody = Door::nobodyHears;

    /** When there was a request last, in HTTP/2. */
    private long busyAtNanos = System.nanoTime();

    private long writtenBytes;

    /** Since when there has always been something left to be taken; or 0. */
    private long fullSinceNanos;

    private long takenBytesThen;

    /** @param options of the server whose connection this is */
    Door(Doors doors, HttpServerOptions options) {
        this.doors = doors;
        this.options = options;
        this.isUnsettled = !options.isSsl();
    }

    static @Nullable Door of(Channel channel) {
        return channel.attr(KEY).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.channel().attr(KEY).set(this);
        doors.patrol(added.channel().eventLoop()).add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext open) {
        doors.patrol(open.channel().eventLoop()).remove(this);
        open.fireChannelInactive();
    }

    void opened(boolean http2) {
        isHttp2 = http2;
        headSinceNanos = 0;
        busyAtNanos = System.nanoTime();
        if (!http2 && context != null) {
            StrictRequestDecoder.install(context.pipeline(), options);
        }
    }

    void arrived(HttpServerRequest request) {
        headSinceNanos = 0;
        requests.add(request);
        arrivals++;
        isBodyBroken = false;
        onBrokenBody = Door::nobodyHears;
        busyAtNanos = System.nanoTime();
    }

    /**
     * The body of a request does not parse.
     *
     * @param heads how many requests have begun, with it
     * @return whether that request will be or was answered whole; else another one is before it, or its answer is under way
     */
    boolean bodyBroke(long heads) {
        if (heads != arrivals || requests.isAnswering()) {
            return false;
        }
        isBodyBroken = true;
        onBrokenBody.run();
        return true;
    }

    /** Whether nothing more of the last request can be read. */
    boolean isBodyBroken() {
        return isBodyBroken;
    }

    private static void nobodyHears() {}

    /** To be told, maybe at once, that the body of the last request does not parse. */
    void onBrokenBody(Runnable hearing) {
        onBrokenBody = hearing;
        if (isBodyBroken) {
            hearing.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext open, Object message) {
        if (headSinceNanos == 0 && !isHttp2 && requests.areOver()) {
            headSinceNanos = System.nanoTime();
        }
        if (isUnsettled && message instanceof ByteBuf bytes) {
            settle(open, bytes);
        } else {
            open.fireChannelRead(message);
        }
    }

    /**
     * The toolkit finds out with the first bytes which protocol it is, and hands them at once to the decoder it then makes.
     * Given one by one, it has them before a head is whole, and the decoder can be exchanged.
     */
    private void settle(ChannelHandlerContext open, ByteBuf bytes) {
        try {
            while (isUnsettled && bytes.isReadable()) {
                open.fireChannelRead(bytes.readRetainedSlice(1));
                isUnsettled = !isHttp2 && !StrictRequestDecoder.install(open.pipeline(), options);
            }
            if (bytes.isReadable()) {
                open.fireChannelRead(bytes.retain());
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void write(ChannelHandlerContext open, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            writtenBytes += bytes.readableBytes();
        }
        open.write(message, promise);
    }

    /**
     * An answer that is cut off ends with a reset, so that it never looks whole. Over HTTP/2 the stream says so, and a
     * WebSocket ends with a frame. What is closed while it is being flushed was written to its end.
     */
    @Override
    public void close(ChannelHandlerContext open, ChannelPromise promise) {
        boolean isHttp1 = !isHttp2 && !isUnsettled && !isUpgraded();
        boolean isCut = isHttp1 && !isFlushing && (requests.isAnswering() || leftBytes() > 0);
        if (isCut && open.channel().isActive()) {
            open.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        open.close(promise);
    }

    @Override
    public void flush(ChannelHandlerContext open) {
        isFlushing = true;
        open.flush();
        isFlushing = false;
        if (!isHttp2) {
            letGo();
        }
    }

    /** What is answered is not kept until the next request: most connections wait for long. */
    private void letGo() {
        if (!requests.forgetEnded()) {
            onBrokenBody = Door::nobodyHears;
        }
    }

    boolean isTooSlow(long nowNanos) {
        boolean isBusy = requests.forgetEnded();
        if (isBusy) {
            busyAtNanos = nowNanos;
        }
        return takesTooLittle(nowNanos)
                || (isHttp2
                        ? nowNanos - busyAtNanos > doors.idleNanos()
                        : isTooSlowWithHead(nowNanos, isBusy) || isTooSlowWithRest(nowNanos));
    }

    /** What is left of a body that nobody wants must end, too. */
    private boolean isTooSlowWithRest(long nowNanos) {
        if (!requests.isLeftOver()) {
            leftOverSinceNanos = 0;
        } else if (leftOverSinceNanos == 0) {
            leftOverSinceNanos = nowNanos;
        }
        return leftOverSinceNanos != 0
                && (isBodyBroken
                        || nowNanos - leftOverSinceNanos
                                > doors.config().bodyPatience().toNanos());
    }

    private boolean isTooSlowWithHead(long nowNanos, boolean isBusy) {
        if (headSinceNanos == 0
                || nowNanos - headSinceNanos <= doors.config().headPatience().toNanos()) {
            return false;
        }
        if (isBusy || isUpgraded() || !channel().config().isAutoRead()) {
            headSinceNanos = 0; // the next request has come already, and waits for its turn; or this is a WebSocket
            return false;
        }
        isHeadLate = true;
        return true;
    }

    private boolean isUpgraded() {
        return !isUnsettled && channel().pipeline().get(StrictRequestDecoder.class) == null && !isInHandshake();
    }

    private boolean isInHandshake() {
        return channel().pipeline().get("handshaker") != null;
    }

    private boolean takesTooLittle(long nowNanos) {
        long leftBytes = leftBytes();
        long takenBytes = writtenBytes - leftBytes;
        if (leftBytes == 0) {
            fullSinceNanos = 0;
        } else if (fullSinceNanos == 0) {
            fullSinceNanos = nowNanos;
            takenBytesThen = takenBytes;
        } else if (nowNanos - fullSinceNanos > doors.config().stall().toNanos()) {
            boolean isSlow = takenBytes - takenBytesThen <= doors.config().bytesPerStall();
            fullSinceNanos = nowNanos;
            takenBytesThen = takenBytes;
            return isSlow;
        }
        return false;
    }

    private long leftBytes() {
        ChannelOutboundBuffer waiting = channel().unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /** Tells the caller why, where it is likely to be understood. A head that has come meanwhile is forgiven. */
    void evict() {
        if (!isHeadLate) {
            channel().close();
        } else if (headSinceNanos == 0) {
            isHeadLate = false;
        } else if (context != null && channel().pipeline().get("ssl") == null) {
            context.writeAndFlush(Unpooled.wrappedBuffer(TIMEOUT)).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel().close();
        }
    }

    private Channel channel() {
        if (context == null) {
            throw new IllegalStateException("This door is in no connection yet");
        }
        return context.channel();
    }
}
