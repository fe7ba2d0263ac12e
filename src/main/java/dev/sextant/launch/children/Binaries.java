package dev.sextant.launch.children;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the servers' programs out of their jars, once for each content: what is there already is used as it is.
 *
 * @param cache where the unpacked programs stay; several servers may share it
 */
record Binaries(Path cache) {

    private static final Map<String, String> POSTGRES =
            Map.of("amd64", "/postgres-linux-x86_64.txz", "aarch64", "/postgres-linux-arm_64.txz");
    private static final Map<String, String> REDIS =
            Map.of("amd64", "/redis-server-6.2.6-v5-linux-amd64", "aarch64", "/redis-server-6.2.7-linux-arm64");

    /** Unpacks one resource into a folder. */
    private interface Unpacking {
        void unpack(InputStream resource, Path folder) throws IOException;
    }

    /** In the user's cache folder, or where that cannot be written to, in the data folder. */
    static Binaries find(DataFolder folder) throws IOException {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path shared = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        try {
            return new Binaries(PrivateFiles.folder(shared.resolve("sextant")));
        } catch (IOException e) {
            return new Binaries(folder.folder("programs"));
        }
    }

    /** The folder with PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    Path postgres() throws IOException {
        return unpacked("postgres", resource("PostgreSQL", POSTGRES), Binaries::untar);
    }

    /** Redis' program. */
    Path redis() throws IOException {
        Path folder = unpacked("redis", resource("Redis", REDIS), (resource, into) -> {
            Files.copy(resource, into.resolve("redis-server"));
            makeExecutable(into.resolve("redis-server"));
        });
        return folder.resolve("redis-server");
    }

    private static URL resource(String server, Map<String, String> architectureToName) {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String name = architectureToName.get(System.getProperty("os.arch"));
        boolean isLinux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        URL resource = isLinux && name != null ? Binaries.class.getResource(name) : null;
        if (resource == null) {
            throw new CannotStartException(
                    "This build brings no " + server + " for " + machine + ": set its mode to external", null);
        }
        return resource;
    }

    private Path unpacked(String name, URL resource, Unpacking unpacking) throws IOException {
        Path folder = cache.resolve(name + "-" + checksum(resource));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path fresh = Files.createTempDirectory(cache, name + "-unpacking-");
        try (InputStream in = resource.openStream()) {
            unpacking.unpack(in, fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            PrivateFiles.deleteAll(fresh);
            if (!Files.isDirectory(folder)) { // else another server was quicker
                throw e;
            }
        }
        return folder;
    }

    /** The jar's index has it: nothing is read for it. */
    private static String checksum(URL resource) throws IOException {
        if (resource.openConnection() instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        throw new IOException("Programs are unpacked from jars only, not from " + resource);
    }

    private static void untar(InputStream resource, Path folder) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(resource));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = folder.resolve(entry.getName()).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("The archive leads out of its folder");
            }
            write(tar, entry, path);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0) {
            makeExecutable(path);
        }
    }

    private static void makeExecutable(Path program) throws IOException {
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + program + " executable");
        }
    }
}
