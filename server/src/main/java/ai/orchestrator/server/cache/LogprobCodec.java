package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** The probabilities of an answer's tokens as an entry keeps them. */
final class LogprobCodec {
    private LogprobCodec() {}

    static void write(List<TokenLogprob> tokens, BodyWriter out) {
        out.number(tokens.size());
        for (TokenLogprob token : tokens) {
            token(token.token(), token.logprob(), token.bytes(), out);
            out.number(token.top().size());
            token.top().forEach(other -> token(other.token(), other.logprob(), other.bytes(), out));
        }
    }

    static List<TokenLogprob> read(BodyReader in) {
        List<TokenLogprob> tokens = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            TokenLogprob.Alternative token = token(in);
            List<TokenLogprob.Alternative> top = new ArrayList<>();
            for (int others = in.count(); others > 0; others--) {
                top.add(token(in));
            }
            tokens.add(new TokenLogprob(token.token(), token.logprob(), token.bytes(), top));
        }
        return tokens;
    }

    private static void token(String text, double logprob, List<Integer> bytes, BodyWriter out) {
        out.text(text);
        out.text(Double.toString(logprob));
        out.number(bytes.size());
        bytes.forEach(out::number);
    }

    private static TokenLogprob.Alternative token(BodyReader in) {
        String text = in.text();
        double logprob = Double.parseDouble(in.text());
        List<Integer> bytes = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            bytes.add(in.count());
        }
        return new TokenLogprob.Alternative(text, logprob, bytes);
    }
}
