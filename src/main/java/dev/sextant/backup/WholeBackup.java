package dev.sextant.backup;

import dev.sextant.backup.Manifest.Part;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A backup as it lies on a disk. Nothing in it is believed before it is checked. Blocks. */
public final class WholeBackup {

    private final Path folder;
    private final byte[] text;
    private final Manifest manifest;

    private WholeBackup(Path folder, byte[] text, Manifest manifest) {
        this.folder = folder;
        this.text = text;
        this.manifest = manifest;
    }

    /** Reads what is in it. @throws UnusableBackupException where it is none, or not one that this product reads */
    public static WholeBackup open(Path folder) throws UnusableBackupException, IOException {
        Path file = folder.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file)) {
            throw new UnusableBackupException(
                    "%s is not a whole backup: it has no %s.".formatted(folder, Manifest.NAME));
        }
        byte[] text = Files.readAllBytes(file);
        try {
            if (Json.tree(text).path("form").asInt() != Manifest.FORM) {
                throw new UnusableBackupException("%s was made by another product, or a later one.".formatted(folder));
            }
            return new WholeBackup(folder, text, Json.read(text, Manifest.class));
        } catch (IOException | UncheckedIOException | IllegalArgumentException _) {
            throw new UnusableBackupException("The manifest %s is damaged.".formatted(file));
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * The secrets of the server that was backed up, by their names.
     *
     * @param given what is known beside the backup, for one in which they were left out
     */
    public Map<String, Secret> secrets(Secret passphrase, Map<String, Secret> given)
            throws UnusableBackupException, IOException {
        Map<String, Secret> secrets = manifest.secrets() == BackupSecrets.SEALED ? opened(passphrase) : given(given);
        String seal = Files.readString(requireFile(Manifest.SEAL), StandardCharsets.ISO_8859_1);
        Secret master = secrets.getOrDefault(ServerSecrets.MASTER_KEY, new Secret(""));
        if (!ManifestSeal.fits(seal, text, master)) {
            throw new UnusableBackupException(
                    "The manifest is not the one that was written, or the master key is another server's.");
        }
        return secrets;
    }

    private Map<String, Secret> opened(Secret passphrase) throws UnusableBackupException, IOException {
        if (passphrase.value().isEmpty()) {
            throw new UnusableBackupException(
                    "The secrets in this backup are sealed: give the passphrase as SEXTANT_BACKUP_PASSPHRASE.");
        }
        return SealedSecrets.open(Files.readAllBytes(requireFile(Manifest.SECRETS)), passphrase)
                .orElseThrow(() -> new UnusableBackupException(
                        "The secrets do not open: the passphrase is another one, or %s is damaged."
                                .formatted(Manifest.SECRETS)));
    }

    private static Map<String, Secret> given(Map<String, Secret> given) throws UnusableBackupException {
        if (given.values().stream().anyMatch(secret -> secret.value().isEmpty())) {
            throw new UnusableBackupException("The secrets were left out of this backup: give them as"
                    + " SEXTANT_SECRETS_MASTER_KEY and SEXTANT_SECRETS_PLATFORM_KEY.");
        }
        return new HashMap<>(given);
    }

    private Path requireFile(String path) throws UnusableBackupException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new UnusableBackupException("%s is missing in the backup.".formatted(path));
        }
        return file;
    }

    /** Holds each part against the manifest. @throws UnusableBackupException which names those that are not as they were */
    public void check() throws UnusableBackupException, IOException {
        Set<String> known = new HashSet<>(Set.of(Manifest.NAME, Manifest.SEAL));
        for (Part part : manifest.parts()) {
            Path file = requireFile(part.path());
            if (Files.size(file) != part.bytes() || !Digests.sha256(file).equals(part.sha256())) {
                throw new UnusableBackupException("%s is damaged: it is not what was written.".formatted(part.path()));
            }
            known.add(part.path());
        }
        for (Path file : files()) {
            String path = folder.relativize(file).toString();
            if (!known.contains(path)) {
                throw new UnusableBackupException("%s does not belong to the backup.".formatted(path));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** The file of each table. */
    public Map<String, Path> tableToFile() {
        String before = Manifest.TABLES + "/";
        return manifest.parts().stream()
                .map(Part::path)
                .filter(path -> path.startsWith(before))
                .collect(Collectors.toMap(
                        path -> path.substring(before.length(), path.length() - Manifest.TABLE_ENDING.length()),
                        folder::resolve));
    }

    /**
     * Takes it to another place, where nothing is; also on another disk: there it is copied, checked, and has its name last.
     *
     * @return the place
     */
    public Path moveTo(Path place) throws UnusableBackupException, IOException {
        try {
            return Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Path unfinished = place.resolveSibling(place.getFileName() + BackupFolder.UNFINISHED);
            BackupFolder.copy(folder, unfinished);
            WholeBackup.open(unfinished).check();
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            BackupFolder.delete(folder);
            return place;
        }
    }

    /** Copies what lies in a data folder as it lies in the backup. */
    public void copyFiles(Path dataFolder) throws IOException {
        for (Part part : manifest.parts()) {
            if (part.path().startsWith(Manifest.JOURNAL + "/") || part.path().startsWith(Manifest.TENANTS + "/")) {
                Path file = dataFolder.resolve(part.path());
                Files.createDirectories(file.getParent());
                Files.copy(folder.resolve(part.path()), file);
                BackupFolder.sync(file);
            }
        }
    }
}
