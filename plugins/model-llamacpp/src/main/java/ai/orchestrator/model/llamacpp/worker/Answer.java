package ai.orchestrator.model.llamacpp.worker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One answer in the making. */
final class Answer {
    private static final String LINE = "\n";

    private final LlamaBinding binding;
    private final Call.Generate call;
    private final StopTexts stops;
    private final Slots slots;
    private final BooleanSupplier calledOff;
    private final AtomicLong tokensOfAll;
    private final Wire wire;
    private final int lineTokens;

    private final long begun = System.nanoTime();
    private long firstPiece;
    private int tokens;
    private boolean ended;
    private ThinkMarks marks = ThinkMarks.none();

    Answer(
            LlamaBinding binding,
            Call.Generate call,
            Slots slots,
            BooleanSupplier calledOff,
            AtomicLong tokensOfAll,
            Wire wire) {
        this.binding = binding;
        this.call = call;
        this.stops = new StopTexts(call.stop());
        this.slots = slots;
        this.calledOff = calledOff;
        this.tokensOfAll = tokensOfAll;
        this.wire = wire;
        this.lineTokens = binding.tokens(LINE).length;
    }

    /** Writes the answer to the wire, {@code Done} included unless it was called off. */
    void write(String prompt, int context) throws IOException, RefusedException {
        int promptTokens = binding.tokens(prompt).length;
        if (promptTokens == 0) {
            throw new RefusedException(Reply.Reason.INVALID_REQUEST, "the prompt is empty");
        }
        if (promptTokens >= context) {
            throw new RefusedException(
                    Reply.Reason.CONTEXT_LENGTH,
                    "the prompt has " + promptTokens + " tokens, and the model's context holds " + context);
        }
        if (call.input().thinks()) {
            marks = ThinkMarks.after(prompt);
        }
        int room = call.shift() ? context * Call.MOST_CONTEXTS : context - promptTokens;
        int limit = call.limit() < 0 ? room : Math.min(call.limit(), room);
        if (limit > 0) {
            generate(prompt, limit);
        }
        if (calledOff.getAsBoolean()) {
            return;
        }
        boolean cut = !ended && !stops.found();
        send(stops.rest());
        send(marks.rest());
        // the engine stops at the limit exactly, so there nothing needs to be counted
        wire.send(new Reply.Done(
                cut,
                promptTokens,
                cut ? limit : tokens,
                nanos(begun, firstPiece),
                nanos(firstPiece, System.nanoTime()),
                stops.which()));
    }

    private void generate(String prompt, int limit) throws IOException, RefusedException {
        try {
            int slot = slots.take(!call.reuse());
            try {
                binding.generate(prompt, call, slot, limit, this::take);
            } finally {
                slots.give(slot);
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while waiting for a slot");
        }
    }

    private boolean take(String piece) throws IOException {
        if (firstPiece == 0) {
            firstPiece = System.nanoTime();
        }
        int count = tokensOf(piece);
        tokens += count;
        tokensOfAll.addAndGet(count);
        ended = piece.isEmpty();
        send(stops.accept(piece));
        return !stops.found() && !calledOff.getAsBoolean();
    }

    private void send(String text) throws IOException {
        if (!text.isEmpty()) {
            send(marks.accept(text));
        }
    }

    private void send(List<Reply> replies) throws IOException {
        for (Reply reply : replies) {
            wire.send(reply);
        }
    }

    /** A character can take several tokens, and only the one that completes it comes as a piece. */
    private int tokensOf(String piece) {
        if (piece.chars().allMatch(c -> c < 0x80)) {
            return 1;
        }
        // after a line feed, since some tokenizers put a blank before a text
        return Math.max(1, binding.tokens(LINE + piece).length - lineTokens);
    }

    private static long nanos(long from, long to) {
        return from == 0 ? 1 : Math.max(1, to - from);
    }
}
