package io.dartboard.nas.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.guard.CollapseDetector.Diagnosis;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.guard.GuardPolicy.Action;
import io.dartboard.nas.guard.GuardPolicy.Steering;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "true,  1, WARNING,  6, false, CONTINUE,  0",
        "true,  1, SETTLED,  6, false, STOP,      7",
        "true,  1, SETTLED,  6, true,  CONTINUE,  0",
        "true,  1, COLLAPSE, 6, false, RELAUNCH,  6",
        "true,  1, COLLAPSE, 0, false, RELAUNCH,  0",
        "true,  1, COLLAPSE, 6, true,  RELAUNCH,  6",
        "true,  0, COLLAPSE, 6, false, ROLL_BACK, 6",
        "true,  0, COLLAPSE, 6, true,  ROLL_BACK, 6",
        "true,  0, COLLAPSE, 0, false, STOP,      7",
        "false, 1, COLLAPSE, 6, false, CONTINUE,  0",
        "false, 1, SETTLED,  6, false, CONTINUE,  0"
    })
    void shouldDecideByTheWorst(
            boolean acts, int relaunches, Severity worst, int healthy, boolean isLast, Action action, int epoch) {
        var found = new Diagnosis(
                List.of(
                        new Finding("a-rule", Severity.WARNING, "a reason", 3),
                        new Finding("another", worst, "another reason", 6)),
                healthy);

        assertThat(new GuardPolicy(acts, relaunches).steer(found, 7, isLast)).isEqualTo(new Steering(action, epoch));
    }

    /** Whether or not the guard acts. */
    @ParameterizedTest
    @CsvSource({
        "false, SETTLED,  6, false, STOP,      7",
        "false, COLLAPSE, 6, false, STOP,      7",
        "true,  SETTLED,  6, false, STOP,      7",
        "true,  COLLAPSE, 6, false, ROLL_BACK, 6",
        "false, SETTLED,  6, true,  CONTINUE,  0"
    })
    void shouldStopASearchThatIsOverByItsMethod(
            boolean acts, Severity worst, int healthy, boolean isLast, Action action, int epoch) {
        var found = new Diagnosis(List.of(new Finding("a-rule", worst, "a reason", 6)), healthy);

        assertThat(new GuardPolicy(acts, 0).steer(found, true, 7, isLast)).isEqualTo(new Steering(action, epoch));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldLetAHealthySearchGoOn(boolean isLast) {
        assertThat(new GuardPolicy(true, 1).steer(new Diagnosis(List.of(), 6), 7, isLast))
                .isEqualTo(new Steering(Action.CONTINUE, 0));
    }
}
