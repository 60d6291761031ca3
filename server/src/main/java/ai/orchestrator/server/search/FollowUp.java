package ai.orchestrator.server.search;

import ai.orchestrator.server.unicode.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a question that leans on the ones before it stand alone, by rule: a pronoun is replaced by what the conversation is about, and a
 * question that says too little is given it at its end. For English; a question in another language stays as it is.
 */
final class FollowUp {
    /** A conversation is about what was said last; older turns are not looked at. */
    private static final int MAX_TURNS = 12;

    /** A longer turn says for itself what it is about. */
    private static final int MAX_CHARS = 200;

    /** Most words that a question has which says too little. */
    private static final int FEW_WORDS = 2;

    private static final Pattern PRONOUN = Pattern.compile(
            "(?<![\\p{L}'-])(?:it['\u2019]s(?= [a-z]+ (?!is\\b|not\\b))|its|it|their|theirs|them|they|his|him|he|she|hers|her|this one|that one"
                    + "|these ones|(?:this|that|these|those)(?=\\s*[?.!,]|\\s+(?:is|was|are|were|do|does|did|has|have|had|can|will|would"
                    + "|happen|happened|work|mean|affect|change|changed)\\b|$))(?![\\p{L}'\u2019-])",
            Pattern.CASE_INSENSITIVE);

