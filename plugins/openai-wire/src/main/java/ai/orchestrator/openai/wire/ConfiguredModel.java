package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model as the operator lists it. What is absent is learned from the far side's own list.
 *
 * @param id the far side's name for it, such as {@code openai/gpt-4o-mini} or {@code acme/chat:free}
 * @param name this server's name for it, in lower case with a tag
 * @param price each part may be absent
 * @param capabilities empty if they are to be learned
 */
public record ConfiguredModel(String id, String name, Price price, OptionalInt context, Set<Capability> capabilities) {
    private static final Pattern NAME = Pattern.compile("[^\\s:]+(:[^\\s:]+)?");
    private static final int LONGEST_CONTEXT = 1_000_000_000;

    /** A model of which only the far side's name is set. */
    public static ConfiguredModel plain(String id) {
        return new ConfiguredModel(id, tagged(id), Price.unknown(), OptionalInt.empty(), Set.of());
    }

    /**
     * Reads {@code models}, a list of sections; two models of one name are refused.
     *
     * @throws InvalidSettingException naming the setting that is wrong
     */
    public static List<ConfiguredModel> readAll(Settings settings) {
        List<ConfiguredModel> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Settings section : settings.sections("models")) {
            ConfiguredModel model = read(section, "models[" + models.size() + "].");
            if (!names.add(model.name())) {
                throw new InvalidSettingException(
                        "models[" + models.size() + "].name", "there are two models named '" + model.name() + "'");
            }
            models.add(model);
        }
        return List.copyOf(models);
    }

    /**
     * Reads {@code capabilities}, a list of texts.
     *
     * @param path what comes before it in messages
     */
    public static Set<Capability> readCapabilities(Settings section, String path) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        section.texts("capabilities").forEach(text -> capabilities.add(capability(text, path + "capabilities")));
        return capabilities;
    }

    /**
     * Reads {@code price}, a section of {@code prompt} and {@code completion}.
     *
     * @param path what comes before it in messages
     */
    public static Price readPrice(Settings section, String path) {
        Settings price = section.section("price");
        return new Price(amount(price, "prompt", path), amount(price, "completion", path));
    }

    private static ConfiguredModel read(Settings section, String path) {
        String id = checked(section.text("id"), path + "id");
        String name = checked(section.text("name", id), path + "name");
        int context = (int) section.number("context", 0, 0, LONGEST_CONTEXT);
        return new ConfiguredModel(
                id,
                tagged(name),
                readPrice(section, path),
                context == 0 ? OptionalInt.empty() : OptionalInt.of(context),
                readCapabilities(section, path));
    }

    private static String checked(String text, String path) {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidSettingException(path, "expected a name such as vendor/model or vendor/model:tag");
        }
        return text;
    }

    private static String tagged(String name) {
        // names are compared without regard to case, and asked for in lower case
        return (name.contains(":") ? name : name + ":latest").toLowerCase(Locale.ROOT);
    }

    private static Optional<BigDecimal> amount(Settings price, String part, String path) {
        Optional<BigDecimal> amount = price.decimal(part);
        if (amount.isPresent() && amount.get().signum() < 0) {
            throw new InvalidSettingException(path + "price." + part, "expected US dollars per token, 0 or more");
        }
        return amount;
    }

    private static Capability capability(String text, String path) {
        try {
            return Capability.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    path,
                    "expected any of " + Arrays.toString(Capability.values()).toLowerCase(Locale.ROOT) + ", found '"
                            + text + "'");
        }
    }
}
