package ai.orchestrator.classifier.signals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The phrases of {@code topics.txt}, and which topics a text speaks of by them. */
final class Phrases {
    /** No stem is shorter: it would fit too much. */
    private static final int SHORTEST_STEM = 3;

    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * @param words one or more words
     * @param open whether the last word may go on
     */
    private record Phrase(Topic topic, List<String> words, boolean open) {
        boolean matches(List<String> text, int position) {
            if (position + words.size() > text.size()) {
                return false;
            }
            int last = words.size() - 1;
            for (int i = 0; i < last; i++) {
                if (!words.get(i).equals(text.get(position + i))) {
                    return false;
                }
            }
            String found = text.get(position + last);
            return open ? found.startsWith(words.get(last)) : found.equals(words.get(last));
        }
    }

    /** Phrases by how their first word, or its stem, begins: few words of a text begin so. */
    private final Map<String, List<Phrase>> spaced = new HashMap<>();

    private final Map<Topic, Set<String>> unspaced = new EnumMap<>(Topic.class);

    private Phrases() {}

    /** Reads the phrases that come with the plugin. */
    static Phrases load() {
        Phrases phrases = new Phrases();
        InputStream file = Objects.requireNonNull(Phrases.class.getResourceAsStream("topics.txt"), "topics.txt");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            Topic topic = Topic.SMALL_TALK;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    topic = Topic.valueOf(line.substring(1, line.length() - 1));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    for (String phrase : COMMA.split(line.substring(line.indexOf(':') + 1), -1)) {
                        phrases.add(topic, phrase.strip());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return phrases;
    }

    private void add(Topic topic, String phrase) {
        if (phrase.codePoints().anyMatch(Scripts::isUnspaced)) {
            unspaced.computeIfAbsent(topic, none -> new HashSet<>()).add(phrase);
            return;
        }
        boolean open = phrase.endsWith("*");
        List<String> words = Words.of(phrase);
        spaced.computeIfAbsent(start(words.getFirst()), none -> new ArrayList<>())
                .add(new Phrase(topic, words, open));
    }

    /**
     * How many different words of a text speak for each topic; a phrase counts by its first word, and the words of the longest
     * one speak for nothing else.
     */
    Map<Topic, Integer> count(String text, List<String> words) {
        Map<Topic, Set<String>> found = new EnumMap<>(Topic.class);
        int length;
        for (int i = 0; i < words.size(); i += length) {
            length = 1;
            for (Phrase phrase : at(i, words)) {
                found.computeIfAbsent(phrase.topic(), none -> new HashSet<>()).add(words.get(i));
                length = Math.max(length, phrase.words().size());
            }
        }
        if (text.codePoints().anyMatch(Scripts::isUnspaced)) {
            unspaced.forEach((topic, phrases) -> {
                for (String phrase : phrases) {
                    if (text.contains(phrase)) {
                        found.computeIfAbsent(topic, none -> new HashSet<>()).add(phrase);
                    }
                }
            });
        }
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        found.forEach((topic, different) -> counts.put(topic, different.size()));
        return counts;
    }

    private List<Phrase> at(int position, List<String> words) {
        String word = words.get(position);
        List<Phrase> alike = spaced.get(start(word));
        if (alike == null) {
            return List.of();
        }
        List<Phrase> here = new ArrayList<>();
        for (Phrase phrase : alike) {
            if (word.startsWith(phrase.words().getFirst()) && phrase.matches(words, position)) {
                here.add(phrase);
            }
        }
        return here;
    }

    private static String start(String word) {
        return word.substring(0, Math.min(SHORTEST_STEM, word.length()));
    }
}
