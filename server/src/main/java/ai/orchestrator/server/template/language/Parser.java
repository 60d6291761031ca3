package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import ai.orchestrator.server.template.language.Node.Pipeline;
import ai.orchestrator.server.template.language.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the parts of a template out of its tokens. What can be seen to be wrong without running it is refused here. */
final class Parser {
    private static final int MAX_NESTING = 100;

    private final Source source;
    private final Tokens tokens;
    private final Variables variables = new Variables();
    private final ExpressionParser expressions;
    private final Map<String, Block> defined = new HashMap<>();
    private final List<Node.Include> includes = new ArrayList<>();
    private int nesting;
    private int loops;

    private Parser(Source source) {
        this.source = source;
        this.tokens = new Tokens(source, Lexer.tokens(source));
        this.expressions = new ExpressionParser(source, tokens, variables);
    }

    /** A template's main part and those that it defines. */
    record Parsed(Block main, Map<String, Block> defined) {}

    /** @throws TemplateException if the template is wrong */
    static Parsed parse(Source source) {
        Parser parser = new Parser(source);
        Ended main = parser.block();
        if (!main.by.is(Kind.END)) {
            throw source.error(main.by.offset(), "unexpected " + main.by.text());
        }
        parser.includes.forEach(include -> {
            if (!parser.defined.containsKey(include.name())) {
                throw source.error(include.offset(), "there is no template \"" + include.name() + "\"");
            }
        });
        return new Parsed(main.block, parser.defined);
    }

    /** A block and what ended it: {@code end}, {@code else} or the end of the template. */
    private record Ended(Block block, Token by) {}

    private Ended block() {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case TEXT -> nodes.add(new Node.Literal(token.text()));
                case END -> {
                    return new Ended(new Block(nodes), token);
                }
                default -> {
                    Token first = tokens.peek();
                    if (first.isName("end") || first.isName("else")) {
                        tokens.next();
                        return new Ended(new Block(nodes), first);
                    }
                    action(first).ifPresent(nodes::add);
                }
            }
        }
    }

    /** The action that begins with {@code first}; empty for a definition. */
    private Optional<Node> action(Token first) {
        String keyword = first.is(Kind.NAME) ? first.text() : "";
        switch (keyword) {
            case "if", "with", "range" -> {
                tokens.next();
                return Optional.of(branch(first));
            }
            case "define" -> {
                tokens.next();
                define(first);
                return Optional.empty();
            }
            case "template", "block" -> {
                tokens.next();
                return Optional.of(include(first));
            }
            case "break", "continue" -> {
                tokens.next();
                if (loops == 0) {
                    throw source.error(first.offset(), first.text() + " stands outside of a range");
                }
                tokens.expect(Kind.CLOSE, first.text());
                return Optional.of(keyword.equals("break") ? new Node.Break() : new Node.Continue());
            }
            default -> {
                return Optional.of(new Node.Action(expressions.pipeline("an action", Kind.CLOSE, false)));
            }
        }
    }

    private Node branch(Token keyword) {
        nest(keyword);
        int scope = variables.mark();
        boolean range = keyword.isName("range");
        Pipeline pipeline = expressions.pipeline(keyword.text(), Kind.CLOSE, range);
        loops += range ? 1 : 0;
        Ended then = block();
        loops -= range ? 1 : 0;
        Block otherwise = then.by.isName("else") ? otherwise(keyword) : Block.EMPTY;
        if (!then.by.isName("else")) {
            end(keyword, then);
        }
        variables.reset(scope);
        nesting--;
        return switch (keyword.text()) {
            case "if" -> new Node.If(pipeline, then.block, otherwise);
            case "with" -> new Node.With(pipeline, then.block, otherwise);
            default -> new Node.Range(pipeline, then.block, otherwise);
        };
    }

    /** What follows {@code else}, to the end of the whole. */
    private Block otherwise(Token keyword) {
        Token next = tokens.peek();
        boolean again = !keyword.isName("range") && next.isName(keyword.text());
        if (again) {
            tokens.next();
            return new Block(List.of(branch(next)));
        }
        tokens.expect(Kind.CLOSE, "else");
        Ended otherwise = block();
        end(keyword, otherwise);
        return otherwise.block;
    }

    private void define(Token keyword) {
        if (nesting > 0) {
            throw source.error(keyword.offset(), "define stands inside of another part");
        }
        String name = name(keyword);
        tokens.expect(Kind.CLOSE, "define");
        defined.put(name, body(keyword));
    }

    private Node include(Token keyword) {
        String name = name(keyword);
        boolean block = keyword.isName("block");
        Optional<Pipeline> argument;
        if (!block && tokens.peek().is(Kind.CLOSE)) {
            tokens.next();
            argument = Optional.empty();
        } else {
            argument = Optional.of(expressions.pipeline(keyword.text(), Kind.CLOSE, false));
        }
        if (block) {
            defined.put(name, body(keyword));
        }
        Node.Include include = new Node.Include(name, argument, keyword.offset());
        includes.add(include);
        return include;
    }

    private String name(Token keyword) {
        Token name = tokens.next();
        if (!name.is(Kind.STRING) && !name.is(Kind.RAW_STRING)) {
            throw source.error(name.offset(), keyword.text() + " needs a name in quotes");
        }
        return expressions.text(name);
    }

    /** The part of a definition, which sees no variables from outside. */
    private Block body(Token keyword) {
        nest(keyword);
        List<String> outer = variables.hide();
        int outerLoops = loops;
        loops = 0;
        Ended body = block();
        end(keyword, body);
        loops = outerLoops;
        variables.restore(outer);
        nesting--;
        return body.block;
    }

    private void end(Token keyword, Ended block) {
        if (block.by.is(Kind.END)) {
            throw source.error(keyword.offset(), keyword.text() + " has no end");
        }
        if (block.by.isName("else")) {
            throw source.error(block.by.offset(), "unexpected else");
        }
        tokens.expect(Kind.CLOSE, "end");
    }

    private void nest(Token at) {
        if (++nesting > MAX_NESTING) {
            throw source.error(at.offset(), "the template is nested too deeply");
        }
    }
}
