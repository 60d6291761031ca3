package ai.orchestrator.server.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/** The machine's own name service, asked on a few platform threads: a look-up is native code, and would hold all virtual threads up. */
final class SystemNames implements Dns, AutoCloseable {
    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final long LONGEST_SECONDS = 3;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("names-", 0).factory(),
            (task, pool) -> ((Future<?>) task).cancel(false));

    SystemNames() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Future<List<InetAddress>> addresses = threads.submit(() -> List.of(InetAddress.getAllByName(host)));
        try {
            if (addresses.isCancelled()) {
                throw unknown("too many names are being looked up");
            }
            return addresses.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unknown("the name is not known");
        } catch (TimeoutException e) {
            addresses.cancel(false);
            throw unknown("the name was not found in time");
        } catch (InterruptedException e) {
            addresses.cancel(false);
            Thread.currentThread().interrupt();
            throw unknown("interrupted");
        }
    }

    private static UnknownHostException unknown(String why) {
        return new UnknownHostException(why);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
