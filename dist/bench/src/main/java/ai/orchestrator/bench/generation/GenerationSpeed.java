package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.generation.Product.Engine;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How fast a local model writes through the product, against the same engine asked directly. */
public final class GenerationSpeed implements Scenario {
    private static final Result.LeastRatio KEPT = new Result.LeastRatio(0.97);
    private static final Result.LeastRatio AS_FAST = new Result.LeastRatio(1);
    private static final String UNIT = "tokens/s";

    @Override
    public String name() {
        return "generation";
    }

    @Override
    public String purpose() {
        return "how fast local models write, against their engines asked directly";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Subject engine = Binding.start(setup);
                Subject product = Product.with(setup, Engine.EMBEDDED)) {
            List<Speed> speeds = speeds(setup, List.of(engine, product));
            results.addAll(kept(speeds.get(0), speeds.get(1)));
        }
        if (setup.writing().llamaServer().isPresent()) {
            try (Subject engine = LlamaServer.start(setup);
                    Subject product = Product.with(setup, Engine.SERVER)) {
                results.addAll(
                        setup.writing().ollama().isPresent()
                                ? besideOllama(setup, engine, product)
                                : alone(setup, engine, product));
            }
        }
        return Measured.of(results);
    }

    private List<Result> alone(Setup setup, Subject engine, Subject product) throws IOException, InterruptedException {
        List<Speed> speeds = speeds(setup, List.of(engine, product));
        return kept(speeds.get(0), speeds.get(1));
    }

    private List<Result> besideOllama(Setup setup, Subject engine, Subject product)
            throws IOException, InterruptedException {
        try (Subject ollama = Ollama.start(setup)) {
            List<Speed> speeds = speeds(setup, List.of(engine, product, ollama));
            List<Result> results = new ArrayList<>(kept(speeds.get(0), speeds.get(1)));
            results.add(floor(speeds.get(2)));
            results.add(against(speeds.get(2), speeds.get(1), ", against Ollama", AS_FAST));
            return results;
        }
    }

    /** How fast a subject wrote, round by round. */
    private record Speed(Subject subject, List<Double> rounds) {
        Speed(Subject subject) {
            this(subject, new ArrayList<>());
        }

        Samples samples() {
            return new Samples(rounds);
        }
    }

    private static List<Speed> speeds(Setup setup, List<Subject> subjects) throws IOException, InterruptedException {
        for (int answer = 0; answer < setup.writing().warmUp(); answer++) {
            for (Subject subject : subjects) {
                subject.generate(setup.writing().tokens());
            }
        }
        List<Speed> speeds = subjects.stream().map(Speed::new).toList();
        for (int round = 0; round < setup.writing().runs(); round++) {
            // each goes first as often as last
            for (Speed speed : round % 2 == 0 ? speeds : speeds.reversed()) {
                speed.rounds()
                        .add(speed.subject().generate(setup.writing().tokens()).tokensPerSecond());
            }
        }
        return speeds;
    }

    private List<Result> kept(Speed engine, Speed product) {
        return List.of(floor(engine), against(engine, product, "", KEPT));
    }

    private Result floor(Speed speed) {
        return Result.floor(name(), speed.subject().name(), UNIT, speed.samples());
    }

    private Result against(Speed floor, Speed speed, String suffix, Result.Budget budget) {
        double ratio = speed.samples().ratioTo(floor.samples());
        return new Result(
                name(),
                speed.subject().name() + suffix,
                UNIT,
                speed.samples(),
                OptionalDouble.of(ratio),
                Optional.of(budget));
    }
}
