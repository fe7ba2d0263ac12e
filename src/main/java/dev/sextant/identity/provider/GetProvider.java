package dev.sextant.identity.provider;

record GetProvider(String id) {}
