/// The facts of an experiment as a whole.
package enum ExperimentKeys {
  /// The framework that will run it: `Keras`, `Ludwig`.
  package static let framework = FactKey<String>("framework")
  /// The framework's version, where the file tells.
  package static let frameworkVersion = FactKey<String>("framework_version")
  /// The experiment's or model's name.
  package static let name = FactKey<String>("name")
  /// `network`, `language_model` or `trees`.
  package static let modelType = FactKey<String>("model_type")
  /// Whether training starts from weights of an earlier training.
  package static let fineTuned = FactKey<Bool>("fine_tuned")

  // Set by `Experiment.derive()`.

  /// The number of parameters of all layers; unknown when one layer's is.
  package static let parameters = FactKey<Int>("parameters")
  /// The number of weight layers on the longest path.
  package static let weightDepth = FactKey<Int>("weight_depth")
  /// Whether some skip connection passes a weight layer by.
  package static let hasSkips = FactKey<Bool>("has_skips")
  /// Whether some normalisation layer stands between weight layers.
  package static let hasNormalization = FactKey<Bool>("has_normalization")
  /// Whether the network is surely a plain one, for which the advice to beginners is meant.
  ///
  /// That is one without skips, normalisation, weights of an earlier training, and layers whose inside is not known.
  package static let isPlain = FactKey<Bool>("plain")
  /// Optimizer steps in one epoch: ceiling of samples in training over batch size.
  package static let stepsPerEpoch = FactKey<Int>("steps_per_epoch")
  /// Optimizer steps of the whole run.
  package static let totalSteps = FactKey<Int>("total_steps")
}

/// The facts of one input of the model.
package enum InputKeys {
  package static let name = FactKey<String>("name")
  /// What is given: `number`, `category`, `binary`, `image`, `text`, `sequence`, `audio`, `vector`, `timeseries`, `date`, `set`, `bag`, ...
  package static let type = FactKey<String>("type")
  /// The shape of one example.
  package static let shape = FactKey<Shape>("shape")
  /// `none`, `zscore`, `minmax`, `log1p`, `rescaled`, or a dialect's own word.
  package static let normalization = FactKey<String>("normalization")
  /// The type of its numbers, as in NumPy: `float32`, `uint8`, `int64`, `string`.
  package static let dataType = FactKey<String>("dtype")
  /// The dialect's word for what encodes it: `passthrough`, `dense`, `parallel_cnn`, `bert`, ...
  package static let encoder = FactKey<String>("encoder")
  /// The index of the input's layer, counted from 0, in ``Experiment/layers``.
  package static let layer = FactKey<Int>("layer_index")
}

/// The facts of one output of the model.
package enum OutputKeys {
  package static let name = FactKey<String>("name")
  /// What is predicted, in the dialect's word: `number`, `category`, `binary`, `set`, `text`, ...
  package static let type = FactKey<String>("type")
  /// `regression`, `binary`, `multiclass`, `multilabel`, `sequence`, `reinforcement`.
  package static let task = FactKey<String>("task")
  /// The loss by its standard name: `mean_squared_error`, `binary_crossentropy`, `categorical_crossentropy`,
  /// `sparse_categorical_crossentropy`, `hinge`, `huber`, ...
  package static let loss = FactKey<String>("loss")
  /// Whether the loss takes logits and applies the activation itself.
  package static let fromLogits = FactKey<Bool>("from_logits")
  /// The loss's weight among several.
  package static let lossWeight = FactKey<Double>("loss_weight")
  /// The number of classes or labels.
  package static let classes = FactKey<Int>("classes")
  /// How many boxes a detection head predicts at each place.
  package static let anchors = FactKey<Int>("anchors")
  /// The number of units that the head's loss wants, where it is fixed by more than the classes.
  package static let wantedUnits = FactKey<Int>("wanted_units")
  /// What is known of the targets: keys in ``TargetKeys``.
  package static let target = FactKey<Record>("target")
  package static let metrics = FactKey<[String]>("metrics")
  /// The weight of each class or label in the loss.
  package static let classWeights = FactKey<[Double]>("class_weights")
  /// The two bounds that predictions are cut to behind the model, which the loss does not see.
  package static let clip = FactKey<[Double]>("clip")

  // Set by `Experiment.derive()`; a dialect may set them where the framework fixes them.

  /// The number of units the output has for each example (the last axis).
  package static let units = FactKey<Int>("units")
  /// The effective final activation, `linear` for none.
  ///
  /// With two in a row the last one.
  package static let activation = FactKey<String>("activation")
  /// All activations in a row behind the last weight layer, first to last, `linear` left out; none that the loss contains.
  package static let activations = FactKey<[String]>("activations")
  /// What the loss wants to be given: `logits`, `probabilities`, `log_probabilities`, `unbounded`, `positive` or `any`.
  package static let lossExpects = FactKey<String>("loss_expects")
}

