package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.generation.Product.Engine;
import ai.orchestrator.bench.generation.Subject.Leavable;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long an engine goes on computing after its client has left, and so how many tokens nobody gets. */
public final class ClientLeaves implements Scenario {
    private static final Result.Most BUDGET = new Result.Most(200, "ms");
    private static final int PIECES = 16;
    private static final int ENOUGH_TOKENS = 2000;

    @Override
    public String name() {
        return "client-leaves";
    }

    @Override
    public String purpose() {
        return "how soon an engine stops when its client has left";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Leavable product = Product.with(setup, Engine.EMBEDDED)) {
            results.addAll(measure(setup, product, Optional.of(BUDGET)));
        }
        if (setup.writing().llamaServer().isPresent()) {
            try (Leavable engine = LlamaServer.start(setup)) {
                results.addAll(measure(setup, engine, Optional.empty()));
            }
            try (Leavable product = Product.with(setup, Engine.SERVER)) {
                results.addAll(measure(setup, product, Optional.of(BUDGET)));
            }
        }
        return Measured.of(results);
    }

    private List<Result> measure(Setup setup, Leavable subject, Optional<Result.Budget> budget)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        List<Double> tokens = new ArrayList<>();
        subject.generate(setup.writing().tokens());
        for (int round = 0; round < setup.writing().runs(); round++) {
            double perSecond;
            long left;
            try (TokenStream stream = subject.open(ENOUGH_TOKENS)) {
                stream.next();
                long first = System.nanoTime();
                for (int piece = 1; piece < PIECES; piece++) {
                    stream.next();
                }
                left = System.nanoTime();
                perSecond = new Generation(PIECES, first, left).tokensPerSecond();
            }
            Duration busy = new ComputeWatch(subject.engine().toList()).untilQuiet(left);
            millis.add(busy.toNanos() / 1e6);
            tokens.add(busy.toNanos() / 1e9 * perSecond);
        }
        return List.of(
                new Result(
                        name(),
                        subject.name() + ", until it stops",
                        "ms",
                        new Samples(millis),
                        OptionalDouble.empty(),
                        budget),
                Result.floor(
                        name(), subject.name() + ", what it may have written by then", "tokens", new Samples(tokens)));
    }
}
