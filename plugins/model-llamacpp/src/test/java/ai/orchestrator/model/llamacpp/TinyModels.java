package ai.orchestrator.model.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Models of random weights, of a few hundred kilobytes: they write nonsense, but llama.cpp runs them as it runs any other. */
public final class TinyModels {
    /** Tokens of context that they were made for. */
    public static final int CONTEXT = 2048;

    /** How many numbers a vector of {@link #embedder} has. */
    public static final int WIDTH = 32;

    private static final String TOOL_TEMPLATE = """
            {%- if tools %}<|im_start|>system
            Tools: {{ tools | tojson }}<|im_end|>
            {% endif %}
            {%- for m in messages %}<|im_start|>{{ m['role'] }}
            {% if m['content'] %}{{ m['content'] }}{% endif %}
            {%- if m['tool_calls'] %}{% for c in m['tool_calls'] %}<tool_call>
            {"name": "{{ c['function']['name'] }}", "arguments": {{ c['function']['arguments'] | tojson }}}
            </tool_call>{% endfor %}{% endif %}<|im_end|>
            {% endfor %}
            {%- if add_generation_prompt %}<|im_start|>assistant
            {% endif %}""";

    private static final int HIDDEN = 64;
    private static final int HEADS = 2;

    private TinyModels() {}

    /** A generator of the llama architecture that writes plain characters. */
    public static GgufWriter generator() {
        return generator(token -> token.startsWith("<") && token.length() > 1 ? 0.05 : 1);
    }

    /** One whose template takes tools, and whose vocabulary has the marks of what is filled in; it likes to end what it quotes. */
    public static GgufWriter toolCaller() {
        return generator(
                        token -> switch (token) {
                            case "\"", "}" -> 6;
                            default -> token.startsWith("<") && token.length() > 1 ? 0.05 : 1;
                        },
                        List.of("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<tool_call>", "</tool_call>"))
                .put("tokenizer.ggml.add_space_prefix", false)
                .put("tokenizer.chat_template", TOOL_TEMPLATE);
    }

    /** One that writes single bytes, which seldom are characters. */
    public static GgufWriter byteGenerator() {
        return generator(token -> token.startsWith("<0x") && token.compareTo("<0x80>") >= 0 ? 1 : 0.02);
    }

    private static GgufWriter generator(ToDoubleFunction<String> weight) {
        return generator(weight, List.of());
    }

