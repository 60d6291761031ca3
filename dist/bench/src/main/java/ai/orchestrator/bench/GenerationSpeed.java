package ai.orchestrator.bench;

import ai.orchestrator.bench.Product.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How fast a local model writes through the product, against the same engine asked directly. */
final class GenerationSpeed implements Scenario {
    private static final Result.LeastRatio BUDGET = new Result.LeastRatio(0.97);
    private static final int WARM_UP =
            5; // the product's own machine compiles what it runs often, on the processors of the engine
    private static final String UNIT = "tokens/s";

    @Override
    public String name() {
        return "generation";
    }

    @Override
    public List<Result> measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Subject engine = Binding.start(setup);
                Subject product = Product.with(setup, Engine.EMBEDDED)) {
            results.addAll(compare(setup, engine, product));
        }
        if (setup.llamaServer().isPresent()) {
            try (Subject engine = LlamaServer.start(setup);
                    Subject product = Product.with(setup, Engine.SERVER)) {
                results.addAll(compare(setup, engine, product));
            }
        }
        return results;
    }

    private List<Result> compare(Setup setup, Subject engine, Subject product)
            throws IOException, InterruptedException {
        List<Double> direct = new ArrayList<>();
        List<Double> through = new ArrayList<>();
        for (int answer = 0; answer < WARM_UP; answer++) {
            engine.generate(setup.tokens());
            product.generate(setup.tokens());
        }
        for (int round = 0; round < setup.runs(); round++) {
            // each goes first as often as the other
            if (round % 2 == 0) {
                direct.add(engine.generate(setup.tokens()).tokensPerSecond());
                through.add(product.generate(setup.tokens()).tokensPerSecond());
            } else {
                through.add(product.generate(setup.tokens()).tokensPerSecond());
                direct.add(engine.generate(setup.tokens()).tokensPerSecond());
            }
        }
        Samples floor = new Samples(direct);
        Samples own = new Samples(through);
        return List.of(
                Result.floor(name(), engine.name(), UNIT, floor),
                new Result(
                        name(), product.name(), UNIT, own, OptionalDouble.of(own.ratioTo(floor)), Optional.of(BUDGET)));
    }
}
