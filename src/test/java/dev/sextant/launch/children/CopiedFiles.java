package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Copies a folder that is in use: what is deleted meanwhile is passed over, and what is there already stays. */
final class CopiedFiles extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;
    private final Set<String> leftOut;

    private CopiedFiles(Path from, Path to, Set<String> leftOut) {
        this.from = from;
        this.to = to;
        this.leftOut = leftOut;
    }

    /** @param leftOut names of files and folders */
    static void copy(Path from, Path to, Set<String> leftOut) throws IOException {
        Files.walkFileTree(from, new CopiedFiles(from, to, leftOut));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (isLeftOut(folder)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        PrivateFiles.folder(to.resolve(from.relativize(folder)));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (isLeftOut(file)) {
            return FileVisitResult.CONTINUE;
        }
        try {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
        } catch (NoSuchFileException e) {
            return visitFileFailed(file, e);
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private boolean isLeftOut(Path path) {
        return leftOut.contains(path.getFileName().toString());
    }
}
