package io.dartboard.nas.train;

/** What an epoch of any training comes to, whatever it is judged by. Losses are means per image or word in nats. */
public interface EpochScore {
    /** The epoch, from 0. */
    int epoch();

    /** What was minimised, while the weights changed; of a text without its penalties. */
    double trainLoss();

    /** Of the images or the text that judge the epoch. */
    double heldOutLoss();

    /** What people read of it; lower is better: top-1 error in percent, or perplexity. */
    double score();
}