    /** Here {@code it} stands for nothing, or for what the turn itself says before. */
    private static final Pattern EMPTY_IT = Pattern.compile(
            "\\b(?:is|was|does|will|would|if|makes?) it (?:rain|snow|true|possible|worth|take|mean to|better to|hard to|safe to)\\b"
                    + "|\\bit (?:rains?|snows?|takes)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OPENING =
            Pattern.compile("^(?:and|but|so|ok|okay|then|also|well)[, ]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern SHORT_OPENING =
            Pattern.compile("^(?:and|but|so|what about|how about|what else)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUESTION =
            Pattern.compile("^(?:why|how|when|where|what|which|who)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern DEFINITE = Pattern.compile(
            "\\b(?:the|any|some|other|main|key|most|popular|common|famous|similar|different|important|best|first|last|many)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED = Pattern.compile("(?<=[\\p{L}\\p{N}'\u2019,] )\\p{Lu}[\\p{L}\\p{N}]");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}.'\u2019+#-]*");

    private static final Pattern CLAUSE =
            Pattern.compile("[,;:.?!]\\s|\\s(?:and|but|because|so)\\s", Pattern.CASE_INSENSITIVE);

    /** How a turn begins that brings up something new. */
    private static final Pattern INTRODUCES = Pattern.compile(
            "^(?:what(?: is| are| was| were|['\u2019]s)|who(?: is| are| was| were|['\u2019]s)|tell me|describe|explain|compare)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The last word of such a turn is what the subject does. */
    private static final Pattern HELPED =
            Pattern.compile("\\b(?:do|does|did|can|could|will|would|should)\\b", Pattern.CASE_INSENSITIVE);

    private static final Set<String> EMPTY = words(
            "a an the this that these those some any all each every no not and or but if so than then as at by for from in into of on"
                    + " onto over per to under up with within without about after again against around before between during off out near"
                    + " i me my you your we our us it its he him his she her they them their there here one ones"
                    + " who whom whose which what when where why how am is are was were be been being do does did done doing has have had"
                    + " having can could may might must shall should will would ll ve re s t d don doesn didn isn aren wasn"
                    + " tell me more describe explain give show list name compare please know understand think say said say call called"
                    + " get got make makes made take takes use used using work works cause causes caused happen happens happened mean means"
                    + " come came go goes start started begin began become became find found need want like look see seeing help helps"
                    + " affect affects change changed differ differs relate related lead led live eat buy cost costs play"
                    + " thing things stuff way ways kind kinds sort type types part parts example examples number amount"
                    + " difference differences effect effects benefit benefits advantage advantages disadvantage disadvantages"
                    + " history origin origins role function purpose main first last new old best worst most least many much few good bad"
                    + " different similar important popular common famous interesting difficult hard easy possible worth long short big"
                    + " symptoms causes treatment treatments definition meaning still also just even really very too ever never"
                    + " average currently today now hello hi thanks thank ok okay someone anyone everyone somebody people person");

    private FollowUp() {}

    private static Set<String> words(String listed) {
        return Set.copyOf(List.of(listed.split(" ")));
    }

    /**
     * The last of the turns, made to stand alone.
     *
     * @param turns what the user said, in order; not empty
     */
    static String resolve(List<String> turns) {
        String topic = "";
        for (String turn : turns.subList(Math.max(0, turns.size() - MAX_TURNS), turns.size() - 1)) {
            topic = next(turn, topic);
        }
        return resolve(turns.getLast(), topic);
    }

    private static String resolve(String turn, String topic) {
        if (topic.isEmpty() || turn.length() > MAX_CHARS || !english(turn)) {
            return turn;
        }
        Optional<String> replaced = replaced(turn, topic);
        if (replaced.isPresent()) {
            return replaced.get();
        }
        return leans(turn, topic) ? PlainText.of(turn).replaceFirst("[?.! ]+$", "") + " " + topic : turn;
    }

    /** A question word, or two of the commonest words, since {@code her} alone may be Turkish. */
    private static boolean english(String turn) {
        return QUESTION.matcher(turn.strip()).find()
                || WORD.matcher(turn.toLowerCase(Locale.ROOT))
                                .results()
                                .map(MatchResult::group)
                                .filter(EMPTY::contains)
                                .distinct()
                                .limit(2)
                                .count()
                        == 2;
    }

    private static Optional<String> replaced(String turn, String topic) {
        Matcher pronoun = PRONOUN.matcher(turn);
        if (EMPTY_IT.matcher(turn).find() || !pronoun.find() || namesBefore(turn, pronoun.start())) {
            return Optional.empty();
        }
        return Optional.of(turn.substring(0, pronoun.start()) + topic + turn.substring(pronoun.end()));
    }

    /** Whether the turn itself has said before what the pronoun stands for. */
    private static boolean namesBefore(String turn, int end) {
        Matcher clause = CLAUSE.matcher(turn).region(0, end);
        int last = 0;
        while (clause.find()) {
            last = clause.start();
        }
        return !topicOf(turn.substring(0, last)).isEmpty();
    }

    /** Whether the turn says too little to be searched for. */
    private static boolean leans(String turn, String topic) {
        if (shares(turn, topic)) {
            return false;
        }
        List<String> words = content(turn);
        return words.isEmpty()
                || (words.size() <= FEW_WORDS
                        && (SHORT_OPENING.matcher(turn.strip()).find()
                                || (DEFINITE.matcher(turn).find()
                                        && !NAMED.matcher(turn).find())));
    }

    private static boolean shares(String text, String topic) {
        Set<String> known = Set.copyOf(content(topic));
        return content(text).stream().anyMatch(known::contains);
    }

    /** What the conversation is about after this turn. */
    private static String next(String turn, String topic) {
        if (turn.length() > MAX_CHARS
                || (!topic.isEmpty() && (replaced(turn, topic).isPresent() || leans(turn, topic)))) {
            return topic;
        }
        String said = OPENING.matcher(turn.strip()).replaceFirst("");
        String own = topicOf(said);
        boolean introduces = topic.isEmpty()
                || INTRODUCES.matcher(said).find()
                || Character.isUpperCase(own.isEmpty() ? ' ' : own.charAt(0));
        return own.isEmpty() || !introduces || (shares(said, topic) && !shares(own, topic)) ? topic : own;
    }

    /** The first run of words with a meaning. */
    private static String topicOf(String turn) {
        List<String> run = new ArrayList<>();
        int end = 0;
        Matcher word = WORD.matcher(turn);
        while (word.find()) {
            boolean meaning =
                    !EMPTY.contains(word.group().toLowerCase(Locale.ROOT).replaceFirst("['\u2019].*$", ""));
            boolean joined = turn.substring(end, word.start()).isBlank();
            if (!run.isEmpty() && (!meaning || !joined)) {
                break;
            }
            if (meaning) {
                run.add(word.group().replaceFirst("['\u2019]s$|[.'\u2019]+$", ""));
            }
            end = word.end();
        }
        boolean verb = run.size() > 1
                && turn.substring(end).matches("[?.! ]*")
                && HELPED.matcher(turn).find();
        return String.join(" ", verb ? run.subList(0, run.size() - 1) : run);
    }

    private static List<String> content(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group().replaceFirst("['\u2019]s?$", "").replaceFirst("\\.+$", ""))
                .filter(word -> !EMPTY.contains(word))
                .map(word -> word.length() > 3 ? word.replaceFirst("s$", "") : word)
                .toList();
    }
}
