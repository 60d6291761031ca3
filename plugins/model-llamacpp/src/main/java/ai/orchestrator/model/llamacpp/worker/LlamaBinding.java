package ai.orchestrator.model.llamacpp.worker;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every call of java-llama.cpp. Native code ends the process on many a fault, so what is passed on here has been checked, and the process
 * has nothing else to lose.
 */
final class LlamaBinding {
    /** A text of one token in any vocabulary. */
    private static final String LEAST = "a";

    private static final Field PARAMETERS = parametersField();

    private final LlamaModel model;

    private LlamaBinding(LlamaModel model) {
        this.model = model;
    }

    /** Loads a model; takes as long as reading its file does. */
    static LlamaBinding load(WorkerOptions options) {
        ModelParameters parameters = new ModelParameters()
                .setModel(options.model())
                .setCtxSize(Math.multiplyExact(options.context(), options.parallel()))
                .setParallel(options.parallel())
                .setThreads(options.threads())
                .setThreadsBatch(options.threads());
        options.adapters().forEach(parameters::addLoraAdapter);
        if (options.embedding()) {
            // a text is embedded in one step, so a step has to hold the longest
            parameters.enableEmbedding().setBatchSize(options.context()).setUbatchSize(options.context());
        } else {
            // flash attention skips what other requests have in memory: faster, and without it their traces change the
            // last digits
            // of a sum, and so now and then the answer to the same request
            // the start token is put before the prompt by us: only so is it known to be there once
            parameters
                    .enableFlashAttn()
                    .enableJinja()
                    .setChatTemplate(ChatTemplate.dressed(options.chatTemplate()))
                    .setOverrideKv("tokenizer.ggml.add_bos_token=bool:false");
        }
        LlamaModel model = new LlamaModel(parameters);
        // where the options were refused there is no model now, and this ends the process rather than the first request
        model.encode(LEAST);
        return new LlamaBinding(model);
    }

    /** The tokens of a text, special ones by their names, none added. */
    int[] tokens(String text) {
        return model.encode(text);
    }

    /** A conversation put through the template; see {@link ChatTemplate} for what has to be done before and after. */
    String render(List<Call.Turn> turns, List<Map<String, Object>> tools) throws IOException {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("messages", turns.stream().map(LlamaBinding::message).toList());
        if (!tools.isEmpty()) {
            call.put("tools", ChatTemplate.escaped((Object) tools));
            // the template is to tell of them; what the answer has to be like is seen to elsewhere
            call.put("tool_choice", "none");
        }
        return model.applyTemplate(Wire.text(call));
    }

    private static Map<String, Object> message(Call.Turn turn) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", ChatTemplate.escaped(turn.role()));
        message.put("content", ChatTemplate.escaped(turn.content()));
        turn.more().forEach((name, value) -> message.put(name, ChatTemplate.escaped(value)));
        return message;
    }

    /** Has a slot forget what it holds, but for one token. */
    void wash(int slot) throws RefusedException {
        Call.Sampling any = new Call.Sampling(0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0);
        Call.Generate least =
                new Call.Generate(new Call.Input(List.of(), ""), any, 1, List.of(), "", List.of(), false, false);
        try {
            generate(LEAST, least, slot, 1, piece -> true);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is sent", e);
        }
    }

    /** Takes the pieces of an answer, one for each token that completes a character; the token that ends the answer gives an empty one. */
    interface Pieces {
        /** Takes the next piece, and says whether to go on. */
        boolean take(String text) throws IOException;
    }

    /**
     * Writes an answer of at most {@code limit} tokens, in a slot that nobody else uses meanwhile.
     *
     * @throws RefusedException if llama.cpp does not take the parameters
     */
    void generate(String prompt, Call.Generate call, int slot, int limit, Pieces pieces)
            throws IOException, RefusedException {
        try {
            LlamaIterator answer =
                    model.generate(parameters(prompt, call, slot, limit)).iterator();
            try {
                boolean more = true;
                while (more && answer.hasNext()) {
                    LlamaOutput output = answer.next();
                    // the last output only tells the end
                    more = answer.hasNext() && pieces.take(output.text);
                }
            } finally {
                // only between two tokens, and on this thread: from another one it would leave this one waiting for
                // ever
                if (answer.hasNext()) {
                    answer.cancel();
                }
            }
        } catch (RuntimeException e) { // its own exception class is not public
            throw new RefusedException(Reply.Reason.INTERNAL, "llama.cpp refused the request: " + e.getMessage());
        }
    }

    private static InferenceParameters parameters(String prompt, Call.Generate call, int slot, int limit)
            throws IOException {
        Call.Sampling sampling = call.sampling();
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(limit)
                .setCachePrompt(call.reuse())
                .setTemperature(sampling.temperature())
                .setTopK(sampling.topK())
                .setTopP(sampling.topP())
                .setMinP(sampling.minP())
                .setTypicalP(sampling.typicalP())
                .setRepeatLastN(sampling.repeatLastN())
                .setRepeatPenalty(sampling.repeatPenalty())
                .setPresencePenalty(sampling.presencePenalty())
                .setFrequencyPenalty(sampling.frequencyPenalty())
                .setSeed(sampling.seed())
                .setNKeep(sampling.keep());
        if (!call.grammar().isEmpty()) {
            parameters.setGrammar(call.grammar());
        }
        set(parameters, "id_slot", Integer.toString(slot));
        if (!call.kept().isEmpty()) {
            set(parameters, "preserved_tokens", Wire.text(call.kept()));
        }
        return parameters;
    }

    /** llama.cpp takes more among a request's parameters than the binding has setters for. */
    @SuppressWarnings("unchecked")
    private static void set(InferenceParameters parameters, String name, String json) {
        try {
            ((Map<String, String>) PARAMETERS.get(parameters)).put(name, json);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field parametersField() {
        try {
            Field field = InferenceParameters.class.getSuperclass().getDeclaredField("parameters");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not the java-llama.cpp that the plugin was made for", e);
        }
    }

    /** The vector of a text. */
    float[] embed(String text) throws RefusedException {
        try {
            return model.embed(text);
        } catch (RuntimeException e) { // its own exception class is not public
            throw new RefusedException(Reply.Reason.INTERNAL, "llama.cpp could not embed the text: " + e.getMessage());
        }
    }

    /** A JSON Schema as a grammar. Ends the process if it cannot be one. */
    static String grammar(String schema) {
        return LlamaModel.jsonSchemaToGrammar(schema);
    }
}
