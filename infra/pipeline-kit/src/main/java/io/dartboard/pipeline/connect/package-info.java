/**
 * The way to Kafka: the one place that makes its clients. {@link io.dartboard.pipeline.connect.KafkaClients} first asks who
 * answers at the bootstrap addresses, then makes the client with the installation's settings and ours; {@link
 * io.dartboard.pipeline.connect.KafkaTrouble} says in one line what is wrong and which setting or command mends it.
 */
@NullMarked
package io.dartboard.pipeline.connect;

import org.jspecify.annotations.NullMarked;
