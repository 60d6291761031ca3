package ai.orchestrator.embed.minilm;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingProviderFactory;
import org.pf4j.Extension;

/**
 * Makes providers of kind {@code minilm}.
 *
 * <p>Settings: {@code threads}, how many texts are embedded at once (1 to 64; 2, or 1 on a machine of one core); {@code queue},
 * how many requests may be under way or waiting before further ones fail as overloaded (1 to 10000; 128).
 */
@Extension
public final class MiniLmFactory implements EmbeddingProviderFactory {
    /** For PF4J. */
    public MiniLmFactory() {}

    @Override
    public String kind() {
        return "minilm";
    }

    @Override
    public EmbeddingProvider create(PluginContext context) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = (int) context.settings().number("threads", Math.min(2, cores), 1, 64);
        int queue = (int) context.settings().number("queue", 128, 1, 10_000);
        return new MiniLmProvider(context.name(), context.resolve("data/native"), threads, queue);
    }
}
