package ai.orchestrator.bench.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how many calls of the large model routing saves, and what that costs in right answers; prints tables and writes plots. */
@Command(
        name = "routing-study.sh",
        mixinStandardHelpOptions = true,
        description = "Trains and scores the classifier on public outcomes; prints tables, and writes plots.",
        footer = {
            "",
            "MMLU and GSM8K are tables of tab-separated values with 'prompt', 'weak_correct', 'strong_correct' and, of MMLU, 'domain', packed",
            "with gzip or not. They can be made of the files in RouteLLM's repository (github.com/lm-sys/RouteLLM): routellm/evals/mmlu/responses/*.csv",
            "with contaminated_prompts.jsonl, and routellm/evals/gsm8k/gsm8k_responses.csv; 'weak' is Mixtral-8x7B there, 'strong' GPT-4-1106."
        })
public final class RoutingStudy implements Callable<Integer> {
    private static final String IN_DOMAIN = "MMLU, other questions of the same subjects";
    private static final String HELD_OUT = "MMLU, subjects that it learnt nothing of";
    private static final String TRANSFER = "GSM8K, after learning from MMLU";
    private static final String TEXT_ALONE = "MMLU, without vectors";
    /** Of as many parts one is held out, however few runs are wanted. */
    private static final int PARTS = 5;

    @Option(names = "--tree", required = true, hidden = true)
    private Path tree = Path.of("");

    @Option(names = "--seeds", paramLabel = "N", description = "How often each is repeated with other questions (5).")
    private int seeds = 5;

    @Option(names = "--labels", paramLabel = "N", description = "How many outcomes it learns from (1500).")
    private int labels = 1500;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Where plots are written (routing-plots).")
    private Path plots = Path.of("routing-plots");

    @Parameters(index = "0", paramLabel = "MMLU")
    private Path mmluFile = Path.of("");

    @Parameters(index = "1", paramLabel = "GSM8K")
    private Path gsmFile = Path.of("");

    private RoutingStudy() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RoutingStudy()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("routing-study-");
        Rows mmlu = Rows.read(mmluFile);
        Path gsm = Rows.read(gsmFile).write(scratch.resolve("gsm8k.tsv"));
        Measured inDomain = new Measured(IN_DOMAIN);
        Measured heldOut = new Measured(HELD_OUT);
        Measured transfer = new Measured(TRANSFER);
        Measured textAlone = new Measured(TEXT_ALONE);
        for (int seed = 0; seed < seeds; seed++) {
            Rows shuffled = mmlu.shuffled(seed);
            Path learn = shuffled.part(0, labels).write(scratch.resolve("learn.tsv"));
            Path rest = shuffled.part(labels, shuffled.size()).write(scratch.resolve("rest.tsv"));
            Classifier classifier = new Classifier(tree, scratch.resolve("random-" + seed), "kind: tribuo");
            classifier.train(learn);
            inDomain.add(classifier.evaluate(rest));
            transfer.add(classifier.evaluate(gsm));
            Classifier plain = new Classifier(tree, scratch.resolve("plain-" + seed), "kind: tribuo, embedding: none");
            plain.train(learn);
            textAlone.add(plain.evaluate(rest));
        }
        List<String> domains = new ArrayList<>(mmlu.domains());
        Collections.shuffle(domains, new Random(seeds));
        for (int fold = 0; fold < seeds; fold++) {
            Set<String> held = new HashSet<>();
            for (int i = fold; i < domains.size(); i += Math.max(PARTS, seeds)) {
                held.add(domains.get(i));
            }
            Path learn = mmlu.where(domain -> !held.contains(domain))
                    .shuffled(fold)
                    .part(0, labels)
                    .write(scratch.resolve("learn.tsv"));
            Path rest = mmlu.where(held::contains).write(scratch.resolve("rest.tsv"));
            Classifier classifier = new Classifier(tree, scratch.resolve("held-" + fold), "kind: tribuo");
            classifier.train(learn);
            heldOut.add(classifier.evaluate(rest));
        }
        report(List.of(inDomain, textAlone, heldOut, transfer));
        return 0;
    }

    private void report(List<Measured> all) throws IOException {
        Files.createDirectories(plots);
        System.out.println(
                "| Scored on | runs × questions | APGR (lowest to highest) | CPT(50%) | CPT(80%) | CPT(95% quality) |");
        System.out.println("|---|---|---|---|---|---|");
        all.forEach(one -> System.out.println(one.scores()));
        for (Measured one : all) {
            System.out.println("\n" + one.name() + ":\n");
            System.out.println(
                    "| `high_above` | calls to the large model | right answers | the same share by chance |");
            System.out.println("|---|---|---|---|");
            one.thresholds().forEach(System.out::println);
            double[] curve = one.curve();
            Files.writeString(
                    plots.resolve(one.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg"),
                    new SvgPlot(one.name())
                            .line("by the classifier", curve)
                            .straight("by chance", curve[0], curve[curve.length - 1])
                            .straight("all to the large model", curve[curve.length - 1], curve[curve.length - 1])
                            .draw());
        }
        System.out.printf(
                Locale.ROOT,
                "%nDeciding without a vector: p99 %.3f ms in the slowest run.%n",
                all.stream().mapToDouble(Measured::slowestDecision).max().orElse(0));
        System.out.println("\nHow often the large model was needed where that was so likely ("
                + all.getFirst().name() + ", first run):\n");
        System.out.println("| probability | needed | questions |");
        System.out.println("|---|---|---|");
        all.getFirst().reliability().forEach(System.out::println);
    }
}
