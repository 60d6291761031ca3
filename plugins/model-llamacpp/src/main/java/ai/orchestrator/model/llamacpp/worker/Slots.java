package ai.orchestrator.model.llamacpp.worker;

import java.util.BitSet;

/** Gives each request a slot of its own. The lowest that is free: one conversation after the other then reuses what it has in memory. */
final class Slots {
    /*
     * llama.cpp keeps the tokens of all slots in one memory, each where there was room. The order in which they lie there changes the last
     * digits of sums, and now and then a sampled token. A request that is to be repeatable therefore gets the first slot, after what the others
     * left behind has been shrunk to one token each: twice, since only the second time finds the low places free.
     */

    private static final int ROUNDS = 2;

    private final int count;
    private final Wash wash;
    private final BitSet taken = new BitSet();
    private boolean littered;

    /** Has a slot forget what it holds, but for one token. */
    interface Wash {
        void slot(int slot) throws RefusedException;
    }

    Slots(int count, Wash wash) {
        this.count = count;
        this.wash = wash;
    }

    /**
     * Waits for a slot and takes it.
     *
     * @param repeatable whether the answer must not depend on earlier ones; while others are being written it does all the same, by a
     *     little, as they are computed in one go
     */
    int take(boolean repeatable) throws InterruptedException, RefusedException {
        synchronized (this) {
            while (taken.cardinality() == count) {
                wait();
            }
            boolean alone = taken.isEmpty();
            if (!alone || !repeatable || !littered) {
                int slot = taken.nextClearBit(0);
                taken.set(slot);
                littered |= slot > 0;
                return slot;
            }
            taken.set(0, count);
        }
        boolean clean = false;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (int slot = 0; slot < count; slot++) {
                    wash.slot(slot);
                }
            }
            clean = true;
        } finally {
            washed(clean);
        }
        return 0;
    }

    /** All slots but the first, which goes to the one who has just washed, are free again. */
    private synchronized void washed(boolean clean) {
        littered = !clean;
        taken.clear(clean ? 1 : 0, count);
        notifyAll();
    }

    /** Gives a slot back. */
    synchronized void give(int slot) {
        taken.clear(slot);
        notifyAll();
    }
}
