package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.gguf.GgufHeader;
import ai.orchestrator.model.llamacpp.gguf.GgufReader;
import ai.orchestrator.plugin.model.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a GGUF file tells about its model.
 *
 * @param capability whether the model makes text or vectors
 * @param chatTemplate the template of conversations: the file's own, or else the one that its vocabulary asks for
 */
record ModelFacts(GgufHeader header, Vocabulary vocabulary, Capability capability, String chatTemplate) {
    private static final Set<String> EMBEDDERS = Set.of(
            "bert",
            "nomic-bert",
            "nomic-bert-moe",
            "jina-bert-v2",
            "jina-bert-v3",
            "modern-bert",
            "neo-bert",
            "eurobert",
            "gemma-embedding",
            "t5encoder");

    private static final Pattern TOOLS = Pattern.compile("\\{[{%][^}%]*\\btools\\b");
    private static final int NO_POOLING = 0;
    private static final int RANK_POOLING = 4;

    /** ChatML, for which a vocabulary with its two marks was made. */
    private static final String CHATML = "{% for message in messages %}"
            + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /** For models that were never taught to converse: lines as of a written dialogue. */
    private static final String DIALOGUE = "{% for message in messages %}"
            + "{{ message['role'] + ': ' + message['content'] + '\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}";

    /**
     * Reads a file's header.
     *
     * @throws ai.orchestrator.model.llamacpp.gguf.MalformedGgufException if it is damaged
     * @throws UnusableModelException if it holds nothing that can be used here
     */
    static ModelFacts read(Path file) throws IOException, UnusableModelException {
        GgufHeader header = GgufReader.read(file);
        Capability capability = capabilityOf(header);
        Vocabulary vocabulary = Vocabulary.read(file, header);
        String template = header.text("tokenizer.chat_template")
                .filter(own -> !own.isBlank())
                .orElse(vocabulary.chatml() ? CHATML : DIALOGUE);
        return new ModelFacts(header, vocabulary, capability, template);
    }

    /** Whether conversations may have tools in them. */
    boolean takesTools() {
        return TOOLS.matcher(chatTemplate).find();
    }

    /** Whether the model thinks before it answers, between marks that are known here. */
    boolean thinksInMarks() {
        return chatTemplate.contains("<think>");
    }

    /** Whether the model thinks before it answers. */
    boolean thinks() {
        return thinksInMarks() || chatTemplate.contains("enable_thinking") || chatTemplate.contains("reasoning_effort");
    }

    /** Whether the file brings a template of its own. */
    boolean hasOwnTemplate() {
        return header.text("tokenizer.chat_template")
                .filter(own -> !own.isBlank())
                .isPresent();
    }

    /** Whether the model makes vectors instead of text. */
    boolean embeds() {
        return capability == Capability.EMBEDDING;
    }

    /** The longest context that the model was trained for. */
    OptionalInt contextLength() {
        return header.architectureNumber("context_length");
    }

    /** The text at which a dialogue of plain lines stops, since it would go on with the user's next line; else empty. */
    String dialogueStop() {
        return chatTemplate.equals(DIALOGUE) ? "\nuser:" : "";
    }

    private static Capability capabilityOf(GgufHeader header) throws UnusableModelException {
        if (header.architecture().isEmpty()) {
            throw new UnusableModelException("it does not name its architecture");
        }
        if (header.architecture().equals("clip")
                || header.text("general.type").orElse("").equals("mmproj")) {
            throw new UnusableModelException("it is the image part of another model");
        }
        if (header.text("general.type").orElse("").equals("adapter")) {
            throw new UnusableModelException("it is an adapter of another model");
        }
        if (header.number("split.count").orElse(1) > 1) {
            throw new UnusableModelException(
                    "it is a part of a split model; join the parts with llama-gguf-split --merge");
        }
        int pooling = header.architectureNumber("pooling_type").orElse(NO_POOLING);
        if (pooling == RANK_POOLING) {
            throw new UnusableModelException("it ranks texts, which is not supported");
        }
        return pooling != NO_POOLING || EMBEDDERS.contains(header.architecture())
                ? Capability.EMBEDDING
                : Capability.COMPLETION;
    }
}
