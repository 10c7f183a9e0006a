/**
 * Networks as ONNX models, which other runtimes read. A graph holds the arithmetic of an evaluation: running statistics, no
 * drop path, no auxiliary head.
 */
@NullMarked
package io.dartboard.nas.onnx;

import org.jspecify.annotations.NullMarked;
