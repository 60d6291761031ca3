package ai.orchestrator.server.search.screen;

import ai.orchestrator.server.search.screen.Folded.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands that are made of a few words near each other, in no fixed form. */
final class Commands {
    private static final String FORGET = "tells its reader to forget instructions";
    private static final String SPELLED = "spells out a command letter by letter";
    private static final String SHOW = "asks for the system prompt";

    /** Words after the verb. */
    private static final int NEAR = 8;

    /** Characters around the verb, in a language that does not part its words. */
    private static final int NEAR_CHARS = 16;

    /** Letters one by one, at least. */
    private static final int SPELLED_LETTERS = 8;

    private static final int MOST_MILD = 2;

    private static final String SENTENCE_ENDS = ".!?:;\u2026\n>*-\u2022)]|\u3002\uFF01\uFF1F\u2014\u2013";
    private static final String QUOTES = "\"'\u201C\u2018\u00AB\u201E`\u2039\u300C\u300E\u201A";

    private static final List<String> HAN_DROP = List.of("忽略", "无视", "無視", "忘记", "忘掉", "忽视", "不要理会", "忘れ");
    private static final List<String> HAN_ORDERS = List.of("指令", "指示", "提示", "规则", "規則", "命令", "说明");
    private static final List<String> HAN_EARLIER =
            List.of("之前", "以上", "上面", "先前", "前面", "所有", "以前", "全部", "すべて", "これまで");

    private final Folded folded;
    private final List<Sign> strong = new ArrayList<>();
    private int mild;

    private Commands(Folded folded) {
        this.folded = folded;
    }

    static List<Sign> in(Folded folded) {
        Commands commands = new Commands(folded);
        commands.words();
        commands.han();
        commands.spelled();
        List<Sign> signs = new ArrayList<>(commands.strong.subList(0, Math.min(1, commands.strong.size())));
        if (commands.mild > 0) {
            signs.add(new Sign(Math.min(MOST_MILD, commands.mild), FORGET));
        }
        return signs;
    }

    private void words() {
        List<Word> words = folded.words();
        List<String> meant =
                words.stream().map(word -> KeyWords.meant(word.text())).toList();
        for (int i = 0; i < meant.size(); i++) {
            List<String> after = meant.subList(i + 1, Math.min(meant.size(), i + 1 + NEAR));
            if (KeyWords.DROP.contains(meant.get(i))) {
                boolean orders = has(after, KeyWords.ORDERS);
                boolean earlier = has(after, KeyWords.EARLIER);
                add(i, orders && earlier ? 3 : orders ? 1 : 0, FORGET);
            } else if (KeyWords.SHOW.contains(meant.get(i)) && asksForPrompt(after)) {
                add(i, 3, SHOW);
            }
        }
    }

    private static boolean asksForPrompt(List<String> after) {
        int prompt = -1;
        for (int i = 0; i < after.size() && prompt < 0; i++) {
            prompt = after.get(i).startsWith("prompt") || after.get(i).equals("systemprompt") ? i : -1;
        }
        return prompt >= 0
                && (after.get(prompt).equals("systemprompt")
                        || after.contains("system")
                        || after.contains("systeme")
                        || after.contains("sistema"));
    }

    private static boolean has(List<String> words, Set<String> any) {
        return words.stream().anyMatch(any::contains);
    }

    /** As it stands, a command counts in full; in a sentence less, as what may be told of; and in quotation marks least. */
    private void add(int word, int points, String reason) {
        Word verb = folded.words().get(word);
        int before = verb.start() - 1;
        while (before >= 0 && folded.text().charAt(before) == ' ') {
            before--;
        }
        boolean quoted = isQuoted(folded.text(), verb.start());
        boolean commands = before < 0
                || SENTENCE_ENDS.indexOf(folded.text().charAt(before)) >= 0
                || verb.capital()
                || word > 0
                        && KeyWords.PLEASE.contains(folded.words().get(word - 1).text());
        if (points == 3 && commands && !quoted) {
            strong.add(new Sign(3, reason));
        } else if (points > 0) {
            mild += points == 3 && !quoted ? 2 : 1;
        }
    }

    /** Whether a quotation begins there. */
    static boolean isQuoted(String text, int at) {
        return at > 0 && QUOTES.indexOf(text.charAt(at - 1)) >= 0;
    }

    private void han() {
        String text = folded.text();
        for (String verb : HAN_DROP) {
            for (int at = text.indexOf(verb); at >= 0; at = text.indexOf(verb, at + verb.length())) {
                String around = text.substring(Math.max(0, at - NEAR_CHARS), Math.min(text.length(), at + NEAR_CHARS));
                boolean orders = HAN_ORDERS.stream().anyMatch(around::contains);
                boolean earlier = HAN_EARLIER.stream().anyMatch(around::contains);
                if (orders && earlier && !isQuoted(text, at)) {
                    strong.add(new Sign(3, FORGET));
                } else if (orders) {
                    mild++;
                }
            }
        }
    }

    private void spelled() {
        StringBuilder letters = new StringBuilder();
        for (Word word : folded.words()) {
            if (word.text().length() == 1) {
                letters.append(word.text());
            } else {
                endSpelled(letters);
            }
        }
        endSpelled(letters);
    }

    private void endSpelled(StringBuilder letters) {
        String text = letters.toString();
        letters.setLength(0);
        if (text.length() >= SPELLED_LETTERS
                && (contains(text, KeyWords.DROP)
                                && (contains(text, KeyWords.ORDERS) || contains(text, KeyWords.EARLIER))
                        || text.contains("systemprompt"))) {
            strong.add(new Sign(3, SPELLED));
        }
    }

    private static boolean contains(String text, Set<String> words) {
        return words.stream().anyMatch(text::contains);
    }
}
