package dev.sextant.launch;

import dev.sextant.demo.DemoTenant;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code server.json} in the data folder: how to reach the server that runs there. It is there from ready to stop.
 *
 * @param platformAdminKey and the tenants' keys: in demo mode only
 */
record ServerFile(
        String baseUrl, String adminUrl, long pid, @Nullable String platformAdminKey, List<Tenant> tenants) {

    private static final String NAME = "server.json";

    /** A tenant of the demo. */
    record Tenant(String id, String name, String apiKey) {
        static Tenant of(DemoTenant tenant) {
            return new Tenant(tenant.id(), tenant.name(), tenant.apiKey().value());
        }
    }

    ServerFile {
        tenants = List.copyOf(tenants);
    }

    /** Writes it at once whole, for the owner's eyes only. */
    void write(Path dataFolder) {
        Path unfinished = dataFolder.resolve(NAME + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(unfinished, Json.write(this));
            Files.move(
                    unfinished,
                    dataFolder.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("server.json cannot be written", e);
        }
    }

    /** What it says; empty where none is there. */
    static Optional<ServerFile> find(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(NAME);
        return Files.exists(file)
                ? Optional.of(Json.read(Files.readAllBytes(file), ServerFile.class))
                : Optional.empty();
    }

    static void delete(Path dataFolder) {
        try {
            Files.deleteIfExists(dataFolder.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("server.json cannot be deleted", e);
        }
    }
}
