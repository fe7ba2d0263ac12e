package dev.sextant.audit.log;

import dev.sextant.http.PulledBytes;

/** A log as it flows out: lines of JSON, which {@link OfflineCheck} reads. */
record LogFile(PulledBytes bytes) {}
