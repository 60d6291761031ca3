package ai.orchestrator.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a recorded server spent its CPU time in the second half of the recording, when Java had compiled what runs often: as shares of the whole, by package, and as a tree of
 * calls in which Java's own classes and what takes less than half a hundredth are left out.
 */
public final class Hotspots {
    private static final String ENDING = ".jfr";
    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final double LEAST_PERCENT = 0.5;
    private static final int MOST_PACKAGES = 40;

    private final Map<String, Integer> packages = new TreeMap<>();
    private final Call root = new Call();

    private Hotspots() {}

    /** Writes a text beside each recording in a folder. */
    public static void write(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                String name = file.getFileName().toString();
                Files.writeString(
                        file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ".txt"), read(file));
            }
        }
    }

    static String read(Path recording) throws IOException {
        List<RecordedEvent> samples = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals(SAMPLE))
                .toList();
        Instant from = samples.stream()
                .map(RecordedEvent::getStartTime)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant to = samples.stream()
                .map(RecordedEvent::getStartTime)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant warm = from.plus(Duration.between(from, to).dividedBy(2));
        Hotspots hotspots = new Hotspots();
        samples.stream().filter(sample -> !sample.getStartTime().isBefore(warm)).forEach(hotspots::add);
        return hotspots.text();
    }

    private void add(RecordedEvent sample) {
        if (sample.getStackTrace() == null) {
            return;
        }
        List<String> outermostFirst = new ArrayList<>();
        for (RecordedFrame frame : sample.getStackTrace().getFrames().reversed()) {
            String type = frame.getMethod().getType().getName();
            String method = type + "." + frame.getMethod().getName();
            boolean own = !type.startsWith("java.") && !type.startsWith("jdk.") && !method.contains("ambda$");
            if (own && !outermostFirst.contains(method)) {
                outermostFirst.add(method);
            }
        }
        root.add(outermostFirst);
        String innermost = outermostFirst.isEmpty() ? "java" : outermostFirst.getLast();
        packages.merge(innermost.replaceAll("\\.[A-Z].*", ""), 1, Integer::sum);
    }

    private String text() {
        StringBuilder text = new StringBuilder("samples: " + root.samples + "\n\n");
        packages.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_PACKAGES)
                .forEach(each -> text.append(line(0, each.getValue(), each.getKey())));
        text.append('\n');
        write(root, 0, text);
        return text.toString();
    }

    private void write(Call call, int depth, StringBuilder text) {
        call.calls.entrySet().stream()
                .filter(each -> percent(each.getValue().samples) >= LEAST_PERCENT)
                .sorted((one, other) -> other.getValue().samples - one.getValue().samples)
                .forEach(each -> {
                    text.append(line(depth, each.getValue().samples, each.getKey()));
                    write(each.getValue(), depth + 1, text);
                });
    }

    private String line(int depth, int samples, String what) {
        return String.format(Locale.ROOT, "%s%5.1f %% %s%n", "  ".repeat(depth), percent(samples), what);
    }

    private double percent(int samples) {
        return 100.0 * samples / root.samples;
    }

    /** A method, as it was called from one place, and what it called. */
    private static final class Call {
        private final Map<String, Call> calls = new TreeMap<>();
        private int samples;

        void add(List<String> outermostFirst) {
            samples++;
            if (!outermostFirst.isEmpty()) {
                calls.computeIfAbsent(outermostFirst.getFirst(), ignored -> new Call())
                        .add(outermostFirst.subList(1, outermostFirst.size()));
            }
        }
    }
}
