package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The secrets of a data folder, a line each in a file that only its owner reads: 256 random bits in base64url. */
final class Secrets {

    private static final int BYTES = 32;

    private final Map<SecretName, Secret> values;

    private Secrets(Map<SecretName, Secret> values) {
        this.values = values;
    }

    /** Reads the file; draws and adds those that it does not have yet. */
    static Secrets open(Path file) throws IOException {
        Map<String, String> lines = Files.exists(file) ? read(file) : Map.of();
        SecureRandom random = new SecureRandom();
        Map<SecretName, Secret> values = new EnumMap<>(SecretName.class);
        for (SecretName name : SecretName.values()) {
            String known = lines.get(name.text());
            values.put(name, new Secret(known == null ? draw(random) : known));
        }
        if (lines.size() < values.size()) {
            PrivateFiles.write(
                    file,
                    values.entrySet().stream()
                            .map(entry -> entry.getKey().text() + "="
                                    + entry.getValue().value() + "\n")
                            .collect(Collectors.joining()));
        }
        return new Secrets(values);
    }

    Secret get(SecretName name) {
        Secret secret = values.get(name);
        if (secret == null) {
            throw new IllegalStateException("There is no secret " + name.text());
        }
        return secret;
    }

    private static Map<String, String> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static String draw(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
