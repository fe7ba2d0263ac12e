package dev.sextant.launch;

import dev.sextant.identity.IdentitySecrets;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sextant secrets}: draws what the nodes of a new cluster must have in common, as lines for their environment. */
@Command(
        name = "secrets",
        description = "Draw new secrets for the nodes of a cluster; keep them safe.",
        mixinStandardHelpOptions = true)
final class SecretsCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("SEXTANT_SECRETS_MASTER_KEY=" + draw());
        out.println("SEXTANT_SECRETS_PLATFORM_KEY="
                + IdentitySecrets.makePlatformKey().value());
        out.println("SEXTANT_CLUSTER_SECRET=" + draw());
        out.flush();
        return 0;
    }

    private static String draw() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
