package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.Amounts;
import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks OpenRouter what a call cost whose answer did not tell. OpenRouter writes that down some time after the call, so it is asked a few times,
 * off everybody's path; then the estimate stands.
 */
final class GenerationLookup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationLookup.class);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 16;

    private final ChatCompletions client;
    private final String name;
    private final List<Duration> pauses;
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param name the provider's, for the log */
    GenerationLookup(ChatCompletions client, String name) {
        this(client, name, PAUSES);
    }

    GenerationLookup(ChatCompletions client, String name, List<Duration> pauses) {
        this.client = client;
        this.name = name;
        this.pauses = List.copyOf(pauses);
    }

    /**
     * Finds out in the background what a call took.
     *
     * @param id OpenRouter's name for the call
     * @param bill is told, unless it cannot be found out
     */
    void ask(String id, Consumer<Usage> bill) {
        try {
            askers.execute(() -> find(id, bill));
        } catch (RejectedExecutionException e) {
            LOG.info("{} is being closed: the cost of {} stays estimated", name, id);
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }

    private void find(String id, Consumer<Usage> bill) {
        try {
            for (Duration pause : pauses) {
                Thread.sleep(pause);
                Optional<Usage> found = look(id);
                if (found.isPresent()) {
                    bill.accept(found.get());
                    return;
                }
            }
            LOG.info("{}: OpenRouter does not tell what {} cost, the estimate stands", name, id);
        } catch (PluginFailure e) {
            LOG.info("{}: what {} cost cannot be learned, the estimate stands: {}", name, id, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks once.
     *
     * @return empty if it is not written down yet, or OpenRouter cannot say just now
     * @throws PluginFailure if it will never be known
     */
    private Optional<Usage> look(String id) throws InterruptedException {
        places.acquire();
        try {
            return read(client.get("generation?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8), PATIENCE)
                    .path("data"));
        } catch (PluginFailure failure) {
            if (failure instanceof PluginFailure.Retriable || failure.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        } finally {
            places.release();
        }
    }

    private static Optional<Usage> read(JsonNode data) {
        Optional<BigDecimal> total = Amounts.dollars(data.path("total_cost"));
        if (data.path("is_byok").asBoolean(false)) {
            Optional<BigDecimal> hosts = Amounts.dollars(data.path("upstream_inference_cost"));
            total = total.map(cost -> cost.add(hosts.orElse(BigDecimal.ZERO)));
        }
        int read = tokens(data, "prompt");
        return total.map(cost -> new Usage(
                read,
                Math.min(read, Amounts.tokens(data.path("native_tokens_cached"))),
                tokens(data, "completion"),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(Math.max(0, data.path("generation_time").asLong(0))),
                Optional.of(cost),
                Json.text(data, "model")));
    }

    /** The model's own count, which is what is charged for. */
    private static int tokens(JsonNode data, String kind) {
        int counted = Amounts.tokens(data.path("native_tokens_" + kind));
        return counted > 0 ? counted : Amounts.tokens(data.path("tokens_" + kind));
    }
}
