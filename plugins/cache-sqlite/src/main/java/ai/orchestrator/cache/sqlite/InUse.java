package ai.orchestrator.cache.sqlite;

/** One opening of the file: who writes to it, and who reads. */
record InUse(FileWriter writer, ReaderPool readers) {}
