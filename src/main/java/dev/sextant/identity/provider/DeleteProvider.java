package dev.sextant.identity.provider;

record DeleteProvider(String id) {}
