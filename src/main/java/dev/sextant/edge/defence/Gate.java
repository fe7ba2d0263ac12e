package dev.sextant.edge.defence;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands at the listening socket: closes connections for which there is no room, before a byte of them is read, and puts a
 * {@link Door} into the others.
 */
@Sharable
final class Gate extends ChannelInboundHandlerAdapter {

    private final Occupancy occupancy;
    private final Doors doors;
    private final HttpServerOptions options;
    private final AtomicLong refused;

    /** @param options of the server that listens here */
    Gate(Doors doors, Occupancy occupancy, AtomicLong refused, HttpServerOptions options) {
        this.doors = doors;
        this.occupancy = occupancy;
        this.refused = refused;
        this.options = options;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Channel child) || !(child.remoteAddress() instanceof InetSocketAddress remote)) {
            context.fireChannelRead(message);
            return;
        }
        InetAddress address = remote.getAddress();
        if (!occupancy.enter(address)) {
            refused.incrementAndGet();
            child.unsafe().closeForcibly();
            return;
        }
        child.closeFuture().addListener(_ -> occupancy.leave(address));
        child.pipeline().addFirst(new Door(doors, options));
        context.fireChannelRead(message);
    }
}
