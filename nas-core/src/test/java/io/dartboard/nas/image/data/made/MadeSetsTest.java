package io.dartboard.nas.image.data.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.data.CifarBinary;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeSetsTest {

    @TempDir
    Path dir;

    @Test
    void shouldMakeTheSameShapesOnEveryMachine() throws IOException {
        MadeShapes.writeCifar(dir, 20, 10, 7);

        assertThat(CifarBinary.read(dir).digest())
                .isEqualTo("3b1dbde8603be4409c1304c72844eb16da48aed20f025000a03acc877e23cefb");
    }

    @Test
    void shouldMakeBalancedShapesThatDifferWithTheSeed() throws IOException {
        MadeShapes.writeCifar(dir.resolve("a"), 30, 10, 1);
        MadeShapes.writeCifar(dir.resolve("b"), 30, 10, 2);

        CifarBinary a = CifarBinary.read(dir.resolve("a"));
        assertThat(a.labelNames()).isEqualTo(MadeShapes.names()).hasSize(10);
        assertThat(a.train().subset(10).size()).isEqualTo(10);
        assertThat(a.train().label(13)).isEqualTo(3);
        assertThat(CifarBinary.read(dir.resolve("b")).digest()).isNotEqualTo(a.digest());
    }

    @Test
    void shouldRefuseSetsWithoutAnImageOfEachClass() {
        assertThatThrownBy(() -> MadeShapes.writeCifar(dir, 9, 10, 1))
                .hasMessageContaining("at least one image per class");
        assertThatThrownBy(() -> MadeScenes.writeImageFolder(dir, 1, 0, 32, 1))
                .hasMessageContaining("at least 1 image per class and part");
    }
}
