package io.dartboard.pipeline.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;

/** Where each service begins. */
@QuarkusMain
public final class ServiceMain {
    private ServiceMain() {}

    /** Addresses, keys and ids are made of numbers: no setting of the machine may choose their digits or letters. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Quarkus.run(args);
    }
}
