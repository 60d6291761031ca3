package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Setup;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** A program that writes an answer with java-llama.cpp for each number on its standard input, and tells how long the binding's loop took. */
final class BindingLoop {
    static final String ANSWER = "answer: ";

    private BindingLoop() {}

    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[1]);
        LlamaModel model = new LlamaModel(new ModelParameters()
                .setModel(arguments[0])
                .setCtxSize(Setup.Writing.CONTEXT * Setup.Writing.PARALLEL)
                .setParallel(Setup.Writing.PARALLEL)
                .setThreads(threads)
                .setThreadsBatch(threads)
                .disableContextShift()
                .enableFlashAttn());
        Scanner numbers = new Scanner(System.in, StandardCharsets.UTF_8);
        while (numbers.hasNextInt()) {
            answer(model, numbers.nextInt());
        }
        // a native thread would keep the machine alive
        Runtime.getRuntime().halt(0);
    }

    private static void answer(LlamaModel model, int tokens) {
        LlamaIterator pieces = model.generate(new InferenceParameters(Subject.PROMPT)
                        .setNPredict(tokens)
                        .setTemperature(0)
                        .setCachePrompt(true))
                .iterator();
        pieces.next();
        long first = System.nanoTime();
        int count = 1;
        while (pieces.hasNext()) {
            pieces.next();
            count++;
        }
        System.out.println(ANSWER + count + " " + (System.nanoTime() - first));
    }
}
