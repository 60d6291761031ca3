package ai.orchestrator.cache.sqlite;

/** What a deletion took away. */
record Deleted(int rows, int unexpired) {
    static final Deleted NONE = new Deleted(0, 0);

    /** False once there was nothing left to delete. */
    boolean any() {
        return rows > 0;
    }

    Deleted and(boolean oneUnexpired) {
        return new Deleted(rows + 1, unexpired + (oneUnexpired ? 1 : 0));
    }

    Deleted and(Deleted other) {
        return new Deleted(rows + other.rows, unexpired + other.unexpired);
    }
}
