package dev.sextant.identity.key;

/** It may; else the answer is the problem that the caller would get now. */
public record CallerStands(String credential) {}
