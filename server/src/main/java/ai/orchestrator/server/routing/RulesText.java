package ai.orchestrator.server.routing;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a rule file holds.
 *
 * @param name the file, for messages
 * @param text all of it; empty where it cannot be read
 * @param problem why it cannot be read; empty where it can
 */
record RulesText(String name, String text, String problem) {
    private static final long LONGEST = 4L << 20;

    static RulesText of(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > LONGEST) {
                return new RulesText(name, "", "the file has more than 4 MB");
            }
            return new RulesText(name, Files.readString(file), "");
        } catch (NoSuchFileException e) {
            return new RulesText(name, "", "the file is not there");
        } catch (CharacterCodingException e) {
            return new RulesText(name, "", "the file is not UTF-8 text");
        } catch (IOException e) {
            return new RulesText(name, "", "the file cannot be read");
        }
    }

    /** @throws InvalidRoutesException if anything is wrong with it, with all that is */
    YamlRoutingRules parse(Map<String, String> environment) {
        if (!problem.isEmpty()) {
            throw new InvalidRoutesException(List.of(name + ": " + problem));
        }
        return YamlRoutingRules.parse(name, text, environment);
    }
}
