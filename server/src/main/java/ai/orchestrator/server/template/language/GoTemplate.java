package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template that has been read. It can be rendered any number of times, by several threads at once. */
public final class GoTemplate {
    private static final int MAX_LENGTH = 1 << 18;

    private final Source source;
    private final Block main;
    private final Map<String, Block> defined;

    private GoTemplate(Source source, Block main, Map<String, Block> defined) {
        this.source = source;
        this.main = main;
        this.defined = defined;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if it is wrong, or longer than 262,144 characters
     */
    public static GoTemplate parse(String text) {
        Source source = new Source(text);
        if (text.length() > MAX_LENGTH) {
            throw source.error(MAX_LENGTH, "the template is longer than " + MAX_LENGTH + " characters");
        }
        Parser.Parsed parsed = Parser.parse(source);
        return new GoTemplate(source, parsed.main(), parsed.defined());
    }

    /**
     * The template's text with the data in it.
     *
     * @param data the dot; fields that are not there have no value
     * @param clock tells {@code currentDate}
     * @throws TemplateException if the template cannot do with the data what it says, or makes too much of it
     */
    public String render(Map<String, Value> data, Clock clock) {
        Value dot = new Value.Entries(data, false);
        return new Execution(source, defined, dot, clock).run(main, dot);
    }

    /** The names of all fields that the template asks for, as it spells them. */
    public Set<String> fields() {
        FieldNames names = new FieldNames();
        names.add(main);
        defined.values().forEach(names::add);
        return names.found();
    }

    /** The same template with a field printed after it. */
    public GoTemplate endingWith(String field) {
        List<Node> nodes = new ArrayList<>(main.nodes());
        int end = source.text().length();
        Expression value = new Expression.Path(new Expression.Dot(), List.of(field), end);
        nodes.add(new Node.Action(new Node.Pipeline(List.of(), false, value, end)));
        return new GoTemplate(source, new Block(nodes), defined);
    }

    /** The same template without what comes after the first action that prints a field; the same if none does. */
    public GoTemplate cutAfter(String field) {
        return new GoTemplate(source, new Cut(field).of(main), defined);
    }

    /** The text on both sides of the first action that prints a field; empty if none does. */
    public Optional<Surroundings> around(String field) {
        return Surroundings.find(field, main).or(() -> defined.values().stream()
                .map(block -> Surroundings.find(field, block))
                .flatMap(Optional::stream)
                .findFirst());
    }
}
