package dev.sextant.contract;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A connection of HTTP/2 over plain TCP that sends frames which no client would send. Source: RFC 9113, section 4. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** {@code GET / http}: indexed fields 2, 4 and 6 of HPACK's static table. */
    static final byte[] GET_ROOT = {(byte) 0x82, (byte) 0x84, (byte) 0x86};

    /** {@code GET /health/live http}: the path as a literal for field 4. */
    static final byte[] GET_LIVE = {
        (byte) 0x82, (byte) 0x86, 0x04, 12, '/', 'h', 'e', 'a', 'l', 't', 'h', '/', 'l', 'i', 'v', 'e'
    };

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What came, without its flags and its payload. */
    record Frame(int type, int stream) {}

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawHttp2(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(SETTINGS, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A block of headers, each a literal that nobody remembers. Source: RFC 7541, section 6.2.2.
     *
     * @param namesAndValues by turns, one character for each byte, and fewer than 127 of them
     */
    static byte[] headers(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] text = namesAndValues[i].getBytes(StandardCharsets.ISO_8859_1);
            block.write(text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    /** False where the connection is gone. */
    boolean send(int type, int flags, int stream, byte... payload) {
        try {
            out.write(new byte[] {(byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length});
            out.write(new byte[] {(byte) type, (byte) flags});
            out.writeInt(stream);
            out.write(payload);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Empty where the connection has ended. */
    Optional<Frame> read() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int stream = in.readInt();
            in.skipNBytes(length);
            return Optional.of(new Frame(type, stream));
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("The connection is open, and says nothing", e);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Waits until the other side has read all that was sent before: what is not read is lost when this side closes. */
    void settle() {
        send(PING, 0, 0, new byte[8]);
        boolean isRead = false;
        while (!isRead) {
            isRead = read().map(frame -> frame.type() == PING).orElse(true);
        }
    }

    /** Reads until the connection ends. */
    boolean isEnded() {
        while (read().isPresent()) {
            // whatever it said before
        }
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
