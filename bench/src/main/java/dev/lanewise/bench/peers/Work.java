package dev.lanewise.bench.peers;

/** What a workload computes from its operands; the names of dimensions follow the operands' shapes. */
public enum Work {
    /** Product of two matrices, or of a row and a matrix. */
    MM,
    /** Product of two batches of matrices. */
    BMM,
    ADD,
    MUL,
    RELU,
    SQRT,
    EXP,
    TANH,
    SIGMOID,
    GELU,
    /** {@code x · 2 + 1}, two calls where a system has no other way. */
    TIMES_TWO_PLUS_ONE,
    /** A new tensor in the usual memory order. */
    CONTIGUOUS,
    SUM,
    SUM_DIM0,
    SUM_DIM1,
    AMAX_DIM1,
    /** Maximum of each row with its index. */
    MAX_DIM1,
    ARGMAX_DIM1,
    VAR_DIM1,
    CUMSUM_DIM0,
    CUMSUM_DIM1,
    /** Ascending along the last dimension, with indices. */
    SORT,
    /** The hundred largest along the last dimension, with indices. */
    TOPK_100,
    TOPK_10,
    /** Softmax of each row. */
    SOFTMAX,
    LOG_SOFTMAX,
    /** Input, weight, bias. */
    LAYER_NORM,
    /** Of the batch: input, weight, bias. */
    BATCH_NORM,
    /** Kernel 3 x 3, padding 1: input, weight, bias. */
    CONV,
    /** Window and stride 2 x 2. */
    MAX_POOL,
    /** Mean loss: scores, classes. */
    CROSS_ENTROPY,
    /** One layer whose hidden size is the input's, steps first. */
    LSTM,
    /** Scaled dot product attention: queries, keys, values of shape (batch, heads, steps, size). */
    ATTENTION,
    /** Rows of a table: table, indices. */
    EMBEDDING,
    /** A training step of Linear(1, 1) with MSE and SGD: input, target. */
    REGRESSION_STEP,
    /** A training step of an MLP 784-256-128-10 with cross entropy and Adam: input, classes. */
    MLP_STEP,
    /** conv 16, ReLU, pool, conv 32, ReLU, pool, linear; cross entropy, SGD with momentum: input, classes. */
    CNN_STEP,
    /** A post-norm encoder layer with 4 heads, 1024 inner units and MSE, and Adam: input, target. */
    TRANSFORMER_STEP
}
