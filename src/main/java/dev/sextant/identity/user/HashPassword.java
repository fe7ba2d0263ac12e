package dev.sextant.identity.user;

/** It prints without the password. */
record HashPassword(String password) {

    @Override
    public String toString() {
        return "HashPassword[***]";
    }
}
