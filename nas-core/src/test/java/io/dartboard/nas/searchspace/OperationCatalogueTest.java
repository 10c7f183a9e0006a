package io.dartboard.nas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationCatalogueTest {
    private static final Primitive OWN = new Primitive("own_conv", Set.of());

    private record Named(Primitive primitive) implements CatalogueEntry {}

    private interface Weighed extends CatalogueEntry {}

    @Test
    void shouldFindWhatASourceBrings() {
        OperationCatalogue catalogue = new OperationCatalogue(List.of(() -> List.of(new Named(OWN))));

        assertThat(catalogue.primitives()).containsExactly(OWN);
        assertThat(catalogue.entry(OWN, Named.class)).isEqualTo(new Named(OWN));
    }

    @Test
    void shouldRefuseTwoOperationsOfOneName() {
        OperationSource first = () -> List.of(new Named(OWN));
        OperationSource second = () -> List.of(new Named(new Primitive("own_conv", Set.of(1))));

        assertThatThrownBy(() -> new OperationCatalogue(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("two operations are called 'own_conv'");
    }

    @Test
    void shouldSayWhatAnOperationLacks() {
        OperationCatalogue catalogue = new OperationCatalogue(List.of(() -> List.of(new Named(OWN))));

        assertThatThrownBy(() -> catalogue.entry(OWN, Weighed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("operation 'own_conv' is no Weighed");
        assertThatThrownBy(() -> catalogue.entry(Primitive.NONE, Named.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operation 'none' is not in the catalogue; known: [own_conv]");
    }

    @Test
    void shouldRefuseANameThatAGenotypeCannotQuote() {
        assertThatThrownBy(() -> new Primitive("it's", Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldOrderThePublishedFirstAsPublished() {
        assertThat(List.of(OWN, Primitive.CONV_7X1_1X7, Primitive.SKIP_CONNECT, Primitive.NONE).stream()
                        .sorted())
                .containsExactly(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.CONV_7X1_1X7, OWN);
    }
}
