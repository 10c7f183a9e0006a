package io.dartboard.nas.image.train;

import io.dartboard.nas.optim.Schedule;

/**
 * What the training loop needs to know, whatever the task: the part that retraining and transfer share.
 *
 * @param epochs passes over the training images
 * @param batchSize images of a step
 * @param schedule the learning rate of each epoch
 * @param momentum momentum of SGD
 * @param weightDecay L2 decay, added to the gradient
 * @param clip the largest L2 norm of the gradient over all weights
 * @param auxiliaryWeight the weight of the auxiliary head's loss
 * @param dropPathProbability where the probability of drop path would arrive after the last epoch
 * @param labelSmoothing the share of the target that is spread evenly over all classes
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        Schedule schedule,
        double momentum,
        double weightDecay,
        double clip,
        double auxiliaryWeight,
        double dropPathProbability,
        double labelSmoothing) {

    /**
     * Drop path probability of an epoch counted from 0: it grows linearly from 0 and would reach its bound one epoch after
     * the last (DARTS, supplement A.2).
     */
    double dropPathAt(int epoch) {
        return dropPathProbability * epoch / epochs;
    }
}
