package dev.sextant.identity.client;

record GetClient(String id) {}
