package dev.sextant.edge.defence;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stands at the listening socket: closes connections for which there is no room, before a byte of them is read, and puts a
 * {@link Door} into the others.
 */
@Sharable
final class Gate extends ChannelInboundHandlerAdapter {

    private final Doors doors;
    private final HttpServerOptions options;
    private final List<Supplier<ChannelHandler>> behind;

    /**
     * @param options of the server that listens here
     * @param behind what comes behind each door
     */
    Gate(Doors doors, HttpServerOptions options, List<Supplier<ChannelHandler>> behind) {
        this.doors = doors;
        this.options = options;
        this.behind = List.copyOf(behind);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Channel child) || !(child.remoteAddress() instanceof InetSocketAddress remote)) {
            context.fireChannelRead(message);
            return;
        }
        InetAddress address = remote.getAddress();
        if (!doors.enter(address)) {
            child.unsafe().closeForcibly();
            return;
        }
        child.closeFuture().addListener(_ -> doors.leave(address));
        child.pipeline().addLast(new Door(doors, options));
        behind.forEach(handler -> child.pipeline().addLast(handler.get()));
        context.fireChannelRead(message);
    }
}
