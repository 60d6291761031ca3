package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.DurableCacheTier.OldReply;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.digest.Digests;
import ai.orchestrator.server.orchestration.StoredAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what the older service stored: its reply to a chat request, an object whose {@code response} is the answer's text. */
final class OldReplies {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The old rows tell neither which model answered nor what it took. */
    private static final String MODEL = "legacy:latest";

    private static final Usage UNKNOWN =
            new Usage(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");

    private OldReplies() {}

    /** The key that the older service made of a request's name. */
    static CacheKey key(String name) {
        ByteBuffer md5 = ByteBuffer.wrap(Digests.md5().digest(name.getBytes(StandardCharsets.UTF_8)));
        return new CacheKey(md5.getLong(), md5.getLong());
    }

    /** Whether a text is an answer. */
    static boolean isReadable(String json) {
        return text(json).isPresent();
    }

    /** The answer as this server keeps answers; empty if it is none. */
    static Optional<StoredAnswer> read(OldReply reply) {
        return text(reply.json())
                .map(text -> new StoredAnswer(
                        MODEL,
                        Optional.empty(),
                        "legacy",
                        "",
                        reply.createdAt(),
                        List.of(new ModelEvent.Text(text), new ModelEvent.Finished(FinishReason.STOP, UNKNOWN)),
                        List.of()));
    }

    private static Optional<String> text(String json) {
        try {
            JsonNode response = JSON.readTree(json).path("response");
            return response.isTextual() && !response.textValue().isBlank()
                    ? Optional.of(response.textValue())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