    /**
     * @param weight how much a token is favoured over others
     * @param marks further tokens that are no text
     */
    private static GgufWriter generator(ToDoubleFunction<String> weight, List<String> marks) {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"));
        List<Integer> types = new ArrayList<>(List.of(2, 3, 3, 3, 3));
        for (String mark : marks) {
            tokens.add(mark);
            types.add(3);
        }
        for (int b = 0; b < 256; b++) {
            tokens.add(String.format("<0x%02X>", b));
            types.add(6);
        }
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
            types.add(1);
        }
        for (String word : List.of("\u2581", "\u2581the", "\u2581and", "en", "er", "ing", "é", "語", "😀")) {
            tokens.add(word);
            types.add(1);
        }
        List<Float> scores = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            scores.add(-(float) i);
        }
        Random random = new Random(7);
        GgufWriter writer = new GgufWriter()
                .put("general.architecture", "llama")
                .put("general.name", "tiny")
                .put("general.license", "none")
                .put("general.file_type", 0)
                .put("llama.context_length", CONTEXT)
                .put("llama.embedding_length", WIDTH)
                .put("llama.block_count", 1)
                .put("llama.feed_forward_length", HIDDEN)
                .put("llama.attention.head_count", HEADS)
                .put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .put("llama.rope.dimension_count", WIDTH / HEADS)
                .put("llama.vocab_size", tokens.size())
                .put("tokenizer.ggml.model", "llama")
                .put("tokenizer.ggml.tokens", tokens)
                .put("tokenizer.ggml.scores", scores)
                .put("tokenizer.ggml.token_type", types)
                .put("tokenizer.ggml.bos_token_id", 1)
                .put("tokenizer.ggml.eos_token_id", 2)
                .put("tokenizer.ggml.unknown_token_id", 0);
        float[] output = random(random, WIDTH * tokens.size(), 1);
        for (int i = 0; i < output.length; i++) {
            output[i] *= (float) weight.applyAsDouble(tokens.get(i / WIDTH));
        }
        return writer.tensor("token_embd.weight", random(random, WIDTH * tokens.size(), 1), WIDTH, tokens.size())
                .tensor("blk.0.attn_norm.weight", ones(WIDTH), WIDTH)
                .tensor("blk.0.attn_q.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_k.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_v.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_output.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.ffn_norm.weight", ones(WIDTH), WIDTH)
                .tensor("blk.0.ffn_gate.weight", random(random, WIDTH * HIDDEN, 0.3f), WIDTH, HIDDEN)
                .tensor("blk.0.ffn_up.weight", random(random, WIDTH * HIDDEN, 0.3f), WIDTH, HIDDEN)
                .tensor("blk.0.ffn_down.weight", random(random, WIDTH * HIDDEN, 0.3f), HIDDEN, WIDTH)
                .tensor("output_norm.weight", ones(WIDTH), WIDTH)
                .tensor("output.weight", output, WIDTH, tokens.size());
    }

    /** A model of the bert architecture that makes vectors. */
    public static GgufWriter embedder() {
        List<String> tokens = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        for (char c = '!'; c <= '~'; c++) {
            if (!Character.isUpperCase(c)) {
                tokens.add("\u2581" + c);
                tokens.add(String.valueOf(c));
            }
        }
        int context = 256;
        Random random = new Random(11);
        return new GgufWriter()
                .put("general.architecture", "bert")
                .put("general.file_type", 0)
                .put("bert.context_length", context)
                .put("bert.embedding_length", WIDTH)
                .put("bert.block_count", 1)
                .put("bert.feed_forward_length", HIDDEN)
                .put("bert.attention.head_count", HEADS)
                .put("bert.attention.layer_norm_epsilon", 1e-12f)
                .put("bert.attention.causal", false)
                .put("bert.pooling_type", 1)
                .put("tokenizer.ggml.model", "bert")
                .put("tokenizer.ggml.token_type_count", 2)
                .put("tokenizer.ggml.tokens", tokens)
                .put("tokenizer.ggml.padding_token_id", 0)
                .put("tokenizer.ggml.unknown_token_id", 1)
                .put("tokenizer.ggml.cls_token_id", 2)
                .put("tokenizer.ggml.bos_token_id", 2)
                .put("tokenizer.ggml.seperator_token_id", 3)
                .put("tokenizer.ggml.mask_token_id", 4)
                .tensor("token_embd.weight", random(random, WIDTH * tokens.size(), 1), WIDTH, tokens.size())
                .tensor("token_types.weight", random(random, WIDTH * 2, 0.1f), WIDTH, 2)
                .tensor("position_embd.weight", random(random, WIDTH * context, 0.3f), WIDTH, context)
                .tensor("token_embd_norm.weight", ones(WIDTH), WIDTH)
                .tensor("token_embd_norm.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.attn_q.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_q.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.attn_k.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_k.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.attn_v.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_v.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.attn_output.weight", random(random, WIDTH * WIDTH, 0.3f), WIDTH, WIDTH)
                .tensor("blk.0.attn_output.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.attn_output_norm.weight", ones(WIDTH), WIDTH)
                .tensor("blk.0.attn_output_norm.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.ffn_up.weight", random(random, WIDTH * HIDDEN, 0.3f), WIDTH, HIDDEN)
                .tensor("blk.0.ffn_up.bias", new float[HIDDEN], HIDDEN)
                .tensor("blk.0.ffn_down.weight", random(random, WIDTH * HIDDEN, 0.3f), HIDDEN, WIDTH)
                .tensor("blk.0.ffn_down.bias", new float[WIDTH], WIDTH)
                .tensor("blk.0.layer_output_norm.weight", ones(WIDTH), WIDTH)
                .tensor("blk.0.layer_output_norm.bias", new float[WIDTH], WIDTH);
    }

    /** What turns images of 56 by 56 points into four vectors that {@link #generator} reads. */
    public static GgufWriter projector() {
        int width = 16;
        int patch = 14;
        int patches = 16;
        Random random = new Random(13);
        GgufWriter writer = new GgufWriter()
                .put("general.architecture", "clip")
                .put("general.type", "mmproj")
                .put("general.file_type", 0)
                .put("clip.has_vision_encoder", true)
                .put("clip.projector_type", "gemma3")
                .put("clip.use_gelu", true)
                .put("clip.vision.image_size", 56)
                .put("clip.vision.patch_size", patch)
                .put("clip.vision.embedding_length", width)
                .put("clip.vision.feed_forward_length", width)
                .put("clip.vision.projection_dim", WIDTH)
                .put("clip.vision.block_count", 1)
                .put("clip.vision.attention.head_count", HEADS)
                .put("clip.vision.attention.layer_norm_epsilon", 1e-6f)
                .put("clip.vision.image_mean", List.of(0.5f, 0.5f, 0.5f))
                .put("clip.vision.image_std", List.of(0.5f, 0.5f, 0.5f))
                .put("clip.vision.projector.scale_factor", 2)
                .tensor("v.patch_embd.weight", random(random, patch * patch * 3 * width, 0.3f), patch, patch, 3, width)
                .tensor("v.position_embd.weight", random(random, width * patches, 0.3f), width, patches)
                .tensor("v.post_ln.weight", ones(width), width)
                .tensor("v.post_ln.bias", new float[width], width)
                .tensor("mm.input_projection.weight", random(random, WIDTH * width, 1), WIDTH, width)
                .tensor("mm.soft_emb_norm.weight", ones(width), width);
        for (String norm : List.of("ln1", "ln2")) {
            writer.tensor("v.blk.0." + norm + ".weight", ones(width), width);
            writer.tensor("v.blk.0." + norm + ".bias", new float[width], width);
        }
        for (String layer : List.of("attn_q", "attn_k", "attn_v", "attn_out", "ffn_up", "ffn_down")) {
            writer.tensor("v.blk.0." + layer + ".weight", random(random, width * width, 0.3f), width, width);
            writer.tensor("v.blk.0." + layer + ".bias", new float[width], width);
        }
        return writer;
    }

    /** Changes of {@link #generator}'s weights, other ones for each seed. */
    public static GgufWriter adapter(long seed) {
        int rank = 2;
        Random random = new Random(seed);
        return new GgufWriter()
                .put("general.architecture", "llama")
                .put("general.type", "adapter")
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", 8f)
                .tensor("blk.0.attn_q.weight.lora_a", random(random, WIDTH * rank, 1), WIDTH, rank)
                .tensor("blk.0.attn_q.weight.lora_b", random(random, rank * WIDTH, 1), rank, WIDTH)
                .tensor("blk.0.ffn_down.weight.lora_a", random(random, HIDDEN * rank, 1), HIDDEN, rank)
                .tensor("blk.0.ffn_down.weight.lora_b", random(random, rank * WIDTH, 1), rank, WIDTH);
    }

    private static float[] random(Random random, int length, float scale) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = scale * (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] ones(int length) {
        float[] numbers = new float[length];
        java.util.Arrays.fill(numbers, 1);
        return numbers;
    }
}
