package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the command says of a log without records, and by which exit code. */
class VerifyAuditCommandTest {

    /** SHA-256 of nothing: the root of a tree without leaves. Source: RFC 9162, section 2.1.1. */
    private static final String ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final ECKey OLDER = key("sig_1");
    private static final ECKey NEWER = key("sig_2");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void believesTheKeysThatItIsGiven() throws IOException {
        int exit = verify(log(ROOT), new JWKSet(NEWER.toPublicJWK()));

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("0 records of ten_a are as they were written", "signed by sig_2");
    }

    @Test
    void doesNotCallALogChangedThatANewerKeySigned() throws IOException {
        int exit = verify(log(ROOT), new JWKSet(OLDER.toPublicJWK()));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("signed by a key that is not among those given (sig_2)")
                .doesNotContain("was changed.", "not right");
    }

    @Test
    void callsALogChangedThatIsNotTheOneThatTheNewerKeySigned() throws IOException {
        int exit = verify(log("00".repeat(32)), new JWKSet(OLDER.toPublicJWK()));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("The log of ten_a was changed.");
    }

    @Test
    void callsALogChangedWhoseHeadAnotherKeyOfTheSameNameSigned() throws IOException {
        int exit = verify(log(ROOT), new JWKSet(key("sig_2").toPublicJWK()));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("The signature of the head is not right.", "The log of ten_a was changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "tenant_id, '\"tenant_id\":\"ten_a\"', '\"tenant_id\":\"ten_b\"'",
        "tenant_id, '\"tenant_id\":\"ten_a\",', ''",
        "tree_size, '\"tree_size\":0', '\"tree_size\":5'",
        "root_hash, '\"root_hash\":\"e3', '\"root_hash\":\"e2'"
    })
    void callsALogChangedWhoseFirstLineSaysAnotherThingThanItsSignedHead(String member, String told, String instead)
            throws IOException {
        int exit = verify(log(ROOT).replace(told, instead), new JWKSet(NEWER.toPublicJWK()));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("The first line was changed: its %s is not".formatted(member), "was changed.")
                .doesNotContain("as they were written");
    }

    private int verify(String log, JWKSet keys) throws IOException {
        Path file = Files.writeString(folder.resolve("log.ndjson"), log);
        Path keyFile = Files.writeString(folder.resolve("jwks.json"), keys.toString());
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .execute("verify-audit", file.toString(), "--keys", keyFile.toString());
    }

    /** @param root what the newer key signed */
    private static String log(String root) {
        return """
                {"type":"log","tenant_id":"ten_a","tree_size":0,"root_hash":"%s","keys":%s,"signed":"%s","earlier_heads":[]}
                {"type":"end","records":0}
                """.formatted(root, new JWKSet(NEWER.toPublicJWK()).toString(), signed(root));
    }

    private static String signed(String root) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("audit-tree-head+jws"))
                .keyID(NEWER.getKeyID())
                .build();
        JWSObject signed = new JWSObject(header, new Payload("""
                {"tenant_id":"ten_a","tree_size":0,"root_hash":"%s","at":"2026-11-23T15:00:00.000Z"}""".formatted(root)));
        try {
            signed.sign(new ECDSASigner(NEWER));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return signed.serialize();
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
