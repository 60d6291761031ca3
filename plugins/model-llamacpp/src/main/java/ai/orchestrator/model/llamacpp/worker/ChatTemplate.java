package ai.orchestrator.model.llamacpp.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A model's template of conversations, dressed for the binding. */
final class ChatTemplate {
    /*
     * The binding renders Jinja templates with three faults, which this class goes around with characters of the private use area as marks:
     *
     * - It takes a leading start token off, also where the tokenizer will not put it back. A mark before the template keeps everything in place,
     *   and its absence tells that the template was not understood and another one used in its stead.
     * - raise_exception() ends the process. The template is given a macro of this name, which writes the reason between two marks.
     * - The text comes back through a JNI function that cuts characters beyond the basic plane into pieces and ends at a zero, so both, and the
     *   marks themselves where the text has them, are put as other characters on the way there and restored on the way back.
     */

    private static final char PRIVATE = '\uE000';
    private static final char SURROGATES_END = '\uE7FF';
    private static final char ESCAPE = '\uE800';
    private static final char ZERO = '\uE801';
    private static final char BEGIN = '\uE802';
    private static final char REFUSAL = '\uE803';
    private static final char REFUSAL_END = '\uE804';
    private static final char ESCAPED = '\uE900';

    private ChatTemplate() {}

    /** The template as the binding is to be given it. */
    static String dressed(String template) {
        String macro =
                "{%- macro raise_exception(reason) -%}" + REFUSAL + "{{ reason }}" + REFUSAL_END + "{%- endmacro -%}";
        // the binding cannot tell a template whether to think; where it must not, the prompt is ended so that it has
        String thinking = "{%- set enable_thinking = true -%}";
        return macro + thinking + BEGIN + escaped(withoutIndent(template));
    }

    /** What a text is part of on its way into the template: maps, lists and texts. */
    static Object escaped(Object value) {
        return switch (value) {
            case String text -> escaped(text);
            case List<?> list -> list.stream().map(ChatTemplate::escaped).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> all = new LinkedHashMap<>();
                map.forEach((key, member) -> all.put(escaped(key), member == null ? null : escaped(member)));
                yield all;
            }
            default -> value;
        };
    }

    /** A text on its way into the template. */
    static String escaped(String text) {
        if (text.chars().noneMatch(ChatTemplate::isSpecial)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                escaped.append((char) (c - Character.MIN_SURROGATE + PRIVATE));
            } else if (c == 0) {
                escaped.append(ZERO);
            } else if (isSpecial(c)) {
                escaped.append(ESCAPE).append((char) (c - PRIVATE + ESCAPED));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * The prompt that a rendered text stands for.
     *
     * @throws RefusedException if the template refused the conversation or could not be used
     */
    static String prompt(String rendered) throws RefusedException {
        if (rendered.indexOf(BEGIN) < 0) {
            throw new RefusedException(
                    Reply.Reason.INTERNAL, "the model's chat template cannot be used: it is not valid");
        }
        int refusal = rendered.indexOf(REFUSAL);
        if (refusal >= 0) {
            int end = rendered.indexOf(REFUSAL_END, refusal);
            String reason = restored(rendered.substring(refusal + 1, end < 0 ? rendered.length() : end));
            throw new RefusedException(
                    Reply.Reason.INVALID_REQUEST, "the model's chat template refuses the conversation: " + reason);
        }
        return restored(rendered.substring(rendered.indexOf(BEGIN) + 1));
    }

    /** The conversation without system messages, their texts put before the first user's: for templates that refuse the role. */
    static List<Call.Turn> withoutSystem(List<Call.Turn> turns) {
        String system = turns.stream()
                .filter(turn -> turn.role().equals("system"))
                .map(Call.Turn::content)
                .collect(Collectors.joining("\n"));
        List<Call.Turn> others = new ArrayList<>(
                turns.stream().filter(turn -> !turn.role().equals("system")).toList());
        for (int i = 0; i < others.size(); i++) {
            Call.Turn turn = others.get(i);
            if (turn.role().equals("user")) {
                others.set(i, new Call.Turn("user", system + "\n" + turn.content(), turn.more()));
                break;
            }
        }
        return others;
    }

    private static String restored(String text) {
        StringBuilder restored = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PRIVATE && c <= SURROGATES_END) {
                restored.append((char) (c - PRIVATE + Character.MIN_SURROGATE));
            } else if (c == ZERO) {
                restored.append((char) 0);
            } else if (c == ESCAPE && i + 1 < text.length()) {
                restored.append((char) (text.charAt(++i) - ESCAPED + PRIVATE));
            } else {
                restored.append(c);
            }
        }
        return restored.toString();
    }

    private static boolean isSpecial(int c) {
        return c == 0
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                || (c >= PRIVATE && c <= REFUSAL_END);
    }

    /** Blanks before a block at the start of a line count for nothing, but no longer so once a mark stands before them. */
    private static String withoutIndent(String template) {
        String stripped = template.stripLeading();
        boolean blanksOnly =
                !template.substring(0, template.length() - stripped.length()).contains("\n");
        return blanksOnly && (stripped.startsWith("{%") || stripped.startsWith("{#")) ? stripped : template;
    }
}
