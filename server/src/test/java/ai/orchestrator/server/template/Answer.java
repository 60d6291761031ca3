package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import java.util.ArrayList;
import java.util.List;

/** An answer as it comes out, texts and thoughts in a row made one. */
final class Answer implements ModelEvents {
    final List<ModelEvent> events = new ArrayList<>();

    @Override
    public void emit(ModelEvent event) {
        events.add(event);
    }

    @Override
    public void onCancel(Runnable action) {
        throw new IllegalStateException("nothing is cancelled here");
    }

    String shown() {
        StringBuilder shown = new StringBuilder();
        String before = "";
        for (ModelEvent event : events) {
            String kind = event.getClass().getSimpleName();
            shown.append(
                    kind.equals(before) && !kind.equals("Call")
                            ? ""
                            : "|" + kind.toLowerCase(java.util.Locale.ROOT) + ":");
            before = kind;
            shown.append(
                    switch (event) {
                        case ModelEvent.Text(String text, var ignored) -> text;
                        case ModelEvent.Think(String text) -> text;
                        case ModelEvent.Call(var call) -> call.name() + call.argumentsJson();
                        case ModelEvent.Finished(var reason, var _, var _) -> reason.name();
                    });
        }
        return shown.toString();
    }
}
