package io.dartboard.pipeline.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTrialTest {

    /** A machine of which some devices are not there and some compute wrongly. */
    private record Machine(Map<String, String> unusable, Map<String, String> wrong, List<String> asked)
            implements Machines.SelfTest {
        static Machine without(Map<String, String> unusable) {
            return new Machine(unusable, Map.of(), new ArrayList<>());
        }

        @Override
        public Optional<String> unusable(String device) {
            return Optional.ofNullable(unusable.get(device));
        }

        @Override
        public Optional<String> on(String device) {
            asked.add(device);
            return Optional.ofNullable(wrong.get(device));
        }
    }

    @Test
    void shouldTakeJobsOnAllDevicesThatPassAndTryEachOnce() {
        var machine = Machine.without(Map.of());
        var trial = DeviceTrial.of(machine, List.of("gpu0", "cpu", "cpu"));
        assertThat(trial.trouble()).isEmpty();
        assertThat(trial.note()).isEmpty();
        assertThat(trial.usable()).containsExactly("gpu0", "cpu");
        assertThat(machine.asked()).containsExactly("gpu0", "cpu");
    }

    @Test
    void shouldTakeNoJobsWhereOneOfTheGpusIsNotThere() {
        var trial = DeviceTrial.of(
                Machine.without(Map.of("gpu1", "there is no gpu1: this process sees gpu0")), List.of("gpu0", "gpu1"));
        assertThat(trial.trouble()).contains("gpu1 cannot be used: there is no gpu1: this process sees gpu0");
        assertThat(trial.usable()).isEmpty();
    }

    @Test
    void shouldLetTheProcessorStandInWhereItIsNamedAndSaySo() {
        var trial = DeviceTrial.of(Machine.without(Map.of("gpu0", "no NVIDIA driver")), List.of("gpu0", "cpu"));
        assertThat(trial.trouble()).isEmpty();
        assertThat(trial.usable()).containsExactly("cpu");
        assertThat(trial.note()).contains("takes jobs on cpu alone: gpu0 cannot be used: no NVIDIA driver");
    }

    @Test
    void shouldTakeNoJobsWhereTheProcessorCannotStandIn() {
        var trial = DeviceTrial.of(
                Machine.without(Map.of("gpu0", "no NVIDIA driver", "cpu", "no natives")), List.of("gpu0", "cpu"));
        assertThat(trial.trouble()).contains("gpu0 cannot be used: no NVIDIA driver; cpu cannot be used: no natives");
    }

    @Test
    void shouldTakeNoJobsWhereOneDeviceComputesWrongly() {
        var machine = new Machine(Map.of(), Map.of("gpu0", "the weights do not learn"), new ArrayList<>());
        assertThat(DeviceTrial.of(machine, List.of("cpu", "gpu0")).trouble()).contains("the weights do not learn");
    }

    @Test
    void shouldTellWhatATestEndedWith() {
        var trial = DeviceTrial.of(
                device -> {
                    throw new IllegalStateException("no luck");
                },
                List.of("cpu"));
        assertThat(trial.trouble()).contains("on cpu it ended with java.lang.IllegalStateException: no luck");
    }
}
