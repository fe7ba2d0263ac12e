package dev.sextant.identity.client;

record DeletedClient(String id) {}
