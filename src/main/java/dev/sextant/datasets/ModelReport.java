package dev.sextant.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.query.model.ModelProposal.Guess;
import java.util.List;

/** A model that fits some events, and why each guess was made. */
record ModelReport(JsonNode model, List<Guess> guesses) {
    ModelReport {
        guesses = List.copyOf(guesses);
    }
}
