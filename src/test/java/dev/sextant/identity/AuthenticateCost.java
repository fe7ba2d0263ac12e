package dev.sextant.identity;

import dev.sextant.http.ClientAddress;
import dev.sextant.identity.grant.SignInProver;
import dev.sextant.identity.key.KeyConfig;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyReader;
import dev.sextant.identity.key.KeyRights;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.token.TokensInTests;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints what it costs to authenticate with a credential that is known, in ns and bytes. Run by hand. */
public final class AuthenticateCost {

    private static final ClientAddress HOME = ClientAddress.parse("192.0.2.1").orElseThrow();
    private static final int ROUNDS = 10;
    private static final int CALLS = 1_000_000;

    private AuthenticateCost() {}

    public static void main(String[] arguments) {
        KeyText key = KeyText.make(new SecureRandom());
        Credential credential = new Credential(
                "key_1",
                new TenantId("ten_acme"),
                true,
                new Credential.Text(Buffer.buffer(key.hash()), null),
                new Credential.Limits(
                        Set.of("analytics:read"),
                        List.of(),
                        null,
                        List.of("10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24")),
                null,
                null);
        KeyAuthenticator authenticator = authenticator(credential);
        measure("key", authenticator, "Bearer " + key.value());
        String token = TokensInTests.sign(key.prefix());
        measure("token of " + token.length() + " bytes", authenticator, "Bearer " + token);
    }

    private static KeyAuthenticator authenticator(Credential credential) {
        InstantSource clock = InstantSource.system();
        KeyReader<Credential> reader =
                new KeyReader<>(_ -> Future.succeededFuture(Optional.of(credential)), KeyConfig.DEFAULT);
        CredentialProof proof = new CredentialProof(
                new KeyProver(reader, clock),
                new SignInProver(
                        new KeyReader<>(_ -> Future.succeededFuture(Optional.empty()), KeyConfig.DEFAULT), clock),
                TokensInTests.make(clock),
                new LastUses(),
                new KeyRights((_, _) -> Future.succeededFuture("")));
        return new KeyAuthenticator(
                proof,
                _ -> Future.succeededFuture(),
                new TenantGates(() -> System.nanoTime() != 0, Future::succeededFuture),
                IdentityConfig.DEFAULT,
                clock);
    }

    private static void measure(String what, KeyAuthenticator authenticator, String authorization) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long begun = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                Future<?> proof = authenticator.authenticate(authorization, HOME);
                if (proof.failed()) {
                    throw (ProblemException) proof.cause();
                }
            }
            long nanos = System.nanoTime() - begun;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            System.out.printf("%s: %d ns, %d bytes a call%n", what, nanos / CALLS, bytes / CALLS);
        }
    }
}
