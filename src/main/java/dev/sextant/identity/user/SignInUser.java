package dev.sextant.identity.user;

/** Asks for the user of the origin's tenant who proves themselves by a password. It prints without the password. */
public record SignInUser(String email, String password) {

    @Override
    public String toString() {
        return "SignInUser[email=***, password=***]";
    }
}
