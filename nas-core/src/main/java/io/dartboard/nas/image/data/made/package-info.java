/**
 * Data sets that the repository makes itself, so that the pipeline can be shown without a download: shapes in the CIFAR
 * binary layout, scenes in an image folder for transfer, and text in the layout of the Penn Treebank files. A set is a
 * pure function of its seed and sizes: the same bytes on every machine. Classes of images differ in form alone; place,
 * size, angle, colours, lighting, clutter and noise vary freely, so that a network must find the form to do well.
 */
@NullMarked
package io.dartboard.nas.image.data.made;

import org.jspecify.annotations.NullMarked;
