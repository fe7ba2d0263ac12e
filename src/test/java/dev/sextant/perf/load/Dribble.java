package dev.sextant.perf.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/** Holds connections as a plan says. For one thread, which it keeps. */
final class Dribble {

    private static final byte[] HEAD =
            "GET /health/live HTTP/1.1\r\nHost: here\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = ("POST /oauth/token HTTP/1.1\r\nHost: here\r\nContent-Length: 10000\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=")
            .getBytes(StandardCharsets.US_ASCII);

    /** So many are being opened at once, and so many in each round. */
    private static final int OPENING_MAX = 100;

    private static final int ROUND_MILLIS = 10;

    /** One connection: which it is, and how much of its request is sent. */
    private static final class Held {
        private final int number;
        private int sent;
        private long dueNanos;

        Held(int number) {
            this.number = number;
        }

        byte next() {
            byte[] start = number % 2 == 0 ? HEAD : BODY;
            return sent < start.length ? start[sent++] : (byte) 'x';
        }
    }

    private final DribblePlan plan;
    private final Queue<SelectionKey> inTurn = new ArrayDeque<>();
    private final Queue<Integer> toOpen = new ArrayDeque<>();
    private final List<Integer> heldEachSecond = new ArrayList<>();
    private int held;
    private int opening;
    private long opened;
    private long ended;
    private long failed;
    private long bytes;

    Dribble(DribblePlan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.connections(); i++) {
            toOpen.add(i);
        }
    }

    DribbleReport run() throws IOException {
        long endNanos = System.nanoTime() + plan.seconds() * 1_000_000_000L;
        long sampleNanos = System.nanoTime();
        try (Selector selector = Selector.open()) {
            while (System.nanoTime() < endNanos) {
                open(selector);
                selector.select(this::heard, ROUND_MILLIS);
                dribble();
                if (System.nanoTime() >= sampleNanos) {
                    heldEachSecond.add(held);
                    sampleNanos += 1_000_000_000L;
                }
            }
        }
        Collections.sort(heldEachSecond);
        return new DribbleReport(heldEachSecond.get(heldEachSecond.size() / 2), opened, ended, failed, bytes);
    }

    private void open(Selector selector) throws IOException {
        while (opening < OPENING_MAX && !toOpen.isEmpty()) {
            int number = toOpen.remove();
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address(number), 0));
            channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), plan.port()));
            channel.register(selector, SelectionKey.OP_CONNECT, new Held(number));
            opening++;
        }
    }

    private InetAddress address(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number % plan.addresses())});
    }

    private void heard(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Held connection = (Held) key.attachment();
        try {
            if (key.isConnectable()) {
                opening--;
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                held++;
                opened++;
                inTurn.add(key);
            } else if (channel.read(ByteBuffer.allocate(4096)) < 0) {
                end(key, connection);
            }
        } catch (IOException _) {
            if (key.isValid() && key.interestOps() == SelectionKey.OP_CONNECT) {
                failed++;
                close(key, connection);
            } else {
                end(key, connection);
            }
        }
    }

    /** Those that are due, which stand at the front. */
    private void dribble() {
        long now = System.nanoTime();
        while (!inTurn.isEmpty() && ((Held) inTurn.element().attachment()).dueNanos <= now) {
            SelectionKey key = inTurn.remove();
            if (key.isValid()) {
                Held connection = (Held) key.attachment();
                send(key, connection);
                connection.dueNanos = now + plan.everyMillis() * 1_000_000L;
                inTurn.add(key);
            }
        }
    }

    private void send(SelectionKey key, Held connection) {
        try {
            bytes += ((SocketChannel) key.channel()).write(ByteBuffer.wrap(new byte[] {connection.next()}));
        } catch (IOException _) {
            end(key, connection);
        }
    }

    private void end(SelectionKey key, Held connection) {
        held--;
        ended++;
        close(key, connection);
    }

    private void close(SelectionKey key, Held connection) {
        try {
            key.cancel();
            key.channel().close();
        } catch (IOException _) {
            // gone already
        }
        toOpen.add(connection.number);
    }
}
