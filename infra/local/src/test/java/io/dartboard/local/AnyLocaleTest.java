package io.dartboard.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Locale;

/** Whatever makes a text of a number relies on it: addresses, keys and ids are the same on every machine. */
@AnalyzeClasses(
        packages = "io.dartboard",
        importOptions = {DoNotIncludeTests.class, AnyLocaleTest.NoJarsOfTests.class})
class AnyLocaleTest {
    /** The tests of other modules come as folders or as jars, by what Maven was asked for. */
    static final class NoJarsOfTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule shouldLeaveTheMachinesLocaleBeforeAnythingElse = methods()
            .that()
            .haveName("main")
            .and()
            .haveRawParameterTypes(String[].class)
            .should(leaveTheLocaleFirst());

    private static ArchCondition<JavaMethod> leaveTheLocaleFirst() {
        return new ArchCondition<>("set the default locale before they call anything else") {
            @Override
            public void check(JavaMethod main, ConditionEvents events) {
                var first = main.getMethodCallsFromSelf().stream()
                        .min((one, other) -> Integer.compare(one.getLineNumber(), other.getLineNumber()));
                var holds = first.filter(call -> call.getTargetOwner().isEquivalentTo(Locale.class)
                                && "setDefault".equals(call.getName()))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        main, holds, main.getFullName() + " begins with " + first.map(Object::toString)));
            }
        };
    }
}
