package io.dartboard.transfer.evidence;

/** What a person reads who opens a pack. */
final class PackGuide {
    static final String TEXT = """
            This is what the promotion of a cell rests on.

            manifest.json        the promotion in brief, and the SHA-256 of every other file
            cell.txt, cell.json  the cell: in its authors' notation, and operation by operation
            cell.svg             the cell, drawn
            weights.safetensors  a network of it, trained; which of several is said by the manifest
            model.onnx           the same network as an ONNX model; its metadata say what images are normalised by
            request.json         what was asked for: all settings and seeds (request.avro: the event)
            dataset.json         the version of the dataset, with its digest (dataset.avro: the event)
            searches.json        the alphas and the cell of each search, epoch by epoch
            run.json             curves, scores, weights and device seconds of all that was trained
            verdict.json         the verdict, with the tests that it rests on
            decisions.json       what standing orders have decided about this version

            To do it again and compare, with the program that made it:

                infra/run reproduce THIS-FILE --home AN-EMPTY-FOLDER --data THE-DATASET
            """;

    private PackGuide() {}
}
