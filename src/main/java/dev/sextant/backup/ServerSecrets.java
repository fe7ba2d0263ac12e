package dev.sextant.backup;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What nothing can be restored without.
 *
 * @param folder the data folder, in which further keys stand in files of their own
 */
public record ServerSecrets(Secret masterKey, Secret platformKey, Path folder) {

    /** In a data folder {@code secret-<name>} holds one. */
    static final String FILES = "secret-";

    public static final String MASTER_KEY = "master_key";
    public static final String PLATFORM_KEY = "platform_key";

    Map<String, Secret> all() throws IOException {
        Map<String, Secret> nameToSecret = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(FILES))
                    .toList()) {
                String name = file.getFileName().toString().substring(FILES.length());
                nameToSecret.put(name, new Secret(Files.readString(file).strip()));
            }
        }
        nameToSecret.put(MASTER_KEY, masterKey);
        nameToSecret.put(PLATFORM_KEY, platformKey);
        return nameToSecret;
    }
}
