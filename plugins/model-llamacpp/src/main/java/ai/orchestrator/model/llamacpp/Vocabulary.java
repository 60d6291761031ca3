package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.gguf.GgufHeader;
import ai.orchestrator.model.llamacpp.gguf.GgufHeader.LongArray;
import ai.orchestrator.model.llamacpp.gguf.GgufReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * What has to be known of a model's tokens.
 *
 * @param startToken the text of the token that begins every prompt; empty for none
 * @param addedTokens how many tokens the tokenizer puts around a text that is embedded
 * @param chatml whether it has the marks of ChatML
 * @param inserts whether it has the marks of what comes before, after and in between
 */
record Vocabulary(String startToken, int addedTokens, boolean chatml, boolean inserts) {
    /** The marks that models use for what comes before, after and in between; as many makes as llama.cpp finds by their names. */
    private static final List<Set<String>> INSERT_MARKS = List.of(
            Set.of(
                    "<|fim_prefix|>",
                    "<fim-prefix>",
                    "<fim_prefix>",
                    "<\uFF5Cfim\u2581begin\uFF5C>",
                    "<PRE>",
                    "\u2581<PRE>",
                    "<|code_prefix|>"),
            Set.of(
                    "<|fim_suffix|>",
                    "<fim-suffix>",
                    "<fim_suffix>",
                    "<\uFF5Cfim\u2581hole\uFF5C>",
                    "<SUF>",
                    "\u2581<SUF>",
                    "<|code_suffix|>"),
            Set.of(
                    "<|fim_middle|>",
                    "<fim-middle>",
                    "<fim_middle>",
                    "<\uFF5Cfim\u2581end\uFF5C>",
                    "<MID>",
                    "\u2581<MID>",
                    "<|code_middle|>"));

    private static final Set<String> CHATML_MARKS = Set.of("<|im_start|>", "<|im_end|>");

    /** Byte-pair vocabularies of these makes begin a text with a start token unless the file says otherwise: so llama.cpp takes it. */
    private static final Set<String> STARTED =
            Set.of("llama-bpe", "llama3", "llama-v3", "falcon3", "tekken", "chameleon");

    static Vocabulary read(Path file, GgufHeader header) throws IOException {
        boolean started = header.flag("tokenizer.ggml.add_bos_token").orElseGet(() -> startedByDefault(header));
        boolean ended = header.flag("tokenizer.ggml.add_eos_token").orElse(false);
        int start = header.number("tokenizer.ggml.bos_token_id").orElse(-1);
        Set<String> marks = new HashSet<>();
        String[] startToken = {""};
        boolean[] insertMarks = new boolean[INSERT_MARKS.size()];
        forEachToken(file, header, (token, index) -> {
            if (index == start) {
                startToken[0] = token;
            }
            if (CHATML_MARKS.contains(token)) {
                marks.add(token);
            }
            for (int i = 0; i < INSERT_MARKS.size(); i++) {
                insertMarks[i] |= INSERT_MARKS.get(i).contains(token);
            }
        });
        // the word-piece tokenizers of BERT put a token before and one after
        boolean wordPiece = header.text("tokenizer.ggml.model").orElse("").equals("bert");
        int added = wordPiece ? 2 : (started ? 1 : 0) + (ended ? 1 : 0);
        return new Vocabulary(
                started ? startToken[0] : "",
                added,
                marks.size() == CHATML_MARKS.size(),
                insertMarks[0] && insertMarks[1] && insertMarks[2]);
    }

    private static boolean startedByDefault(GgufHeader header) {
        String model = header.text("tokenizer.ggml.model").orElse("");
        String make = header.text("tokenizer.ggml.pre").orElse("");
        return model.equals("llama") || model.equals("bert") || (model.equals("gpt2") && STARTED.contains(make));
    }

    private static void forEachToken(Path file, GgufHeader header, ObjIntConsumer<String> each) throws IOException {
        switch (header.metadata().get("tokenizer.ggml.tokens")) {
            case LongArray tokens -> GgufReader.forEachText(file, tokens, each);
            case List<?> tokens -> {
                for (int i = 0; i < tokens.size(); i++) {
                    each.accept(String.valueOf(tokens.get(i)), i);
                }
            }
            case null, default -> {
                // a model without a vocabulary, which llama.cpp will refuse
            }
        }
    }
}
