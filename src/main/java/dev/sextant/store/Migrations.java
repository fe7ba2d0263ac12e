package dev.sextant.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The migrations of this build, by the names of their files. */
final class Migrations {

    private static final String FIRST = "/db/migration/V1__tenants_keys_datasets.sql";
    private static final Pattern FILE = Pattern.compile("(?:^|/)V([0-9.]+)__[a-z0-9_]+\\.sql$");

    private Migrations() {}

    /** Touches the disk. */
    static Set<String> versions() {
        try {
            URL first = Objects.requireNonNull(Migrations.class.getResource(FIRST), "The build lacks its migrations");
            return names(first)
                    .flatMap(name -> FILE.matcher(name).results())
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations of this build cannot be listed", e);
        }
    }

    private static Stream<String> names(URL first) throws IOException {
        URLConnection connection = first.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(entry -> "/" + entry.getName())
                    .filter(name -> name.startsWith("/db/migration/"));
        }
        Path folder = Path.of(first.getPath()).resolveSibling("");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList().stream();
        }
    }
}
