package dev.sextant.edge;

import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Stands first in a connection to a server that takes every connection to begin with a PROXY header (HAProxy's, version 1
 * and 2), believes it, and knows no other beginning. A trusted peer's header passes; for a trusted peer that sends none, and
 * for all others, whatever they send, one is put before that says nothing: what they sent is taken as it is.
 */
final class ProxyGreeting extends ByteToMessageDecoder {

    /** The signature, version 2 with the command LOCAL, no family, no more bytes: the connection is what it seems. */
    private static final byte[] LOCAL = {
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x20, 0x00, 0x00, 0x00
    };

    private final List<AddressRange> trusted;

    ProxyGreeting(List<AddressRange> trusted) {
        this.trusted = trusted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        super.channelActive(context);
        if (!isTrusted(context)) {
            context.fireChannelRead(Unpooled.wrappedBuffer(LOCAL));
            context.pipeline().remove(this);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ProtocolDetectionState state = HAProxyMessageDecoder.detectProtocol(in).state();
        if (state == ProtocolDetectionState.INVALID) {
            out.add(Unpooled.wrappedBuffer(LOCAL));
        }
        if (state != ProtocolDetectionState.NEEDS_MORE_DATA) {
            context.pipeline().remove(this);
        }
    }

    private boolean isTrusted(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress peer
                && AddressRange.anyContains(trusted, ClientAddress.of(peer.getAddress()));
    }
}
