package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Stored answers as bytes: a version, the SHA-256 of the request, the answer, and a CRC-32C of all before it. What does not read as exactly that, for exactly
 * that request, is no entry.
 */
final class EntryCodec {
    private static final int VERSION = 1;

    /** Has the time when it expires at its end. A server that does not know it takes it for no entry, and not for one that never expires. */
    private static final int VERSION_EXPIRING = 2;

    private static final int CHECKSUM_BYTES = 4;
    private static final int SHA256_BYTES = 32;

    private static final int TEXT = 0;
    private static final int THINK = 1;
    private static final int CALL = 2;
    private static final int FINISHED = 3;
    private static final int TEXT_OF_TOKENS = 4;
    private static final int FINISHED_AT_STOP = 5;

    private EntryCodec() {}

    /** The bytes of an answer to the request of the fingerprint. */
    static byte[] encode(RequestFingerprint fingerprint, StoredAnswer answer) {
        BodyWriter out = new BodyWriter();
        out.number(answer.expiresAt().isEmpty() ? VERSION : VERSION_EXPIRING);
        out.bytes(fingerprint.sha256());
        out.number(answer.createdAt().toEpochMilli());
        out.text(answer.model());
        out.optional(answer.remote(), remote -> {
            out.text(remote.model());
            out.text(remote.host());
        });
        out.text(answer.route());
        out.text(answer.search());
        List<ModelEvent> events = EventRuns.merged(answer.events());
        out.number(events.size());
        events.forEach(event -> event(event, out));
        out.number(answer.sources().size());
        for (Source source : answer.sources()) {
            out.number(source.number());
            out.text(source.url());
            out.text(source.title());
        }
        answer.expiresAt().ifPresent(at -> out.number(at.toEpochMilli()));
        out.checksum();
        return out.toByteArray();
    }

    /** The answer, if the bytes are a whole entry of the request of the fingerprint. */
    static Optional<StoredAnswer> decode(RequestFingerprint fingerprint, byte[] body) {
        int length = body.length - CHECKSUM_BYTES;
        if (length < 0 || checksum(body, length) != BodyReader.fixedInt(body, length)) {
            return Optional.empty();
        }
        try {
            BodyReader in = new BodyReader(body, length);
            boolean expires = expires(in);
            return Arrays.equals(in.bytes(), fingerprint.sha256())
                    ? Optional.of(answer(in, expires))
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty(); // written by a version of this code that never was, or by somebody else
        }
    }

    /** Whether the bytes are a whole entry, of whatever request. */
    static boolean isSound(byte[] body) {
        int length = body.length - CHECKSUM_BYTES;
        if (length < 0 || checksum(body, length) != BodyReader.fixedInt(body, length)) {
            return false;
        }
        try {
            BodyReader in = new BodyReader(body, length);
            boolean expires = expires(in);
            if (in.bytes().length != SHA256_BYTES) {
                return false;
            }
            answer(in, expires);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean expires(BodyReader in) {
        long version = in.number();
        if (version != VERSION && version != VERSION_EXPIRING) {
            throw new IllegalArgumentException("unknown version");
        }
        return version == VERSION_EXPIRING;
    }

    static int checksum(byte[] body, int length) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, length);
        return (int) crc.getValue();
    }

    private static StoredAnswer answer(BodyReader in, boolean expires) {
        Instant createdAt = Instant.ofEpochMilli(in.number());
        String model = in.text();
        Optional<RemoteOrigin> remote = in.optional(() -> new RemoteOrigin(in.text(), in.text()));
        String route = in.text();
        String search = in.text();
        List<ModelEvent> events = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            events.add(event(in));
        }
        List<Source> sources = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            sources.add(new Source(in.count(), in.text(), in.text()));
        }
        Optional<Instant> expiresAt = expires ? Optional.of(Instant.ofEpochMilli(in.number())) : Optional.empty();
        return new StoredAnswer(model, remote, route, search, createdAt, events, sources, expiresAt);
    }

    private static void event(ModelEvent event, BodyWriter out) {
        switch (event) {
            case ModelEvent.Text(String text, var tokens) -> {
                out.number(tokens.isEmpty() ? TEXT : TEXT_OF_TOKENS);
                out.text(text);
                if (!tokens.isEmpty()) {
                    LogprobCodec.write(tokens, out);
                }
            }
            case ModelEvent.Think(String text) -> {
                out.number(THINK);
                out.text(text);
            }
            case ModelEvent.Call(ToolCall call) -> {
                out.number(CALL);
                out.text(call.id());
                out.text(call.name());
                out.text(call.argumentsJson());
            }
            case ModelEvent.Finished(FinishReason reason, Usage usage, String stopText) -> {
                out.number(stopText.isEmpty() ? FINISHED : FINISHED_AT_STOP);
                out.text(reason.name());
                usage(usage, out);
                if (!stopText.isEmpty()) {
                    out.text(stopText);
                }
            }
        }
    }

    private static ModelEvent event(BodyReader in) {
        return switch (in.count()) {
            case TEXT -> new ModelEvent.Text(in.text());
            case TEXT_OF_TOKENS -> new ModelEvent.Text(in.text(), LogprobCodec.read(in));
            case THINK -> new ModelEvent.Think(in.text());
            case CALL -> new ModelEvent.Call(new ToolCall(in.text(), in.text(), in.text()));
            case FINISHED -> new ModelEvent.Finished(FinishReason.valueOf(in.text()), usage(in));
            case FINISHED_AT_STOP -> new ModelEvent.Finished(FinishReason.valueOf(in.text()), usage(in), in.text());
            default -> throw new IllegalArgumentException("unknown event");
        };
    }

    private static void usage(Usage usage, BodyWriter out) {
        number(usage.promptTokens(), out);
        number(usage.cachedPromptTokens(), out);
        number(usage.completionTokens(), out);
        number(usage.load().toNanos(), out);
        number(usage.promptEval().toNanos(), out);
        number(usage.eval().toNanos(), out);
        out.optional(usage.costUsd(), cost -> out.text(cost.toString()));
        out.text(usage.servedModel());
    }

    /** A far side that tells of less than nothing tells nothing. */
    private static void number(long number, BodyWriter out) {
        out.number(Math.max(0, number));
    }

    private static Usage usage(BodyReader in) {
        return new Usage(
                in.count(),
                in.count(),
                in.count(),
                Duration.ofNanos(in.number()),
                Duration.ofNanos(in.number()),
                Duration.ofNanos(in.number()),
                in.optional(() -> new BigDecimal(in.text())),
                in.text());
    }
}
