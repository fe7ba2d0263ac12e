package dev.sextant.identity.user;

/** @param phc Argon2id with its settings and salt, as a PHC string */
record HashedPassword(String phc) {

    @Override
    public String toString() {
        return "HashedPassword[***]";
    }
}
