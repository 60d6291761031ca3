package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tool calls in a model's answer. Text passes through up to what may begin a call; what turns out to be none, or calls a tool that there
 * is not, comes out as text. Used by one thread.
 */
final class CallEvents implements ModelEvents {
    private static final int MAX_CALL = 1 << 20;
    private static final int MAX_NAME = 200;

    /** Marks that end calls, which are no part of the answer. */
    private static final Pattern CLOSING =
            Pattern.compile("</[^<>\\s]{1,40}>|<[|\uff5c][^<>\\s]{1,40}[|\uff5c]>|\\[/[A-Z_]{1,40}]");

    /** What may become such a mark. */
    private static final Pattern CLOSING_BEGUN = Pattern.compile("<([/|\uff5c][^<>\\s]{0,41})?|\\[(/[A-Z_]{0,40})?");

    private final CallFormat format;
    private final Set<String> tools;
    private final ModelEvents events;
    private final HeldText held = new HeldText();
    private Part part;
    private @Nullable JsonEnd json;
    private boolean called;

    private enum Part {
        /** Nothing but white space came yet; only now may a call without a mark begin. */
        BEGINNING,
        TEXT,
        /** What is held begins with white space and a call's mark, if it has one. */
        CALL,
        /** A call has ended. */
        AFTER_CALL
    }

    /** @param tools the names of those that may be called */
    CallEvents(CallFormat format, Set<String> tools, ModelEvents events) {
        this.format = format;
        this.tools = Set.copyOf(tools);
        this.events = events;
        this.part = Part.BEGINNING;
    }

    @Override
    public void emit(ModelEvent event) {
        switch (event) {
            case ModelEvent.Text text -> {
                held.add(text);
                advance();
            }
            case ModelEvent.Finished(FinishReason reason, Usage usage, String stopText) -> {
                flush();
                boolean waits = called && reason == FinishReason.STOP;
                events.emit(new ModelEvent.Finished(waits ? FinishReason.TOOL_CALLS : reason, usage, stopText));
            }
            case ModelEvent.Think thought -> events.emit(thought);
            case ModelEvent.Call call -> {
                flush();
                called = true;
                events.emit(call);
            }
        }
    }

    @Override
    public void onCancel(Runnable action) {
        events.onCancel(action);
    }

    @Override
    public Consumer<Usage> lateBill() {
        return events.lateBill();
    }

    private void advance() {
        Part before;
        int length;
        do {
            before = part;
            length = held.length();
            switch (part) {
                case BEGINNING -> beginning();
                case TEXT -> text();
                case CALL -> call();
                case AFTER_CALL -> afterCall();
            }
        } while (part != before || held.length() != length);
    }

    private void beginning() {
        int spaces = held.spaces(0);
        if (spaces == held.length()) {
            return;
        }
        part = format.marker().isEmpty() && opensJson(spaces) ? Part.CALL : Part.TEXT;
    }

    private void text() {
        String marker = format.marker();
        if (marker.isEmpty()) {
            held.release(held.length(), events);
            return;
        }
        int start = held.indexOf(marker, 0);
        boolean begins = start >= 0;
        // white space before a call belongs to it, so it is held back too
        held.release(held.withoutSpacesBefore(begins ? start : held.possibleStart(marker)), events);
        part = begins ? Part.CALL : Part.TEXT;
    }

    private void call() {
        int spaces = held.spaces(0);
        int begin = spaces
                + (held.startsWith(format.marker(), spaces) ? format.marker().length() : 0);
        Optional<JsonEnd> found = json == null ? findJson(begin) : Optional.of(json);
        if (found.isEmpty()) {
            return;
        }
        json = found.get();
        int end = json.find(held);
        if (end >= 0) {
            List<ToolCall> calls = read(held.substring(begin, json.start()), held.substring(json.start(), end));
            if (calls.isEmpty() || !calls.stream().allMatch(call -> tools.contains(call.name()))) {
                noCall(end);
            } else {
                json = null;
                held.drop(end);
                called = true;
                part = Part.AFTER_CALL;
                calls.forEach(call -> events.emit(new ModelEvent.Call(call)));
            }
        } else if (json.broken() || held.length() > MAX_CALL) {
            noCall(held.length());
        }
    }

    /** The JSON of a call; empty if it has not begun, or this is no call, which then has come out. */
    private Optional<JsonEnd> findJson(int begin) {
        int start = begin + held.spaces(begin);
        if (format instanceof CallFormat.Named) {
            int brace = held.indexOf("{", begin);
            start = brace < 0 ? held.length() : brace;
        }
        if (start < held.length() && opensJson(start)) {
            return Optional.of(new JsonEnd(start));
        }
        boolean tooLong = held.length() - begin > MAX_NAME;
        if (tooLong || (format instanceof CallFormat.Object && start < held.length())) {
            noCall(Math.max(begin, 1));
        }
        return Optional.empty();
    }

    private List<ToolCall> read(String before, String text) {
        return switch (format) {
            case CallFormat.Object object -> object.read(text);
            case CallFormat.Named named ->
                named.name(before)
                        .flatMap(name -> named.read(name, text))
                        .map(List::of)
                        .orElse(List.of());
        };
    }

    private void noCall(int length) {
        json = null;
        held.release(length, events);
        part = Part.TEXT;
    }

    /** Leaves out what only separates and closes calls. */
    private void afterCall() {
        int skipped = skipped();
        if (skipped > 0) {
            held.drop(skipped);
        } else if (!held.isEmpty()) {
            String marker = format.marker();
            if (!marker.isEmpty() && held.startsWith(marker, 0)) {
                part = Part.CALL;
            } else if (held.possibleStart(marker) > 0 && !mayClose()) {
                part = format instanceof CallFormat.Object && opensJson(0) ? Part.CALL : Part.TEXT;
            }
        }
    }

    private int skipped() {
        int length = held.spaces(0);
        if (length > 0 || held.isEmpty()) {
            return length;
        }
        if (",;]".indexOf(held.charAt(0)) >= 0) {
            return 1;
        }
        if (!format.marker().isEmpty() && held.startsWith(format.marker(), 0)) {
            return 0;
        }
        Matcher closing = CLOSING.matcher(held.text());
        return closing.lookingAt() ? closing.end() : 0;
    }

    private boolean mayClose() {
        return CLOSING_BEGUN.matcher(held.text()).matches();
    }

    private boolean opensJson(int offset) {
        return held.charAt(offset) == '{' || held.charAt(offset) == '[';
    }

    /** The answer ends: a call that has no end is none. */
    private void flush() {
        if (part == Part.AFTER_CALL) {
            held.drop(held.length());
        } else {
            noCall(held.length());
        }
    }
}
