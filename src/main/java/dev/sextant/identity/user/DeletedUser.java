package dev.sextant.identity.user;

record DeletedUser(String id) {}
