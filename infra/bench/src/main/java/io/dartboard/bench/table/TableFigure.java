package io.dartboard.bench.table;

/**
 * An accuracy that {@link CellTable} knows of every cell, in percent: of the long training, the mean of the seeds that the
 * authors ran; of the brief one, of a single seed. Those of CIFAR-10 on validation images come from a training on half of the
 * training images.
 */
public enum TableFigure {
    CIFAR10_TEST("CIFAR-10 test, 200 epochs"),
    CIFAR100_TEST("CIFAR-100 test, 200 epochs"),
    IMAGENET16_TEST("ImageNet16-120 test, 200 epochs"),
    CIFAR10_TEST_BRIEF("CIFAR-10 test, 12 epochs"),
    CIFAR10_VALID_BRIEF("CIFAR-10 validation, 12 epochs"),
    CIFAR100_TEST_BRIEF("CIFAR-100 test, 12 epochs"),
    CIFAR100_VALID_BRIEF("CIFAR-100 validation, 12 epochs"),
    IMAGENET16_TEST_BRIEF("ImageNet16-120 test, 12 epochs"),
    IMAGENET16_VALID_BRIEF("ImageNet16-120 validation, 12 epochs");

    private final String title;

    TableFigure(String title) {
        this.title = title;
    }

    /** The accuracy on validation images by which one cell would be chosen among several before this one of it is known. */
    public TableFigure choosing() {
        return switch (this) {
            case CIFAR10_TEST, CIFAR10_TEST_BRIEF, CIFAR10_VALID_BRIEF -> CIFAR10_VALID_BRIEF;
            case CIFAR100_TEST, CIFAR100_TEST_BRIEF, CIFAR100_VALID_BRIEF -> CIFAR100_VALID_BRIEF;
            case IMAGENET16_TEST, IMAGENET16_TEST_BRIEF, IMAGENET16_VALID_BRIEF -> IMAGENET16_VALID_BRIEF;
        };
    }

    /** For people. */
    public String title() {
        return title;
    }
}