/// The facts of targets or input features as data.
package enum TargetKeys {
  package static let minimum = FactKey<Double>("min")
  package static let maximum = FactKey<Double>("max")
  package static let mean = FactKey<Double>("mean")
  package static let standardDeviation = FactKey<Double>("std")
  package static let normalization = FactKey<String>("normalization")
  package static let classes = FactKey<Int>("classes")
  package static let features = FactKey<Int>("features")
  /// What the numbers stand for: `number`, `category`, `id`, `angle`, `timestamp`, `cyclic`, `tokens`, `image`, ...
  package static let kind = FactKey<String>("kind")
  /// How a value becomes numbers: `none`, `one_hot`, `embedding`, `sin_cos`, ...
  package static let encoding = FactKey<String>("encoding")
  /// The share of the examples that each class has.
  package static let classShares = FactKey<[Double]>("class_shares")
}

/// The facts of training.
package enum TrainingKeys {
  /// Examples for each optimizer step: micro-batch times accumulation times devices, as far as known.
  package static let batchSize = FactKey<Int>("batch_size")
  package static let microBatchSize = FactKey<Int>("micro_batch_size")
  package static let accumulationSteps = FactKey<Int>("accumulation_steps")
  package static let epochs = FactKey<Int>("epochs")
  /// Optimizer steps, where the run is counted in steps.
  package static let steps = FactKey<Int>("steps")
  /// The steps of the sequences that a recurrent policy is trained on, where a batch counts steps and not sequences.
  package static let recurrentSteps = FactKey<Int>("recurrent_steps")
  /// The share of the data that is held out for validation.
  package static let validationSplit = FactKey<Double>("validation_split")
  /// The share of the data that is held out until the end.
  package static let testSplit = FactKey<Double>("test_split")
  /// The examples of a validation set of its own, which ``DataKeys/samples`` does not count.
  package static let validationSamples = FactKey<Int>("validation_samples")
  /// How the held-out data are chosen: `random`, `fixed` (a column says), `stratify`, `datetime`, `hash`.
  package static let split = FactKey<String>("split")
  /// Whether nothing is evaluated while it trains.
  package static let skipsEvaluation = FactKey<Bool>("skip_evaluation")
  /// Epochs or evaluations without progress until training stops; 0 or less is off.
  package static let earlyStopping = FactKey<Int>("early_stopping")
  /// How often in an epoch held-out data are judged, which is what early stopping counts.
  package static let evaluationsPerEpoch = FactKey<Double>("evaluations_per_epoch")
  package static let monitor = FactKey<[String]>("monitor")
  /// Which way the monitored quantity is better: `min` or `max`.
  package static let monitorMode = FactKey<String>("monitor_mode")
  /// The output whose metric is monitored, or `combined`.
  package static let monitoredOutput = FactKey<String>("validation_field")
  /// Keys in ``SearchKeys``.
  package static let search = FactKey<Record>("search")
  /// Keys in ``OptimizerKeys``.
  package static let optimizer = FactKey<Record>("optimizer")
  /// Keys in ``ScheduleKeys``.
  package static let schedule = FactKey<Record>("schedule")
  /// Keys in ``ClipKeys``; a record that says `off` is different from none.
  package static let clip = FactKey<Record>("clip")
  /// The factor of a penalty on all weights that the loss gets.
  package static let regularization = FactKey<Double>("regularization")
  /// `l1`, `l2`, `l1_l2`, or `none` where the penalty is switched off.
  package static let regularizationType = FactKey<String>("regularization_type")
}

