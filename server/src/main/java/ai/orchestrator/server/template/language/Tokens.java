package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Token.Kind;
import java.util.List;

/** The tokens of a template, one after the other; at their end the last one stays. */
final class Tokens {
    private final Source source;
    private final List<Token> tokens;
    private int next;

    Tokens(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token next() {
        Token token = peek();
        next++;
        return token;
    }

    Token peek() {
        return peek(0);
    }

    /** The token that comes after {@code further} others. */
    Token peek(int further) {
        return tokens.get(Math.min(next + further, tokens.size() - 1));
    }

    /** Takes a token of a kind. */
    void expect(Kind kind, String after) {
        Token token = next();
        if (!token.is(kind)) {
            throw source.error(token.offset(), "unexpected " + token.shown() + " after " + after);
        }
    }
}
