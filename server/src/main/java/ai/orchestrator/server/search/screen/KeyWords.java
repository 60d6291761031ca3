package ai.orchestrator.server.search.screen;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that commands to a model are made of, in several languages and in spellings that a reader still reads. */
final class KeyWords {
    /** To pay no regard to something. */
    static final Set<String> DROP = set("""
            ignore disregard forget override bypass overlook neglect dismiss discard
            ignoriere ignoriert ignorieren vergiss vergesst vergessen missachte missachten verwerfe verwirf
            ignorez ignorer oublie oubliez oublier neglige negligez
            ignora ignorad ignorar ignoren olvida olvide olvidad olviden olvidar omite omita descarta descarte
            dimentica dimenticate ignorate scorda esqueca esqueçam desconsidere negeer vergeet zignoruj zapomnij
            игнорируй игнорируйте проигнорируй забудь забудьте تجاهل تجاهلي انس""");

    /** What a model has been told. */
    static final Set<String> ORDERS = set("""
            instruction instructions prompt prompts directive directives rules guidelines commands orders instructed directions
            anweisung anweisungen instruktion instruktionen vorgaben regeln befehle weisungen
            consigne consignes directives regles ordres
            instruccion instrucciones indicaciones ordenes reglas directrices
            istruzioni regole instrucoes regras instructies instrukcje polecenia
            инструкции инструкций инструкцию указания указаний правила التعليمات تعليمات الأوامر""");

    /** Which of that. */
    static final Set<String> EARLIER = set("""
            previous prior above earlier preceding former foregoing all any every everything your existing original initial system
            vorherige vorherigen vorigen vorige bisherige bisherigen obigen obige fruheren fruhere früheren alle allen deine ihre vorangegangenen
            precedentes precedents precedente anterieures anterieurs toutes tous vos tes dessus
            anteriores previas previos todas todos precedentes tus sus
            precedenti tutte todas eerdere vorige wszystkie poprzednie
            все всех предыдущие предыдущих прежние كل جميع السابقة""");

    /** To let something be seen. */
    static final Set<String> SHOW = set("""
            reveal print show repeat output display leak disclose recite expose
            zeige zeig verrate nenne drucke wiederhole offenbare gib
            revele revelez affiche affichez montre montrez repete repetez divulgue
            revela revele muestra muestre imprime imprima repite divulga
            покажи выведи раскрой""");

    /** Before a command. */
    static final Set<String> PLEASE =
            set("please now must should kindly simply just bitte jetzt veuillez maintenant por favor ahora пожалуйста");

    /** Those that are spelled wrongly to get past lists such as these. */
    private static final Set<String> DISGUISED = Set.of(
            "ignore",
            "disregard",
            "forget",
            "override",
            "bypass",
            "instructions",
            "previous",
            "reveal",
            "system",
            "prompt");

    /** Words of their own that are near to them. */
    private static final Set<String> INNOCENT = Set.of(
            "ignored",
            "ignores",
            "ignorer",
            "forge",
            "forged",
            "forgets",
            "forgot",
            "overrides",
            "overrode",
            "overridde",
            "reveals",
            "revel",
            "prompts",
            "systems",
            "instruction",
            "bypassed",
            "prompted",
            "disregards",
            "disregarded",
            "ignoree");

    private KeyWords() {}

    /** The word, or the one of a list that it seems to be meant for. */
    static String meant(String word) {
        if (word.length() < 5 || word.length() > 13 || DISGUISED.contains(word) || INNOCENT.contains(word)) {
            return word;
        }
        for (String key : DISGUISED) {
            if (isShuffled(word, key) || isNear(word, key)) {
                return key;
            }
        }
        return word;
    }

    private static boolean isShuffled(String word, String key) {
        if (word.length() != key.length()
                || word.charAt(0) != key.charAt(0)
                || word.charAt(word.length() - 1) != key.charAt(key.length() - 1)) {
            return false;
        }
        char[] one = word.toCharArray();
        char[] other = key.toCharArray();
        Arrays.sort(one);
        Arrays.sort(other);
        return Arrays.equals(one, other);
    }

    /** One letter too many, too few, changed, or two that changed places. */
    private static boolean isNear(String word, String key) {
        int shorter = Math.min(word.length(), key.length());
        if (Math.abs(word.length() - key.length()) > 1) {
            return false;
        }
        int at = 0;
        while (at < shorter && word.charAt(at) == key.charAt(at)) {
            at++;
        }
        String rest = word.substring(at);
        String wanted = key.substring(at);
        if (rest.isEmpty() || wanted.isEmpty()) {
            return true;
        }
        return rest.substring(1).equals(wanted.substring(1))
                || rest.substring(1).equals(wanted)
                || rest.equals(wanted.substring(1))
                || rest.length() > 1
                        && wanted.length() > 1
                        && rest.charAt(0) == wanted.charAt(1)
                        && rest.charAt(1) == wanted.charAt(0)
                        && rest.substring(2).equals(wanted.substring(2));
    }

    private static Set<String> set(String words) {
        return Stream.of(words.strip().split("\\s+")).map(Folded::fold).collect(Collectors.toUnmodifiableSet());
    }
}