/// The facts of an optimizer.
package enum OptimizerKeys {
  /// The standard name: `sgd`, `adam`, `adamw`, `rmsprop`, `adagrad`, `adadelta`, `adamax`, `nadam`, `ftrl`, `lion`, `lamb`, `lbfgs`, ...
  package static let name = FactKey<String>("name")
  /// The effective peak learning rate.
  package static let learningRate = FactKey<Double>("learning_rate")
  package static let momentum = FactKey<Double>("momentum")
  package static let nesterov = FactKey<Bool>("nesterov")
  package static let beta1 = FactKey<Double>("beta_1")
  package static let beta2 = FactKey<Double>("beta_2")
  /// The share of the mean squared gradient that a step keeps: Adadelta's and RMSprop's, there `alpha` in PyTorch.
  package static let rho = FactKey<Double>("rho")
  package static let epsilon = FactKey<Double>("epsilon")
  /// Whether Adam divides by the largest mean squared gradient so far.
  package static let amsgrad = FactKey<Bool>("amsgrad")
  /// Whether RMSprop takes the squared mean from the mean square.
  package static let centered = FactKey<Bool>("centered")
  /// The weight decay, or the L2 penalty where the optimizer couples it.
  package static let weightDecay = FactKey<Double>("weight_decay")
  /// Whether weight decay is decoupled from the gradient, as in AdamW.
  package static let decoupledDecay = FactKey<Bool>("decoupled")
}

/// The facts of gradient clipping.
package enum ClipKeys {
  /// `norm` (each tensor by itself), `global_norm`, `value`, or `off`.
  package static let kind = FactKey<String>("kind")
  /// The largest norm or absolute value that passes.
  package static let threshold = FactKey<Double>("threshold")
}

/// The facts of a learning-rate schedule.
package enum ScheduleKeys {
  package static let name = FactKey<String>("name")
  package static let warmupSteps = FactKey<Int>("warmup_steps")
  package static let warmupEpochs = FactKey<Double>("warmup_epochs")
  /// The share of the run that the warm-up takes; `Experiment.derive()` sets it from steps or epochs.
  package static let warmupFraction = FactKey<Double>("warmup_fraction")
  /// Steps from the end of the warm-up to the end of the decay, or of its first cycle; those of one factor in exponential
  /// decay.
  package static let decaySteps = FactKey<Int>("decay_steps")
  /// The learning rate at the end of the decay.
  package static let endRate = FactKey<Double>("end_learning_rate")
  /// Whether the schedule starts anew when it has ended.
  package static let restarts = FactKey<Bool>("restarts")
  package static let decayRate = FactKey<Double>("decay_rate")
}

/// The facts of a hyperparameter search.
package enum SearchKeys {
  /// What is compared.
  package static let metric = FactKey<String>("metric")
  /// `minimize` or `maximize`.
  package static let goal = FactKey<String>("goal")
  /// The data that it is compared on: `train`, `validation` or `test`.
  package static let split = FactKey<String>("split")
  /// The output that it is compared for, or `combined`.
  package static let output = FactKey<String>("output_feature")
}

/// The facts of the data.
package enum DataKeys {
  /// The number of examples, held-out ones counted.
  package static let samples = FactKey<Int>("samples")
  /// The share of the data that is used at all.
  package static let sampleRatio = FactKey<Double>("sample_ratio")
  /// The number of examples that are used at all.
  package static let sampleSize = FactKey<Int>("sample_size")
  /// Whether examples are varied at random each time they are shown.
  package static let augmentation = FactKey<Bool>("augmentation")
  /// The path of a file with real rows.
  package static let sample = FactKey<String>("sample")
  /// Keys in ``TargetKeys``.
  package static let inputs = FactKey<Record>("inputs")
  /// Keys in ``TargetKeys``.
  package static let targets = FactKey<Record>("targets")
  /// Single columns of the inputs: a record for each by the column's name, with keys in ``TargetKeys``.
  package static let columns = FactKey<Record>("columns")
}
