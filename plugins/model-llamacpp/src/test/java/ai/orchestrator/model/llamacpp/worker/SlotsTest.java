package ai.orchestrator.model.llamacpp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final List<Integer> washed = new ArrayList<>();
    private final Slots slots = new Slots(2, washed::add);

    @Test
    void the_lowest_free_slot_is_taken() throws Exception {
        assertThat(slots.take(false)).isZero();
        assertThat(slots.take(false)).isEqualTo(1);
        slots.give(0);
        assertThat(slots.take(false)).isZero();
    }

    @Test
    void who_finds_no_slot_waits_for_one() throws Exception {
        slots.take(false);
        slots.take(false);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> waiting = other.submit(() -> slots.take(true));
            slots.give(1);
            assertThat(waiting.get()).isEqualTo(1);
        }
        assertThat(washed).isEmpty();
    }

    @Test
    void a_repeatable_request_has_the_traces_of_others_washed_out_once() throws Exception {
        slots.give(slots.take(true));
        assertThat(washed).as("nothing to wash yet").isEmpty();

        int first = slots.take(false);
        slots.give(slots.take(false));
        slots.give(first);
        int alone = slots.take(true);
        assertThat(alone).isZero();
        assertThat(washed).containsExactly(0, 1, 0, 1);
        assertThat(slots.take(true))
                .as("not washed while another is being served")
                .isEqualTo(1);
        assertThat(washed).hasSize(4);
    }

    @Test
    void a_wash_that_fails_keeps_no_slot() throws Exception {
        Slots failing = new Slots(2, slot -> {
            throw new RefusedException(Reply.Reason.INTERNAL, "no");
        });
        failing.take(false);
        failing.give(failing.take(false));
        failing.give(0);

        assertThatThrownBy(() -> failing.take(true)).isInstanceOf(RefusedException.class);
        assertThat(failing.take(false)).isZero();
        assertThat(failing.take(false)).isEqualTo(1);
    }
}
