package dev.sextant.edge.defence;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/** Another transport, which besides tells of each server that is about to listen. */
final class GuardedTransport implements Transport {

    private final Transport other;
    private final Implementation implementation;

    GuardedTransport(Transport other, BiConsumer<NetServerOptions, ServerBootstrap> guard) {
        this.other = other;
        this.implementation = new Implementation(other.implementation(), guard);
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public boolean available() {
        return other.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return other.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return implementation;
    }

    private record Implementation(
            io.vertx.core.spi.transport.Transport other, BiConsumer<NetServerOptions, ServerBootstrap> guard)
            implements io.vertx.core.spi.transport.Transport {

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            other.configure(options, domainSocket, bootstrap);
            guard.accept(options, bootstrap);
        }

        @Override
        public void configure(
                ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
            other.configure(options, connectTimeout, domainSocket, bootstrap);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            other.configure(channel, options);
        }

        @Override
        public boolean supportsDomainSockets() {
            return other.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return other.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return other.isAvailable();
        }

        @Override
        public Throwable unavailabilityCause() {
            return other.unavailabilityCause();
        }

        @Override
        public java.net.SocketAddress convert(SocketAddress address) {
            return other.convert(address);
        }

        @Override
        public SocketAddress convert(java.net.SocketAddress address) {
            return other.convert(address);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return other.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
            return other.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return other.datagramChannel();
        }

        @Override
        @SuppressWarnings("deprecation") // Vert.x asks for it
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return other.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return other.channelFactory(domainSocket);
        }

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            return other.serverChannelFactory(domainSocket);
        }
    }
}
