package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.StepRule;

/**
 * The class data of a copy of {@link StepLoop}.
 *
 * @param rule a copy of the rule that belongs to this loop alone
 * @param lanes FLOAT32 or FLOAT64
 * @param flags those of StepMath that are set
 */
record StepSpec(StepRule rule, LaneSpec lanes, int flags) {}
