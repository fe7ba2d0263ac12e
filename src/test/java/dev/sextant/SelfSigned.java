package dev.sextant;

import dev.sextant.launch.children.TestFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate for localhost that nobody trusts, as two PEM files in a folder of their own. The JDK signs it, and has no way to
 * write it but a program of its own, which takes seconds: so it is written here. Source: RFC 5280, section 4.1.
 */
public record SelfSigned(Path folder, Path certificate, Path key) {

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    public static SelfSigned make() {
        Path folder = TestFolders.make();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new SelfSigned(
                    folder,
                    Files.writeString(folder.resolve("certificate.pem"), pem("CERTIFICATE", signed(pair))),
                    Files.writeString(
                            folder.resolve("key.pem"),
                            pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signed(KeyPair pair) throws GeneralSecurityException {
        byte[] content = content(pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        return der(SEQUENCE, content, ECDSA_WITH_SHA256, der(BIT_STRING, new byte[] {0}, signature.sign()));
    }

    /** Of version 1: nothing of what came later is needed. */
    private static byte[] content(byte[] publicKey) {
        byte[] serial = der(INTEGER, new byte[] {1});
        byte[] localhost = der(UTF8_STRING, "localhost".getBytes(StandardCharsets.US_ASCII));
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, localhost)));
        Instant now = Instant.now();
        byte[] validity = der(SEQUENCE, time(now.minusSeconds(60)), time(now.plusSeconds(86_400)));
        return der(SEQUENCE, serial, ECDSA_WITH_SHA256, name, validity, name, publicKey);
    }

    private static byte[] time(Instant time) {
        return der(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** One value of DER, of at most 65,535 bytes. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (length < 0x80) {
            value.write(length);
        } else {
            value.write(0x82);
            value.write(length >> 8);
            value.write(length & 0xFF);
        }
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
    }

    /** Its SHA-256, as {@code x5t#S256} of RFC 7515. */
    public String thumbprint() {
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(Files.readString(certificate).replaceAll("-----[^-]+-----", ""));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete() {
        TestFolders.delete(folder);
    }
}
