package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells by its words how recent an answer to a question has to be. */
public final class TimeWords {
    /** A longer text is judged by its two ends: that is where people ask. */
    private static final int END_CHARS = 1_000;

    private static final Map<Freshness, Pattern> WORDS = Map.of(
            Freshness.DAY,
            words("today|tonight|yesterday|tomorrow|right now|at the moment|this (?:morning|afternoon|evening)"
                    + "|breaking news|live scores?|weather|(?:stock|share|bitcoin) price|exchange rates?"
                    + "|heute|gestern|hoy|ayer|aujourd'hui"),
            Freshness.WEEK,
            words("(?:this|last|past) week(?:end)?|news|headlines|diese woche|esta semana|cette semaine"),
            Freshness.MONTH,
            words("(?:this|last|past) month|recent|recently|upcoming|neulich|dieser monat|este mes|ce mois"),
            Freshness.YEAR,
            words("(?:this|last|past) year|latest|newest|most recent|currently|up[- ]to[- ]date|nowadays|these days"
                    + "|(?<!(?:electric|electrical|alternating|direct|eddy) )current"
                    + " (?:version|release|price|state|status|president|prime minister|government|ceo|champion|record|rate|year)"
                    + "|aktuell|aktuelle|neueste|actuellement|actualmente"));

    private static final Pattern YEAR = Pattern.compile("(?<![\\w.,-])(20\\d\\d)(?![\\w-]|[.,]\\d)");

    private final InstantSource clock;

    public TimeWords(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the right answer changes with time. */
    public boolean timeSensitive(String question) {
        return freshness(question) != Freshness.ANY;
    }

    /** The shortest age that any word asks for. */
    Freshness freshness(String question) {
        String text = ends(question).replace('\u2019', '\'');
        for (Freshness freshness : new Freshness[] {Freshness.DAY, Freshness.WEEK, Freshness.MONTH, Freshness.YEAR}) {
            Pattern words = WORDS.get(freshness);
            if (words != null && words.matcher(text).find()) {
                return freshness;
            }
        }
        return namesPresent(text) ? Freshness.YEAR : Freshness.ANY;
    }

    private boolean namesPresent(String text) {
        int now = Year.from(clock.instant().atZone(ZoneOffset.UTC)).getValue();
        return YEAR.matcher(text)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .anyMatch(year -> year >= now);
    }

    private static String ends(String text) {
        return text.length() <= 2 * END_CHARS
                ? text
                : text.substring(0, END_CHARS) + "\n" + text.substring(text.length() - END_CHARS);
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_-])(?:" + alternatives + ")(?![\\p{L}\\p{N}_-])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
