package io.dartboard.search.dataset;

import io.dartboard.events.Layout;
import io.dartboard.events.Task;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.nas.setting.Nearest;
import io.dartboard.schemas.Word;
import io.dartboard.search.body.Body;
import io.dartboard.search.body.Name;
import io.dartboard.search.body.Refused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person publishes.
 *
 * @param name the dataset's name
 * @param task what is learned from it; empty for that of its layout
 * @param layout how its files lie; empty for what their names show
 * @param labels which label of CIFAR-100 is learned
 * @param location where it is: {@code file:///...} on the service's host, or {@code s3://bucket/key}
 * @param version its version; empty for the first twelve digits of the content's digest
 */
public record DatasetRequest(
        String name,
        Optional<Task> task,
        Optional<Layout> layout,
        Labels labels,
        String location,
        Optional<String> version) {
    private static final List<Layout> LAYOUTS = List.of(Layout.CIFAR_BINARY, Layout.IMAGE_FOLDER, Layout.TOKEN_CORPUS);
    private static final List<Task> TASKS = List.of(Task.IMAGE_CLASSIFICATION, Task.LANGUAGE_MODEL);
    private static final List<Labels> LABELS = List.of(Labels.values());

    public DatasetRequest {
        if (task.isPresent() && layout.isPresent()) {
            require(task.get(), layout.get());
        }
        check("name", name);
        version.ifPresent(given -> check("version", given));
    }

    /**
     * Reads the body of a request.
     *
     * @throws Refused if it is not one: the line names the field
     */
    public static DatasetRequest read(String text) {
        return Body.read(text, DatasetRequest::read);
    }

    private static DatasetRequest read(Body body) {
        return new DatasetRequest(
                body.text("name"),
                body.optionalText("task").map(written -> of("task", written, TASKS)),
                body.optionalText("layout").map(written -> of("layout", written, LAYOUTS)),
                body.optionalText("labels")
                        .map(written -> of("labels", written, LABELS))
                        .orElse(Labels.FINE),
                body.text("location"),
                body.optionalText("version"));
    }

    /**
     * The task of a dataset of this layout.
     *
     * @throws Refused if another one is asked for
     */
    Task task(Layout found) {
        task.ifPresent(asked -> require(asked, found));
        return taskOf(found);
    }

    private static void require(Task task, Layout layout) {
        if (task != taskOf(layout)) {
            throw Refused.impossible("task %s cannot be learned from layout %s, which is for %s; leave the task out"
                    .formatted(Word.of(task), Word.of(layout), Word.of(taskOf(layout))));
        }
    }

    private static Task taskOf(Layout layout) {
        return layout == Layout.TOKEN_CORPUS ? Task.LANGUAGE_MODEL : Task.IMAGE_CLASSIFICATION;
    }

    private static <E extends Enum<E>> E of(String field, String text, List<E> known) {
        return known.stream()
                .filter(constant -> Word.of(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> Refused.impossible("unknown %s '%s'%s; known: %s"
                        .formatted(
                                field,
                                text,
                                Nearest.question(
                                        text, known.stream().map(Word::of).toList()),
                                known.stream().map(Word::of).collect(Collectors.joining(", ")))));
    }

    private static void check(String field, String value) {
        Name.fault(field, value).ifPresent(fault -> {
            throw Refused.malformed(fault);
        });
    }
}
