package dev.sextant.identity.user;

record DeleteUser(String id) {}
