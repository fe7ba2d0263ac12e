package dev.sextant.identity.grant;

/** It prints without the code. */
public record IssuedCode(String code) {

    @Override
    public String toString() {
        return "IssuedCode[***]";
    }
}
