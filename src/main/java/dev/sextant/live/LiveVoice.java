package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;

/** Tells the places of an audience what happened, each by one message, and notes those that are gone. */
record LiveVoice(Bus bus, LiveRun run) {

    void tell(Evaluation evaluation, News news) {
        Deliver message = new Deliver(evaluation.id(), news);
        for (String place : evaluation.audience().places()) {
            bus.askHere(LiveAddresses.delivery(place), message, run.origin(evaluation.key()))
                    .onSuccess(delivered -> abandonUnless(delivered.wanted(), evaluation, place))
                    .onFailure(failure -> abandonUnless(!isGone(failure), evaluation, place));
        }
    }

    private static void abandonUnless(boolean isWanted, Evaluation evaluation, String place) {
        if (!isWanted) {
            evaluation.abandon(place);
        }
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Unavailable;
    }
}
