package dev.sextant.identity.user;

record CheckedPassword(boolean isRight) {}
