package dev.sextant.backup;

/** Why nothing can be made of a backup, in one sentence for the person who tries. */
public final class UnusableBackupException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableBackupException(String sentence) {
        super(sentence);
    }
}
