package dev.sextant.identity.grant;

public record EndedSignIn(String signInId) {}
