package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a server does, and how its process comes and goes. */
class ServerConductTest {
    private static final String MODEL = "tiny:latest";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LlamaCppProvider provider;

    @BeforeEach
    void open() {
        TinyModels.toolCaller().to(folder.resolve("tiny.gguf"));
        provider = Providers.onServer(folder, Map.of("context", 1024, "parallel", 2));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void tells_how_likely_each_token_was() {
        for (ModelRequest request :
                List.of(Ask.chat(MODEL, Ask.fixed(8), Message.of("user", "x")), Ask.raw(MODEL, "abc", Ask.fixed(8)))) {
            for (int top : new int[] {0, 3}) {
                List<TokenLogprob> logprobs = logprobs(Ask.answer(provider, withLogprobs(request, top)));
                assertThat(logprobs).hasSizeBetween(1, 8).allSatisfy(each -> {
                    assertThat(each.logprob()).isLessThanOrEqualTo(0);
                    assertThat(each.bytes()).isNotEmpty();
                    assertThat(each.top()).hasSize(top);
                });
            }
        }
        try (LlamaCppProvider embedded = Providers.of(folder)) {
            ModelRequest request = withLogprobs(Ask.raw(MODEL, "abc", Ask.fixed(8)), 1);
            assertThat(Ask.failure(embedded, request).code()).isEqualTo(FailureCode.UNSUPPORTED);
        }
    }

    @Test
    void fills_in_where_the_vocabulary_has_the_marks() {
        assertThat(provider.models().getFirst().capabilities())
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS, Capability.INSERT);
    }

    @Test
    void a_later_turn_of_a_conversation_finds_the_earlier_ones_in_memory() {
        Message first = Message.of("user", "a".repeat(300));
        String answer = Ask.answer(provider, Ask.chat(MODEL, unseeded(), first)).text();
        Usage usage = Ask.answer(
                        provider,
                        Ask.chat(MODEL, unseeded(), first, Message.of("assistant", answer), Message.of("user", "b")))
                .finished()
                .usage();

        assertThat(usage.cachedPromptTokens()).isBetween(300, usage.promptTokens() - 1);
    }

    @Test
    void one_who_leaves_stops_the_writing() {
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            throw new PluginFailure.Cancelled();
        });
        ModelRequest endless = Ask.raw(MODEL, "abc", Ask.fixed(900));
        assertThatThrownBy(() -> provider.stream(endless, events)).isInstanceOf(PluginFailure.Cancelled.class);

        ProcessHandle process = ProcessHandle.of(
                        provider.worker(MODEL).orElseThrow().child().pid())
                .orElseThrow();
        Ask.until("it computes no more", () -> {
            var before = process.info().totalCpuDuration();
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return before.equals(process.info().totalCpuDuration());
        });
        assertThat(Ask.answer(provider, Ask.raw(MODEL, "abc", Ask.fixed(4))).text())
                .isNotEmpty();
    }

    @Test
    void unloading_ends_the_process_and_gives_its_memory_back() {
        provider.load(MODEL, Optional.empty());
        ChildProcess child = provider.worker(MODEL).orElseThrow().child();
        ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
        assertThat(process.info().command())
                .hasValueSatisfying(command -> assertThat(command).endsWith("llama-server"));
        OptionalLong held = child.residentBytes();
        assertThat(held.orElse(0)).isGreaterThan(1 << 20);

        provider.unload(MODEL);

        assertThat(provider.loaded()).isEmpty();
        assertThat(process.isAlive()).isFalse();
        assertThat(child.folder()).doesNotExist();
    }

    @Test
    void a_server_that_dies_fails_its_request_and_the_next_gets_another() {
        List<Long> killed = new ArrayList<>();
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            if (killed.isEmpty()) {
                long pid = provider.worker(MODEL).orElseThrow().child().pid();
                killed.add(pid);
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                Ask.until("that is noticed", () -> provider.worker(MODEL).isEmpty());
            }
        });
        assertThatThrownBy(() -> provider.stream(Ask.raw(MODEL, "abc", Ask.fixed(900)), events))
                .isInstanceOfSatisfying(PluginFailure.Retriable.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.BROKEN_OFF));
        assertThat(Ask.answer(provider, Ask.raw(MODEL, "abc", Ask.fixed(4))).text())
                .isNotEmpty();
    }

    private static List<TokenLogprob> logprobs(ModelEventRecorder answer) {
        List<TokenLogprob> all = new ArrayList<>();
        for (ModelEvent event : answer.events()) {
            if (event instanceof ModelEvent.Text(String text, List<TokenLogprob> logprobs)) {
                assertThat(text).isNotEmpty();
                all.addAll(logprobs);
            }
        }
        return all;
    }

    private static SamplingOptions.Builder unseeded() {
        return SamplingOptions.builder().numPredict(4).temperature(0);
    }

    private static ModelRequest withLogprobs(ModelRequest request, int top) {
        return new ModelRequest(
                request.requestId(),
                request.model(),
                request.prompt(),
                request.options(),
                request.format(),
                request.tools(),
                request.toolChoice(),
                request.thinking(),
                OptionalInt.of(top),
                request.overflow(),
                request.keepAlive(),
                request.deadline());
    }
}
