package dev.sextant.cluster.members;

import com.hazelcast.nio.MemberSocketInterceptor;
import dev.sextant.kernel.Secret;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Has both ends of a new connection prove that they know the cluster's secret, before Hazelcast reads a byte of it. The secret
 * itself never crosses; what is sent after is neither encrypted nor signed. Blocks, for {@value #PATIENCE_MILLIS} ms at most a
 * read. Safe for all threads.
 *
 * <p>Who accepts sends 32 random bytes; who connects answers with 32 of its own and HMAC-SHA-256 over its role and both; who
 * accepts checks that, and answers likewise. The roles are in it, so that no answer can be played back to who gave it.
 */
final class SharedSecret implements MemberSocketInterceptor {

    private static final int PATIENCE_MILLIS = 3000;
    private static final int NONCE_BYTES = 32;
    private static final int PROOF_BYTES = 32;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> refusedBy = ConcurrentHashMap.newKeySet();

    SharedSecret(Secret secret) {
        this.key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    @Override
    public void init(Properties properties) {}

    @Override
    public void onAccept(Socket socket) throws IOException {
        patiently(socket, (in, out) -> {
            byte[] ours = nonce();
            out.write(ours);
            byte[] theirs = in.readNBytes(NONCE_BYTES);
            check(in.readNBytes(PROOF_BYTES), proof("connects", ours, theirs));
            out.write(proof("accepts", ours, theirs));
        });
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        patiently(socket, (in, out) -> {
            byte[] theirs = new byte[NONCE_BYTES];
            in.readFully(theirs);
            byte[] ours = nonce();
            byte[] answer = new byte[NONCE_BYTES + PROOF_BYTES];
            System.arraycopy(ours, 0, answer, 0, NONCE_BYTES);
            System.arraycopy(proof("connects", theirs, ours), 0, answer, NONCE_BYTES, PROOF_BYTES);
            out.write(answer);
            try {
                check(in.readNBytes(PROOF_BYTES), proof("accepts", theirs, ours));
            } catch (IOException e) {
                refusedBy.add(String.valueOf(socket.getRemoteSocketAddress()));
                throw e;
            }
        });
    }

    /** The addresses where another secret is known. */
    Set<String> refusedBy() {
        return Set.copyOf(refusedBy);
    }

    /** What is said on a connection. */
    private interface Talk {
        void with(DataInputStream in, OutputStream out) throws IOException;
    }

    private static void patiently(Socket socket, Talk talk) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            talk.with(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (SocketTimeoutException e) {
            throw new IOException("No proof of the cluster's secret came in time", e);
        }
        socket.setSoTimeout(0);
    }

    /** Who hangs up instead shows something shorter, and so wrong too. */
    private static void check(byte[] shown, byte[] expected) throws IOException {
        if (!MessageDigest.isEqual(shown, expected)) {
            throw new IOException("The other side does not know the cluster's secret");
        }
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private byte[] proof(String role, byte[] ofWhoAccepts, byte[] ofWhoConnects) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(("sextant cluster v1 " + role).getBytes(StandardCharsets.US_ASCII));
            mac.update(ofWhoAccepts);
            mac.update(ofWhoConnects);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Java has HmacSHA256", e);
        }
    }
}
