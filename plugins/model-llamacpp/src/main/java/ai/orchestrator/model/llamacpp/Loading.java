package ai.orchestrator.model.llamacpp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits for a process to have its model loaded, and tells what went wrong if it never has. */
final class Loading {
    private static final Pattern ARCHITECTURE = Pattern.compile("unknown model architecture: '([^']{1,80})'");

    private Loading() {}

    /**
     * Waits until a process is ready.
     *
     * @param timeout how long to wait; zero for as long as it takes
     * @throws LoadException if it is not loaded in time, or never will be
     */
    static void await(ChildProcess child, Duration timeout, Duration lookEvery, BooleanSupplier ready)
            throws LoadException, InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().name("llamacpp-load-timeout").unstarted(() -> {
            try {
                Thread.sleep(timeout);
                late.set(true);
                child.kill();
            } catch (InterruptedException e) {
                // the process is ready, or has ended
            }
        });
        if (timeout.isPositive()) {
            watch.start();
        }
        try {
            await(child, lookEvery, ready);
        } catch (LoadException e) {
            throw late.get()
                    ? new LoadException("it was not loaded within " + timeout.toMillis() + " ms", e.output())
                    : e;
        } finally {
            watch.interrupt();
        }
    }

    /** A process that hangs keeps even the one waiting that asks whether it is ready; then only its end helps. */
    private static void await(ChildProcess child, Duration lookEvery, BooleanSupplier ready)
            throws LoadException, InterruptedException {
        while (!child.endsWithin(lookEvery)) {
            if (ready.getAsBoolean()) {
                child.output().keepFaultsOnly();
                return;
            }
        }
        throw failure(child);
    }

    private static LoadException failure(ChildProcess child) throws InterruptedException {
        // what it wrote last can still be on its way
        child.output().awaitEnd();
        for (String line : child.output().lines()) {
            Matcher unknown = ARCHITECTURE.matcher(line);
            if (unknown.find()) {
                return new LoadException(
                        LoadException.Fault.ARCHITECTURE,
                        unknown.group(1),
                        child.output().lines());
            }
        }
        return new LoadException(
                EngineFault.is(child) ? LoadException.Fault.ENGINE : LoadException.Fault.PASSING,
                child.ending(),
                child.output().lines());
    }
}
