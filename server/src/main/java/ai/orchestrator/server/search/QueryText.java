package ai.orchestrator.server.search;

import ai.orchestrator.server.unicode.PlainText;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the words that leave this machine out of a question: short, plain, and without what looks like a secret. */
final class QueryText {
    static final int MAX_CHARS = 400;

    /** What is looked at; a question is cut here, at a word, before anything is searched in it. */
    private static final int MAX_READ = 4_000;

    private static final List<Pattern> PRIVATE = List.of(
            Pattern.compile("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}-----|$)"),
            Pattern.compile("(?<=://)[^\\s/@]{1,200}@"),
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}"),
            Pattern.compile(
                    "\\bauthorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(?:(?:bearer|basic|token|digest)\\s+)?[^\\s\"',;]+",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\bBearer\\s+(?=[A-Za-z0-9._~+/=-]{0,200}\\d)[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile(
                    "\\b[\\w-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|api[_ -]?key|access[_ -]?key"
                            + "|private[_ -]?key|credentials?)[\\w-]{0,20}[\"']?\\s{0,3}(?:=>|[:=])\\s{0,3}[\"']?[^\\s\"',;]+",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\b(?:password|passphrase|pin)\\s+is\\s+[\"']?[^\\s\"',;]+", Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "\\b(?:sk|pk|rk|tvly|xai|gsk|glpat|xox[abeoprs]|npm|pypi|hf|gh[opsur]|github_pat|dop_v1|ya29)"
                            + "[-_.][A-Za-z0-9_-]{12,}"),
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{12,}\\b|\\bAIza[A-Za-z0-9_-]{20,}|\\bBSA[A-Za-z0-9_-]{20,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){1,4}"),
            Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"),
            Pattern.compile(
                    "(?<![A-Za-z0-9_+/=])(?=[A-Za-z0-9_+/=]*\\d)(?=[A-Za-z0-9_+/=]*[A-Za-z])[A-Za-z0-9_+/=]{32,}"),
            Pattern.compile("(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)"));

    private QueryText() {}

    /** At most {@link #MAX_CHARS} characters; empty if nothing is left to search for. */
    static String of(String question) {
        String text = PlainText.of(cutAtWord(question, MAX_READ));
        for (Pattern secret : PRIVATE) {
            text = secret.matcher(text).replaceAll(" ");
        }
        String words = PlainText.of(text);
        return words.codePoints().anyMatch(Character::isLetterOrDigit) ? cutAtWord(words, MAX_CHARS) : "";
    }

    /** The text up to the last white space within the limit; a text of one long word is cut within it. */
    private static String cutAtWord(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return end > 0 ? text.substring(0, end) : PlainText.cut(text, limit);
    }
}
