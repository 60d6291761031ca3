package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalRequestTest {
    private static final ModelIdentity MODEL = identity("m:latest", "d1");
    private static final ChatRequest BASE =
            request(new Prompt.Chat(List.of(Message.of("user", "hi"))), options(b -> {}));

    private static ModelIdentity identity(String name, String digest) {
        return new ModelIdentity(
                name, List.of(digest), Optional.of(new ModelIdentity.Defaults(SamplingOptions.defaults(), true)));
    }

    @Test
    void everyFieldThatCanChangeTheAnswerChangesTheKey() {
        Map<String, RequestFingerprint> keys = new LinkedHashMap<>();
        keys.put("base", key(BASE));
        keys.put("scope", CanonicalRequest.fingerprint(BASE, MODEL, "tenant"));
        keys.put("model", CanonicalRequest.fingerprint(BASE, identity("n:latest", "d1"), ""));
        keys.put("digest", CanonicalRequest.fingerprint(BASE, identity("m:latest", "d2"), ""));
        chat(keys, "text", Message.of("user", "hi "));
        chat(keys, "role", Message.of("assistant", "hi"));
        chat(keys, "thinking", new Message("user", "hi", "t", List.of(), List.of(), "", ""));
        chat(keys, "image", new Message("user", "hi", "", List.of(new Image(new byte[] {1})), List.of(), "", ""));
        chat(keys, "other image", new Message("user", "hi", "", List.of(new Image(new byte[] {2})), List.of(), "", ""));
        ToolCall call = new ToolCall("i", "n", "{}");
        chat(keys, "call", new Message("user", "hi", "", List.of(), List.of(call), "", ""));
        chat(keys, "tool name", new Message("user", "hi", "", List.of(), List.of(), "n", ""));
        chat(keys, "tool call id", new Message("user", "hi", "", List.of(), List.of(), "", "n"));
        chat(keys, "two messages", Message.of("user", "hi"), Message.of("user", ""));
        keys.put("raw", key(request(new Prompt.Raw("hi"), options(b -> {}))));
        keys.put("insert", key(request(new Prompt.Insert("hi", ""), options(b -> {}))));
        option(keys, "num_predict", b -> b.numPredict(5));
        option(keys, "num_predict 0", b -> b.numPredict(0));
        option(keys, "num_ctx", b -> b.numCtx(5));
        option(keys, "num_keep", b -> b.numKeep(5));
        option(keys, "temperature", b -> b.temperature(0.1));
        option(keys, "top_k", b -> b.topK(5));
        option(keys, "top_p", b -> b.topP(0.1));
        option(keys, "min_p", b -> b.minP(0.1));
        option(keys, "typical_p", b -> b.typicalP(0.1));
        option(keys, "repeat_last_n", b -> b.repeatLastN(5));
        option(keys, "repeat_penalty", b -> b.repeatPenalty(1.5));
        option(keys, "presence_penalty", b -> b.presencePenalty(0.1));
        option(keys, "frequency_penalty", b -> b.frequencyPenalty(0.1));
        option(keys, "seed", b -> b.seed(5));
        option(keys, "stop", b -> b.stop(List.of("x")));
        option(keys, "stops", b -> b.stop(List.of("x", "y")));
        option(keys, "other option", b -> b.other("mirostat", "2"));
        keys.put("json", key(with(new ResponseFormat.Json(), List.of(), ToolChoice.AUTO, Thinking.UNSET, Map.of())));
        keys.put(
                "schema",
                key(with(
                        new ResponseFormat.JsonSchema("{\"type\":\"object\"}"),
                        List.of(),
                        ToolChoice.AUTO,
                        Thinking.UNSET,
                        Map.of())));
        ToolDefinition tool = new ToolDefinition("t", "d", "{}");
        keys.put("tool", key(with(ResponseFormat.text(), List.of(tool), ToolChoice.AUTO, Thinking.UNSET, Map.of())));
        keys.put(
                "tool choice",
                key(with(
                        ResponseFormat.text(),
                        List.of(),
                        new ToolChoice(ToolChoice.Mode.REQUIRED, ""),
                        Thinking.UNSET,
                        Map.of())));
        keys.put("think", key(with(ResponseFormat.text(), List.of(), ToolChoice.AUTO, Thinking.HIGH, Map.of())));
        keys.put(
                "extra",
                key(with(ResponseFormat.text(), List.of(), ToolChoice.AUTO, Thinking.UNSET, Map.of("novel", "false"))));

        keys.put("logprobs", key(telling(OptionalInt.of(0), Overflow.DEFAULT)));
        keys.put("top logprobs", key(telling(OptionalInt.of(1), Overflow.DEFAULT)));
        keys.put("shift", key(telling(OptionalInt.empty(), new Overflow(true, true))));
        keys.put("do not truncate", key(telling(OptionalInt.empty(), new Overflow(false, false))));

        assertThat(keys.values()).doesNotHaveDuplicates();
        assertThat(keys.values().stream().map(RequestFingerprint::key)).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotChangeTheAnswerDoesNot() {
        ChatRequest same = new ChatRequest(
                "another id",
                "M",
                BASE.prompt(),
                options(b -> b.temperature(0.8)
                        .topK(40)
                        .topP(0.9)
                        .repeatPenalty(1.0)
                        .numPredict(-1)
                        .seed(-1)
                        .repeatLastN(64)),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.ON,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.of(Duration.ofMinutes(1)),
                Map.of(),
                CacheControl.DEFAULT.withNoCache(),
                new Caller("", Map.of("user-agent", "x")),
                true);

        assertThat(key(same)).isEqualTo(key(BASE));
    }

    @Test
    void jsonHasOneSpelling() {
        assertThat(CanonicalJson.of("{\"b\": 1.0, \"a\": [1e2, true, null]}"))
                .isEqualTo(CanonicalJson.of(" {\"a\":[100,true,null],\"b\":1}"));
        assertThat(CanonicalJson.of("[1,2]")).isNotEqualTo(CanonicalJson.of("[2,1]"));
        assertThat(CanonicalJson.of("1")).isNotEqualTo(CanonicalJson.of("\"1\""));
        assertThat(CanonicalJson.of("{\"a\":1}")).isNotEqualTo(CanonicalJson.of("{\"a\":10}"));
        assertThat(CanonicalJson.of("1e999999999")).hasSizeLessThan(30);
    }

    @Test
    void noFieldRunsIntoTheNext() {
        List<RequestFingerprint> keys = new ArrayList<>();
        for (List<String> halves :
                List.of(List.of("ab", "c"), List.of("a", "bc"), List.of("abc", ""), List.of("", "abc"))) {
            String one = halves.getFirst();
            String two = halves.getLast();
            keys.add(CanonicalRequest.fingerprint(BASE, identity(one, two), ""));
            keys.add(CanonicalRequest.fingerprint(BASE, identity(two, "d"), one));
            keys.add(key(request(new Prompt.Insert(one, two), BASE.options())));
            ToolCall call = new ToolCall(one, two, "{}");
            keys.add(key(said(new Message("user", "", "", List.of(), List.of(call), "", ""))));
            keys.add(key(said(new Message("user", one, two, List.of(), List.of(), "", ""))));
            keys.add(key(said(new Message("user", "", "", List.of(), List.of(), one, two))));
            keys.add(key(request(BASE.prompt(), options(b -> b.stop(List.of(one, two))))));
            keys.add(key(request(BASE.prompt(), options(b -> b.other("n" + one, "\"" + two + "\"")))));
            ToolDefinition tool = new ToolDefinition(one, two, "{}");
            keys.add(key(with(ResponseFormat.text(), List.of(tool), ToolChoice.AUTO, Thinking.UNSET, Map.of())));
        }
        assertThat(keys).doesNotHaveDuplicates();
    }

    private static ChatRequest said(Message message) {
        return request(new Prompt.Chat(List.of(message)), BASE.options());
    }

    @Test
    void halfCharactersAreNotTakenForOthers() {
        List<RequestFingerprint> keys = Stream.of("\ud800", "\udfff", "?", "\ufffd", "\ud83d\ude42", "\ude42\ud83d")
                .map(text -> key(conversation(List.of(text))))
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoJsonStandsForItself() {
        List<String> texts = List.of(
                "",
                "null",
                "!",
                "{\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1} ,",
                "{\"a\":1}{}",
                "{\"a\":1e2147483648}",
                "{\"a\":1e-2147483648}");
        assertThat(texts.stream().map(CanonicalJson::of)).doesNotHaveDuplicates();
    }

    @Property
    void noTwoConversationsRunTogether(@ForAll List<String> one, @ForAll List<String> other) {
        assertThat(key(conversation(one)).equals(key(conversation(other)))).isEqualTo(one.equals(other));
    }

    private static ChatRequest conversation(List<String> texts) {
        List<Message> messages = new ArrayList<>();
        texts.forEach(text -> messages.add(Message.of("user", text)));
        return request(new Prompt.Chat(messages), options(b -> {}));
    }

    private static RequestFingerprint key(ChatRequest request) {
        return CanonicalRequest.fingerprint(request, MODEL, "");
    }

    private static void chat(Map<String, RequestFingerprint> keys, String name, Message... messages) {
        keys.put(name, key(request(new Prompt.Chat(List.of(messages)), options(b -> {}))));
    }

    private static void option(
            Map<String, RequestFingerprint> keys,
            String name,
            java.util.function.Consumer<SamplingOptions.Builder> set) {
        keys.put(name, key(request(BASE.prompt(), options(set))));
    }

    private static SamplingOptions options(java.util.function.Consumer<SamplingOptions.Builder> set) {
        SamplingOptions.Builder builder = SamplingOptions.builder();
        set.accept(builder);
        return builder.build();
    }

    private static ChatRequest request(Prompt prompt, SamplingOptions options) {
        return new ChatRequest(
                "id",
                "m",
                prompt,
                options,
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Map.of(),
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                false);
    }

    private static ChatRequest with(
            ResponseFormat format,
            List<ToolDefinition> tools,
            ToolChoice choice,
            Thinking thinking,
            Map<String, String> extra) {
        return new ChatRequest(
                "id",
                "m",
                BASE.prompt(),
                BASE.options(),
                format,
                tools,
                choice,
                thinking,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                extra,
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                false);
    }

    private static ChatRequest telling(OptionalInt topLogprobs, Overflow overflow) {
        return new ChatRequest(
                "id",
                "m",
                BASE.prompt(),
                BASE.options(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                topLogprobs,
                overflow,
                Optional.empty(),
                Map.of(),
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                false);
    }
}
