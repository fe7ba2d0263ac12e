package dev.sextant.audit.log;

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
import com.nimbusds.jose.jwk.KeyRevocation;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sextant.kernel.Json;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heads by keys that have ended. */
class TreeHeadsTest {

    private static final Instant WITHDRAWN_AT = Instant.parse("2026-11-23T15:00:00Z");
    private static final ECKey KEY = key();

    @Test
    void believesWhatAKeySignedBeforeItWasWithdrawnAndSaysSince() {
        Optional<ReadHead> read = TreeHeads.read(signed(KEY, WITHDRAWN_AT.minusSeconds(60)), withdrawn());

        assertThat(read).isPresent();
        assertThat(read.get().keyId()).isEqualTo("sig_1");
        assertThat(read.get().withdrawnAt()).isEqualTo(WITHDRAWN_AT);
    }

    @Test
    void believesNothingThatIsDatedAfterItsKeyWasWithdrawn() {
        assertThat(TreeHeads.read(signed(KEY, WITHDRAWN_AT.plusSeconds(3600)), withdrawn()))
                .isEmpty();
    }

    @Test
    void saysNothingOfAKeyThatWasRetiredInItsTime() {
        String keys = new JWKSet(ended().build()).toString();

        Optional<ReadHead> read = TreeHeads.read(signed(KEY, WITHDRAWN_AT.minusSeconds(60)), keys);

        assertThat(read).isPresent();
        assertThat(read.get().withdrawnAt()).isNull();
    }

    @Test
    void believesNothingThatAnotherKeyOfTheSameNameSigned() {
        assertThat(TreeHeads.read(signed(key(), WITHDRAWN_AT.minusSeconds(60)), withdrawn()))
                .isEmpty();
    }

    private static String withdrawn() {
        return new JWKSet(ended().keyRevocation(
                                new KeyRevocation(Date.from(WITHDRAWN_AT), KeyRevocation.Reason.COMPROMISED))
                        .build())
                .toString();
    }

    private static ECKey.Builder ended() {
        return new ECKey.Builder(KEY.toPublicJWK()).expirationTime(Date.from(WITHDRAWN_AT));
    }

    private static String signed(ECKey key, Instant at) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(SignedHead.TYPE))
                .keyID(key.getKeyID())
                .build();
        byte[] statement = Json.write(new SignedHead.Statement("ten_a", 8, "5dc9", at));
        JWSObject signed = new JWSObject(header, new Payload(statement));
        try {
            signed.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return signed.serialize();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("sig_1").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
