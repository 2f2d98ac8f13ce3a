import ConfigSyntax
import Experiment

/// What the mappings that are read here may hold; of the author's own objects nothing is known.
struct ObjectTreeGuide {
  let family: TreeFamily

  func guide(at place: SyntaxPlace, in dialect: ObjectTreeDialect) -> PlaceGuide? {
    dialect.guide(at: place) { scope($0, in: place.document) }
  }

  // MARK: - Scopes

  /// Returns the scope of what steps from the root lead to; nil for mappings whose keys are the author's.
  private func scope(_ steps: ArraySlice<SyntaxPlace.Step>, in document: SyntaxNode) -> GuideScope? {
    let node = steps.last?.value ?? document
    guard node.kind == .mapping || node.isNull else { return nil }
    var key = steps.last?.key ?? ""
    var holder = node
    // The arguments of Lightning's objects stand one step below the class.
    if key == family.argumentsKey, let outer = steps.dropLast().last {
      holder = outer.value
      key = outer.key ?? ""
    }
    let name = holder[family.classKey]?.string
    if let name, let scope = scope(ofClass: name) { return scope }
    if family == .torchtune, steps.isEmpty { return scope("torchtune recipe", Self.recipe) }
    if ["trainer"].contains(key), name == nil, family == .lightning || family == .nemo {
      return scope("trainer", Self.trainer)
    }
    guard family == .nemo else { return nil }
    switch key {
    case "optim", "optimizer":
      let word = node["name"]?.string
      return optimizer(word.flatMap { ClassNames.optimizer($0) }, title: "optimizer \(word ?? "")", Self.word)
    case "sched": return scope("schedule", Self.schedule)
    case "train_ds", "dataloader_params": return scope("training data", Self.loader)
    default: return nil
    }
  }

  private func scope(ofClass name: String) -> GuideScope? {
    let last = ClassNames.known(name) ?? name
    if let known = ClassNames.optimizer(name, in: family.package) {
      return optimizer(known, title: "optimizer \(last)")
    }
    if let loss = ClassNames.loss(name) {
      guard loss.name == "dice" || loss.name == "tversky" else { return nil }
      return scope("loss \(last)", Self.overlapLoss)
    }
    if ClassNames.isTrainer(name) { return scope("trainer", family == .monai ? Self.bundleTrainer : Self.trainer) }
    if ClassNames.isLoader(name) || name.hasSuffix("DataModule") { return scope("loader \(last)", Self.loader) }
    if ClassNames.schedule(name) != nil, family == .torchtune { return scope("schedule \(last)", Self.recipeSchedule) }
    return nil
  }

  private func optimizer(_ known: ClassNames.Optimizer?, title: String, _ more: KeyTable? = nil) -> GuideScope {
    var scope = scope(title, Self.optimizer)
    if let more { scope.keys = more.keys { _ in [] } + scope.keys }
    for index in scope.keys.indices {
      guard let known, let fact = scope.keys[index].fact, let value = known.defaults[fact] else { continue }
      scope.keys[index].absent = "\(known.framework) takes \(FactValue.number(value))"
    }
    return scope
  }

  private func scope(_ title: String, _ table: KeyTable) -> GuideScope {
    GuideScope(title: title, keys: table.keys { _ in [] })
  }

  // MARK: - Keys

  private static let optimizer = KeyTable(
    .optimizer,
    """
    lr=learning_rate | number
    weight_decay | number
    momentum | number
    nesterov | boolean
    betas= | list | shares from 0 to 1 | the shares of the running means of the gradient and of its square that a step keeps
    eps=epsilon | number
    amsgrad | boolean
    """
  )

  private static let word = KeyTable(.optimizer, "name | text")

  private static let schedule = KeyTable(
    .schedule,
    """
    name | (CosineAnnealing NoamAnnealing InverseSquareRootAnnealing WarmupAnnealing PolynomialDecayAnnealing WarmupPolicy)
    warmup_steps | integer null
    warmup_ratio=warmup_fraction | number null
    min_lr=end_learning_rate | number
    d_model= | integer | elements | the model's width, by whose root NoamAnnealing divides the rate
    """
  )

  private static let recipeSchedule = KeyTable(.schedule, "num_warmup_steps=warmup_steps | integer")

  private static let loader = KeyTable(
    .training,
    """
    batch_size=micro_batch_size | integer
    shuffle= | boolean | | whether examples are drawn in random order
    num_workers= | integer | processes | how many processes load examples
    """
  )

  private static let trainer = KeyTable(
    .training,
    """
    max_epochs=epochs | integer null | epochs | how often training goes over the data; -1 is no limit | Lightning takes 1000, unless \
    max_steps is given
    max_steps=steps | integer | optimizer steps | the length of the run in steps; -1 is no limit | Lightning takes no limit
    accumulate_grad_batches=accumulation_steps | integer | passes | how many passes' gradients make one optimizer step | Lightning takes 1
    gradient_clip_val=clip | number null | | the largest norm of all gradients together; 0 and null are off | Lightning does not clip
    gradient_clip_algorithm= | (norm value) | | whether the norm of all gradients or each value is cut | Lightning takes norm
    limit_val_batches= | number | | how much of the held-out data is evaluated; 0 is none
    devices= | integer text list | | how many devices train, each with a batch of its own
    num_nodes= | integer | | how many machines train
    precision= | text | | the type of the numbers in training
    """
  )

  private static let bundleTrainer = KeyTable(
    .training,
    """
    max_epochs=epochs | integer
    train_data_loader= | text | | the loader of the training data
    network= | text | | the network
    loss_function= | text | | the loss, which gets what the network gives
    optimizer | text
    inferer= | text mapping | | what runs the network
    postprocessing= | text mapping | | what is done to predictions; the loss does not see it
    """
  )

  private static let overlapLoss = KeyTable(
    .output,
    """
    sigmoid=from_logits | boolean | | whether the loss applies sigmoid to what the network gives | MONAI applies none
    softmax=from_logits | boolean | | whether the loss applies softmax to what the network gives | MONAI applies none
    to_onehot_y= | boolean | | whether targets are class indices that the loss makes one-hot
    include_background= | boolean | | whether the first channel counts
    """
  )

  private static let recipe = KeyTable(
    .training,
    """
    batch_size=micro_batch_size | integer
    gradient_accumulation_steps=accumulation_steps | integer
    epochs | integer
    max_steps_per_epoch= | integer null | optimizer steps | where an epoch is cut off
    clip_grad_norm=clip | number null | | the largest norm of all gradients together | torchtune does not clip
    optimizer | mapping
    lr_scheduler=schedule | mapping
    loss= | mapping | | the loss that training makes small
    model= | mapping | | what builds the model, with its settings
    """
  )
}
