/**
 * Replays operator calls that were recorded from PyTorch.
 *
 * <p>Uses the public API and the op declarations. Read {@link dev.lanewise.op.recorded.RecordedOpsTest} first;
 * {@link dev.lanewise.op.recorded.Calls} is the table of what is called.
 */
package dev.lanewise.op.recorded;
