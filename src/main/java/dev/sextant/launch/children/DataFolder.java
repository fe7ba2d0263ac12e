package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The folder in which one server keeps everything, locked against a second one for as long as this JVM lives.
 *
 * <p>It and its folders are closed to other users. The lock is the operating system's: it ends with the JVM, however
 * that ends.
 */
public final class DataFolder implements AutoCloseable {

    /**
     * The folders of this JVM. A static, because the lock is the process's as well: to open its file a second time, and
     * close it, would silently give up the lock that is held (POSIX fcntl).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockHolder;
    private final Secrets secrets;

    private DataFolder(Path path, FileChannel lockHolder, Secrets secrets) {
        this.path = path;
        this.lockHolder = lockHolder;
        this.secrets = secrets;
    }

    /**
     * Makes the folder where there is none, and takes its lock.
     *
     * @throws CannotStartException where another server has it, or it cannot be written to
     */
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Path real = PrivateFiles.folder(path).toRealPath();
            FileChannel lockHolder = lock(real);
            return new DataFolder(real, lockHolder, Secrets.open(real.resolve("secrets")));
        } catch (IOException e) {
            throw new CannotStartException("The data folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        if (!HELD.add(path)) {
            throw inUse(path);
        }
        FileChannel holder = null;
        try {
            holder = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (holder.tryLock() == null) {
                throw inUse(path);
            }
            return holder;
        } catch (IOException | CannotStartException e) {
            HELD.remove(path);
            if (holder != null) {
                holder.close();
            }
            throw e;
        }
    }

    private static CannotStartException inUse(Path path) {
        return new CannotStartException(
                "Another server uses the data folder " + path
                        + ": stop that one first, or give this one a folder of its own with --data-dir",
                null);
    }

    /**
     * Writes secrets into a folder that no server has used yet, for the one that will.
     *
     * @param others by the names that {@link #secret} knows them by
     */
    public static void plant(Path folder, Secret masterKey, Map<String, Secret> others) throws IOException {
        PrivateFiles.folder(folder);
        PrivateFiles.write(folder.resolve("secrets"), SecretName.MASTER_KEY.text() + "=" + masterKey.value() + "\n");
        for (Map.Entry<String, Secret> other : others.entrySet()) {
            PrivateFiles.write(
                    folder.resolve("secret-" + other.getKey()), other.getValue().value());
        }
    }

    public Path path() {
        return path;
    }

    /** 256 random bits in base64url, to seal what must not be read from the stores alone. */
    public Secret masterKey() {
        return secrets.get(SecretName.MASTER_KEY);
    }

    /** By which nodes know each other. */
    public Secret clusterSecret() {
        return secrets.get(SecretName.CLUSTER);
    }

    /**
     * The secret in a file of its own, {@code secret-<name>}, made by {@code maker} the first time.
     *
     * @throws CannotStartException where it cannot be read or written
     */
    public Secret secret(String name, Supplier<Secret> maker) {
        Path file = path.resolve("secret-" + name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(file, maker.get().value());
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CannotStartException("The secret " + file + " cannot be used", e);
        }
    }

    Secrets secrets() {
        return secrets;
    }

    /** A folder within it, made where there is none. */
    Path folder(String name) throws IOException {
        return PrivateFiles.folder(path.resolve(name));
    }

    /** Deletes a folder that no server uses any more, with all that is in it. */
    public static void delete(Path folder) {
        try {
            PrivateFiles.deleteAll(folder);
        } catch (IOException e) {
            throw new CannotStartException("The data folder " + folder + " cannot be deleted", e);
        }
    }

    /** Gives the lock up. */
    @Override
    public void close() {
        try {
            lockHolder.close();
            HELD.remove(path);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot give up the lock of " + path, e);
        }
    }
}
