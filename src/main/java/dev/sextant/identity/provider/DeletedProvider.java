package dev.sextant.identity.provider;

record DeletedProvider(String id) {}
