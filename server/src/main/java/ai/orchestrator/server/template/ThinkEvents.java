package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Usage;
import java.util.function.Consumer;

/** Tells what a model thinks, between the marks at the beginning of its answer, from what it says. Used by one thread. */
final class ThinkEvents implements ModelEvents {
    private final ThinkTags tags;
    private final ModelEvents events;
    private final HeldText held = new HeldText();
    private Part part;

    private enum Part {
        /** Nothing but white space came yet. */
        BEGINNING,
        /** The opening mark was there, and no thought yet. */
        OPENED,
        THOUGHTS,
        /** The closing mark was there, and no answer yet. */
        CLOSED,
        ANSWER
    }

    /** @param opened whether the prompt ends with the opening mark already */
    ThinkEvents(ThinkTags tags, boolean opened, ModelEvents events) {
        this.tags = tags;
        this.events = events;
        this.part = opened ? Part.OPENED : Part.BEGINNING;
    }

    @Override
    public void emit(ModelEvent event) {
        if (event instanceof ModelEvent.Text text) {
            held.add(text);
            while (advance()) {
                // as long as a part ends
            }
            return;
        }
        flush();
        events.emit(event);
    }

    @Override
    public void onCancel(Runnable action) {
        events.onCancel(action);
    }

    @Override
    public Consumer<Usage> lateBill() {
        return events.lateBill();
    }

    /** Hands on what is known; whether another part has begun. */
    private boolean advance() {
        Part before = part;
        switch (part) {
            case BEGINNING -> beginning();
            case OPENED, CLOSED -> {
                held.drop(held.spaces(0));
                if (!held.isEmpty()) {
                    part = part == Part.OPENED ? Part.THOUGHTS : Part.ANSWER;
                }
            }
            case THOUGHTS -> thoughts();
            case ANSWER -> held.release(held.length(), events);
        }
        return part != before;
    }

    private void beginning() {
        int spaces = held.spaces(0);
        if (held.startsWith(tags.opening(), spaces)) {
            held.drop(spaces + tags.opening().length());
            part = Part.OPENED;
        } else if (!tags.opening().startsWith(held.substring(spaces, held.length()))) {
            part = Part.ANSWER;
        }
    }

    private void thoughts() {
        int closing = held.indexOf(tags.closing(), 0);
        if (closing >= 0) {
            think(held.withoutSpacesBefore(closing));
            held.drop(held.indexOf(tags.closing(), 0) + tags.closing().length());
            part = Part.CLOSED;
        } else {
            think(held.withoutSpacesBefore(held.possibleStart(tags.closing())));
        }
    }

    private void think(int length) {
        if (length > 0) {
            String thought = held.substring(0, length);
            held.drop(length);
            events.emit(new ModelEvent.Think(thought));
        }
    }

    /** The answer ends: what was held back is what it seemed to be. */
    private void flush() {
        if (part == Part.THOUGHTS) {
            think(held.length());
        } else {
            held.release(held.length(), events);
        }
    }
}
