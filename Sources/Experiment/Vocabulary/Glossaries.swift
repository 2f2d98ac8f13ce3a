// What the words of the vocabulary mean, by their standard names.

extension ActivationVocabulary {
  package static let glossary = Glossary(
    """
    linear: passes its input on unchanged, as no activation does; any real number comes out
    relu: max(0, x); negative inputs give zero output and zero gradient
    relu6: min(max(0, x), 6); flat, without gradient, below 0 and above 6
    leaky_relu: x where positive, a small multiple of x where negative, so that a gradient stays
    prelu: x where positive, a learned multiple of x where negative
    elu: x where positive, exp(x) - 1 where negative; goes down to -1
    celu: as elu, with a slope that stays continuous for every alpha
    gelu: x times the normal distribution function of x; smooth, with a small dip below 0
    silu: x * sigmoid(x), also called swish; smooth, with a small dip below 0
    mish: x * tanh(softplus(x)); smooth, with a small dip below 0
    hard_silu: silu in straight pieces: 0 below -3, x above 3
    sparse_plus: 0 below -1, x above 1, and a parabola between
    selu: elu, scaled so that activations keep mean 0 and variance 1 under LeCun's initialisation
    tanh: hyperbolic tangent, from -1 to 1; flat far from 0, where gradients vanish
    hard_tanh: x cut to -1 to 1; no gradient outside
    softsign: x / (1 + |x|), from -1 to 1; flattens slower than tanh
    sigmoid: 1 / (1 + exp(-x)), from 0 to 1; each unit is a probability of its own, flat far from 0
    hard_sigmoid: sigmoid in straight pieces, from 0 to 1; no gradient at the ends
    sparse_sigmoid: 0 below -1, 1 above 1, and a straight line between
    softplus: log(1 + exp(x)); always positive, a smooth relu
    squareplus: (x + sqrt(x^2 + b)) / 2; always positive, a smooth relu
    exponential: exp(x); always positive, and large quickly
    softmax: exp(x) shared out over the last axis: each from 0 to 1, together 1
    sparsemax: shares out 1 over the last axis as softmax does, with exact zeros
    log_softmax: the logarithm of softmax: at most 0, for losses that want log-probabilities
    log_sigmoid: the logarithm of sigmoid: at most 0
    glu: one half of the units, gated by the sigmoid of the other half
    threshold: x where it exceeds a threshold, else 0, without gradient
    tanh_shrink: x - tanh(x)
    soft_shrink: x moved towards 0 by a constant, and 0 near it
    hard_shrink: x, and 0 near 0
    """
  )
}

extension LossVocabulary {
  package static let glossary = Glossary(
    """
    mean_squared_error: the mean of squared differences, for regression; outliers weigh heavily
    root_mean_squared_error: the root of the mean squared difference, in the target's own unit
    mean_absolute_error: the mean of absolute differences, for regression; outliers weigh less
    mean_absolute_percentage_error: the mean of differences relative to the target; large where targets are near 0
    root_mean_squared_percentage_error: the root of the mean squared difference relative to the target
    mean_squared_logarithmic_error: squared differences of log(1 + x); for positive targets over several magnitudes
    huber: squared near the target, absolute far from it; for regression with outliers
    log_cosh: log(cosh(difference)): squared near the target, absolute far from it
    quantile: the pinball loss, which makes predictions a quantile instead of the mean
    poisson: prediction - target * log(prediction); for counts, wants positive predictions
    binary_crossentropy: for one yes or no per unit; wants probabilities (sigmoid), or logits with from_logits
    binary_focal_crossentropy: binary crossentropy with less weight on easy examples
    categorical_crossentropy: for one of several classes, targets one-hot; wants softmax, or logits with from_logits
    sparse_categorical_crossentropy: for one of several classes, targets as class indices; wants softmax, or logits
    categorical_focal_crossentropy: categorical crossentropy with less weight on easy examples
    negative_log_likelihood: for one of several classes; wants log-probabilities, as log_softmax gives them
    kl_divergence: how far the predicted distribution is from the target's; wants probabilities
    hinge: max(1 - target * prediction, 0) with targets -1 and 1; wants unbounded scores
    squared_hinge: the square of hinge
    categorical_hinge: the margin between the right class and the best wrong one; wants unbounded scores
    cosine_similarity: the angle between prediction and target, whatever their lengths
    dice: 1 - the overlap of prediction and target, for segmentation; wants probabilities
    tversky: dice with separate weights for false positives and false negatives
    circle: pulls embeddings of one class together and pushes those of others away
    ctc: for sequences whose labels are not aligned with the input
    """
  )
}

extension InitializerVocabulary {
  package static let glossary = Glossary(
    """
    constant: every weight is the same value
    glorot_normal: normal with variance 2 / (fan_in + fan_out), made for tanh and sigmoid (Glorot & Bengio 2010)
    glorot_uniform: uniform with variance 2 / (fan_in + fan_out), made for tanh and sigmoid (Glorot & Bengio 2010)
    he_normal: normal with variance 2 / fan_in, made for relu and its relatives (He et al. 2015)
    he_uniform: uniform with variance 2 / fan_in, made for relu and its relatives (He et al. 2015)
    identity: the identity matrix, times a gain
    lecun_normal: normal with variance 1 / fan_in, made for selu (LeCun et al. 1998)
    lecun_uniform: uniform with variance 1 / fan_in (LeCun et al. 1998)
    ones: every weight is 1
    orthogonal: a random matrix with orthonormal rows or columns, often for recurrent kernels (Saxe et al. 2014)
    random_normal: normal with a fixed deviation, whatever the layer's size
    random_uniform: uniform between fixed bounds, whatever the layer's size
    truncated_normal: normal with a fixed deviation, redrawn beyond two deviations
    variance_scaling: variance scale / fan, of which Glorot's, He's and LeCun's are cases
    zeros: every weight is 0: right for biases, while a kernel of zeros never learns different units
    """
  )
}

extension OptimizerVocabulary {
  package static let glossary = Glossary(
    """
    sgd: gradient descent on mini-batches, with momentum where it is set
    adam: a step for each weight, from running means of its gradient and squared gradient (Kingma & Ba 2015)
    adamw: adam with weight decay apart from the gradient (Loshchilov & Hutter 2019)
    rmsprop: divides the gradient by the root of its running mean square
    adagrad: divides by the root of the sum of all squared gradients, so steps only get smaller
    adadelta: as rmsprop, with the running size of the steps in place of a learning rate
    adamax: adam with a slowly falling maximum of the gradient in place of the mean square
    nadam: adam with Nesterov's look-ahead
    nadamw: nadam with weight decay apart from the gradient
    radam: adam whose early steps are held back while its estimates are uncertain
    ftrl: follows the regularised leader; for wide, sparse linear models
    lamb: adam with the step of each layer scaled by the norm of its weights, for very large batches
    lars: sgd with the step of each layer scaled by the norm of its weights, for very large batches
    lbfgs: a quasi-Newton method that wants full batches
    adafactor: adam with the mean squares of a matrix kept as rows and columns, to save memory
    sgdw: sgd with weight decay apart from the gradient
    lion: steps by the sign of a momentum, all of one size; wants a smaller rate than adam (Chen et al. 2023)
    muon: momentum whose matrix is made orthogonal, for hidden weight matrices
    """
  )
}
