package ai.orchestrator.server.template;

import ai.orchestrator.server.template.language.Surroundings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The marks around what a model thinks. */
record ThinkTags(String opening, String closing) {
    static final ThinkTags USUAL = new ThinkTags("<think>", "</think>");

    private static final Pattern LAST_MARK = Pattern.compile("[<\\[][^<>\\[\\]\\s]{1,40}[>\\]]\\s*$");
    private static final Pattern FIRST_MARK = Pattern.compile("^\\s*[<\\[][^<>\\[\\]\\s]{1,40}[>\\]]");

    /** The marks that a template has around earlier thoughts; the usual ones where it has none. */
    static ThinkTags of(Surroundings surroundings) {
        Matcher opening = LAST_MARK.matcher(surroundings.before());
        Matcher closing = FIRST_MARK.matcher(surroundings.after());
        return opening.find() && closing.find()
                ? new ThinkTags(opening.group().strip(), closing.group().strip())
                : USUAL;
    }

    /** Whether a prompt ends with the opening mark, so that the answer begins with thoughts. */
    boolean openAtEndOf(String prompt) {
        return prompt.stripTrailing().endsWith(opening);
    }
}
