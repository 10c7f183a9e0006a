/**
 * Events in and out: {@link io.dartboard.pipeline.event.EventSender} tells them with their envelope and outlasts a broker's
 * absence, {@link io.dartboard.pipeline.event.EventReader} reads a topic from its beginning and follows it, {@link
 * io.dartboard.pipeline.event.TopicAdmin} creates the topics.
 */
@NullMarked
package io.dartboard.pipeline.event;

import org.jspecify.annotations.NullMarked;
