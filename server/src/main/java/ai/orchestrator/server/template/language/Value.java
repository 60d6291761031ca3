package ai.orchestrator.server.template.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a template computes with. */
public sealed interface Value {
    /** No value. */
    Value NIL = new Nil();

    /** Whether {@code if} takes it for true. */
    boolean truth();

    /** No value: a key that is not there, or JSON's null. */
    record Nil() implements Value {
        @Override
        public boolean truth() {
            return false;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public boolean truth() {
            return value;
        }
    }

    /** A whole number. */
    record Whole(long value) implements Value {
        @Override
        public boolean truth() {
            return value != 0;
        }
    }

    /** A number with a fraction. */
    record Real(double value) implements Value {
        @Override
        public boolean truth() {
            return value != 0;
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public boolean truth() {
            return !value.isEmpty();
        }
    }

    /**
     * Values in a row.
     *
     * @param values never changed; a part of a row shares them with the whole
     */
    record Items(List<Value> values, Form form) implements Value {
        /** How a row prints. */
        public enum Form {
            JSON,
            /** As Go's slices do. */
            PLAIN,
            /** As a value alone where it is one, also in JSON, and as nothing where it is none; else as Go's slices do. */
            ALONE
        }

        /** @param json whether it prints as JSON, else as Go's slices do */
        public Items(List<Value> values, boolean json) {
            this(values, json ? Form.JSON : Form.PLAIN);
        }

        boolean isAlone() {
            return form == Form.ALONE && values.size() < 2;
        }

        /** The one value, if there is one. */
        Value first() {
            return values.isEmpty() ? NIL : values.getFirst();
        }

        @Override
        public boolean truth() {
            return !values.isEmpty();
        }
    }

    /**
     * Values by name, in their order; a name that is not there has no value.
     *
     * @param json whether it prints as JSON, else as Go's maps do
     */
    record Entries(Map<String, Value> values, boolean json) implements Value {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public boolean truth() {
            return !values.isEmpty();
        }
    }

    /**
     * A thing of a known kind, always true. To ask for a field that it does not have is an error.
     *
     * @param type named in the error
     * @param json what it prints as
     */
    record Thing(String type, Map<String, Value> fields, Value json) implements Value {
        public Thing {
            fields = Map.copyOf(fields);
        }

        @Override
        public boolean truth() {
            return true;
        }
    }

    /** A string. */
    static Value of(String text) {
        return new Text(text);
    }

    /** A whole number. */
    static Value of(long number) {
        return new Whole(number);
    }

    /** True or false. */
    static Value of(boolean truth) {
        return new Bool(truth);
    }
}
