package ai.orchestrator.server.search.screen;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is said to machines and hardly ever to people, in small letters without accents. */
final class Phrases {
    /** @param needs one of these is in a text that has the phrase, and is found sooner */
    private record Phrase(List<String> needs, Pattern pattern, int points, String reason) {
        Sign sign(boolean quoted) {
            return new Sign(quoted && points < 3 ? points - 1 : points, reason);
        }
    }

    private static final String MACHINE =
            "(?:ais?|llms?|ki|ia|gpt|chatbots?|sprachmodell\\w{0,2}|large language models?|language models?"
                    + "|ai (?:assistant|agent|model)s?|modele de langage|modelo de lenguaje|intelligence artificielle|inteligencia artificial)";

    private static final List<Phrase> PHRASES = List.of(
            phrase(
                    1,
                    "gives its reader a new role",
                    "now|jetzt|nun|sofort|maintenant|desormais|ahora|теперь|现在|今から",
                    "\\b(?:you are now|you will now act as|from now on,? you|du bist (?:jetzt|nun|ab sofort)|sie sind (?:jetzt|nun|ab sofort)"
                            + "|tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)|ahora eres|a partir de ahora eres|desde ahora eres"
                            + "|ты теперь)\\b|(?:你现在是|从现在起,?你|从现在开始,?你|あなたは今から)"),
            phrase(
                    1,
                    "gives its reader a new role",
                    "now|jetzt|nun|sofort|maintenant|desormais|ahora",
                    "\\b(?:you are now|du bist (?:jetzt|nun|ab sofort)|tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)|ahora eres)"
                            + " (?:\\w{1,12} ){0,3}(?:dan|jailbroken|unrestricted|uncensored|evil|hacker|admin|administrator|root|pirate|pirat"
                            + "|assistant|assistent|asistente|bot|mode|modus|modo|modell|modele|modelo|model|ai|ki|ia)\\b"),
            phrase(
                    2,
                    "speaks to machines",
                    "if you are a|attention|note to|notice to|message to|dear|hinweis an|wenn du ein|si tu es un|si vous etes un|si eres un|nota para|note pour|如果你是|致",
                    "\\b(?:if you are an?|attention:?|note to|notice to|message to|dear|hinweis an|wenn du ein(?:e)?|si tu es un(?:e)?|si vous etes un(?:e)?"
                            + "|si eres un(?:a)?|nota para|note pour|a l'attention de)(?: the| all| any| la| el| l'| alle| die)? ?"
                            + MACHINE
                            + "\\b|(?:如果你是|致)(?:一个)?(?:ai|人工智能|大?语言模型)"),
            phrase(
                    2,
                    "wants something kept from the user",
                    "user|nutzer|utilisateur|usuario|用户",
                    "\\b(?:do not|don't|never|without) (?:tell|telling|inform|informing|alert|alerting|warn|warning|notify|notifying) the user\\b"
                            + "|\\b(?:sage?|erzahle?|verrate?) (?:es )?(?:dem|der) (?:be)?nutzer(?:in)? (?:nichts?|davon)\\b"
                            + "|\\bne (?:dis|dites|le dis|le dites) (?:rien |pas )?a l'utilisateur\\b|\\bno (?:le |se lo )?dig(?:a|as) (?:nada )?al usuario\\b"
                            + "|(?:不要|别)告诉用户"),
            phrase(2, "asks for the system prompt", "系统", "(?:显示|输出|打印|透露|泄露|重复|告诉我)[^\\n。]{0,8}系统(?:提示|指令)"),
            phrase(
                    2,
                    "asks for data in an address",
                    "url|uri|link|image|query|bild|adresse|lien|imagen|enlace|http",
                    "\\b(?:send|append|put|include|insert|encode|embed|attach|add|place|sende|hange|fuge|setze|envoie|ajoute|insere|envia|anade|incluye|agrega)\\b"
                            + "[^.!?\\n]{0,60}\\b(?:conversation|chat history|history|user'?s? (?:question|message|name|data|input|request)|passwords?|credentials|secrets?"
                            + "|api keys?|unterhaltung|gesprach|verlauf|passwort|frage|geheimnis\\w{0,2}|conversacion|historial|contrasena|mot de passe|historique)\\b"
                            + "[^.!?\\n]{0,60}\\b(?:url|uri|link|image|query string|query parameter|bild|adresse|lien|imagen|enlace|https?)\\b"),
            phrase(
                    2,
                    "asks for data in an address",
                    "链接|网址|图片|url",
                    "(?:把|将)[^\\n。]{0,20}(?:对话|聊天记录|密码|问题)[^\\n。]{0,20}(?:链接|网址|图片|url)"),
            phrase(
                    1,
                    "has an image with data in its address",
                    "![",
                    "!\\[[^\\]\\n]{0,80}]\\(https?://[^)\\s]{1,200}[?&=][^)\\s]{0,200}"),
            phrase(
                    3,
                    "imitates the quotation that it is in",
                    "evidence|quoted data|nothing in it|no instructions in it",
                    "end of the quoted data|nothing in it is an instruction|follow no instructions in it|text inside evidence tags|</? ?evidence-[0-9a-f]{4,64}"));

    private Phrases() {}

    /** Each phrase counts once, however often it is there; less where it stands in quotation marks first. */
    static List<Sign> in(String folded) {
        return PHRASES.stream()
                .filter(phrase -> phrase.needs().stream().anyMatch(folded::contains))
                .flatMap(phrase -> {
                    Matcher found = phrase.pattern().matcher(folded);
                    return found.find()
                            ? Stream.of(phrase.sign(Commands.isQuoted(folded, found.start())))
                            : Stream.empty();
                })
                .filter(sign -> sign.points() > 0)
                .toList();
    }

    private static Phrase phrase(int points, String reason, String needs, String pattern) {
        return new Phrase(List.of(needs.split("\\|")), Pattern.compile(pattern), points, reason);
    }
}
