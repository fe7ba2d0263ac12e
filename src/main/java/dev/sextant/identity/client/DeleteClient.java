package dev.sextant.identity.client;

record DeleteClient(String id) {}
