package dev.sextant.edge;

import dev.sextant.http.AddressRange;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * A transport of Vert.x, whose servers with {@code useProxyProtocol} have a {@link ProxyGreeting} at the beginning of each
 * connection. Nothing else of it differs.
 */
final class ProxyTransport implements Transport {

    private final Transport plain;
    private final List<AddressRange> trusted;

    ProxyTransport(Transport plain, List<AddressRange> trusted) {
        this.plain = plain;
        this.trusted = List.copyOf(trusted);
    }

    /** Sees each connection of a server before it is registered. */
    @ChannelHandler.Sharable
    private static final class Doorstep extends ChannelInboundHandlerAdapter {

        private final List<AddressRange> trusted;

        Doorstep(List<AddressRange> trusted) {
            this.trusted = trusted;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addLast(new ProxyGreeting(trusted));
            context.fireChannelRead(accepted);
        }
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        plain.configure(options, domainSocket, bootstrap);
        if (options.isUseProxyProtocol()) {
            bootstrap.handler(new Doorstep(trusted));
        }
    }

    @Override
    public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
        plain.configure(options, connectTimeout, domainSocket, bootstrap);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        plain.configure(channel, options);
    }

    @Override
    public boolean supportsDomainSockets() {
        return plain.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return plain.supportFileRegion();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return plain.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return plain.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return plain.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return plain.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return plain.datagramChannel();
    }

    @Override
    @SuppressWarnings("deprecation") // Vert.x asks for it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return plain.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return plain.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return plain.serverChannelFactory(domainSocket);
    }
}
