package dev.sextant;

import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for localhost that nobody trusts, made by the JDK's keytool; as two PEM files in a folder of their own. */
public record SelfSigned(Path folder, Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    public static SelfSigned make() {
        Path folder = TestFolders.make();
        Path store = folder.resolve("store.p12");
        runKeytool(store);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate("edge").getEncoded();
            byte[] key = keys.getKey("edge", PASSWORD.toCharArray()).getEncoded();
            return new SelfSigned(
                    folder,
                    Files.writeString(folder.resolve("certificate.pem"), pem("CERTIFICATE", certificate)),
                    Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void runKeytool(Path store) {
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "edge",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
    }

    public void delete() {
        TestFolders.delete(folder);
    }
}
