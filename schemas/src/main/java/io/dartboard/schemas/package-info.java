/**
 * The typed topics: name, key, record types and guarantee of each, in one table ({@link io.dartboard.schemas.Topics}),
 * the wire form of a record ({@link io.dartboard.schemas.EventCodec}) and the CloudEvents attributes that travel in its
 * headers ({@link io.dartboard.schemas.Envelope}). The contracts themselves are Avro, in {@code src/main/avro}.
 */
@NullMarked
package io.dartboard.schemas;

import org.jspecify.annotations.NullMarked;
