internal import CKernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a step's formula has beside the rate; it is the same for all parameters.
struct StepNumbers {
  /// Of the kept mean and of the fresh gradient, as Adam's family divides them by a root.
  var last: Float = 0
  var fresh: Float = 0
  /// Of the root that they are divided by; 0 where they are not.
  var root: Float = 1
  var epsilon: Float = 0
  /// Of the gradient in PyTorch's velocity.
  var share: Float = 1
  /// Adafactor's keeping of squares, and its rate.
  var beta: Float = 0
  var rate: Float = 0
}

extension OptimizerRule {
  func slots(for parameter: Parameter) throws(KernelError) -> [Tensor] {
    let shape = parameter.value.shape
    func slots(_ count: Int, filledWith value: Double = 0) throws(KernelError) -> [Tensor] {
      var slots: [Tensor] = []
      for _ in 0..<count {
        let slot = try Tensor(shape)
        slot.fill(Float(value))
        slots.append(slot)
      }
      return slots
    }
    switch self {
    case .sgd(let momentum, _, _, _): return try slots(momentum == 0 ? 0 : 1)
    case .rmsprop(_, let momentum, _, let isCentered, _):
      return try slots(1 + (isCentered ? 1 : 0) + (momentum == 0 ? 0 : 1))
    case .adagrad(let initial, _, _): return try slots(1, filledWith: initial)
    case .adadelta: return try slots(2)
    case .adam(_, _, _, let isAMSGrad, _): return try slots(isAMSGrad ? 3 : 2)
    case .nadam, .radam, .adamax: return try slots(2)
    // The last is working space.
    case .lamb: return try slots(3)
    case .lion: return try slots(1)
    case .ftrl(_, let initial, _, _, _, _): return try slots(1, filledWith: initial) + slots(1)
    case .adafactor:
      // Working space; then the means over the last axis and over the one before it, or of a vector each square.
      let shape = parameter.shape
      guard shape.count >= 2 else { return try [Tensor(shape), Tensor(shape)] }
      return try [
        Tensor(shape), Tensor(Array(shape.dropLast())), Tensor(Array(shape.dropLast(2)) + [shape[shape.count - 1]]),
      ]
    }
  }

  func numbers(step: Int, rate: Double, momenta: inout Double) -> StepNumbers {
    var numbers = StepNumbers()
    let count = Double(step)
    switch self {
    case .sgd(_, _, let dampening, _): numbers.share = step == 1 ? 1 : Float(1 - dampening)
    case .adam(let beta1, let beta2, let epsilon, _, let convention):
      let root = (1 - pow(beta2, count)).squareRoot()
      numbers.last = Float(rate * root / (1 - pow(beta1, count)))
      numbers.epsilon = Float(convention == .keras ? epsilon : epsilon * root)
    case .nadam(let beta1, let beta2, let epsilon, let momentumDecay):
      let root = (1 - pow(beta2, count)).squareRoot()
      let now = beta1 * (1 - 0.5 * pow(0.96, count * momentumDecay))
      let next = beta1 * (1 - 0.5 * pow(0.96, (count + 1) * momentumDecay))
      momenta *= now
      numbers.last = Float(rate * root * next / (1 - momenta * next))
      numbers.fresh = Float(rate * root * (1 - now) / (1 - momenta))
      numbers.epsilon = Float(epsilon * root)
    case .radam(let beta1, let beta2, let epsilon):
      let longest = 2 / (1 - beta2) - 1, power = pow(beta2, count)
      let length = longest - 2 * count * power / (1 - power)
      numbers.last = Float(rate / (1 - pow(beta1, count)))
      numbers.epsilon = Float(epsilon)
      if length > 5 {
        let share = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
        numbers.last *= Float((share * (1 - power)).squareRoot())
      } else {
        (numbers.root, numbers.epsilon) = (0, 1)
      }
    case .lamb(let beta1, let beta2, let epsilon):
      numbers.last = Float(1 / (1 - pow(beta1, count)))
      numbers.root = Float(1 / (1 - pow(beta2, count)).squareRoot())
      numbers.epsilon = Float(epsilon)
    case .adamax(let beta1, _, _, _): numbers.last = Float(rate / (1 - pow(beta1, count)))
    case .adafactor(let beta2Decay, _, _, _, let limitsRate):
      let most = 1 / count.squareRoot()
      numbers.beta = Float(1 - pow(count, beta2Decay))
      numbers.rate = Float(min(limitsRate ? min(rate, most) : rate, most))
    case .rmsprop, .adagrad, .adadelta, .lion, .ftrl: break
    }
    return numbers
  }

  func apply(to state: Optimizer.State, _ common: ck_step, _ numbers: StepNumbers) throws(KernelError) {
    let values = state.parameter.value.pointer, gradients = state.gradient.sum.pointer
    let count = state.parameter.value.count
    let slots = state.slots.map(\.pointer)
    func stepAdam(_ beta1: Double, _ beta2: Double, greatest: UnsafeMutablePointer<Float>?) {
      ck_step_adam(
        common,
        Float(1 - beta1),
        Float(1 - beta2),
        numbers.last,
        numbers.fresh,
        numbers.root,
        numbers.epsilon,
        values,
        gradients,
        slots[0],
        slots[1],
        greatest,
        count
      )
    }
    switch self {
    case .sgd(let momentum, let nesterov, _, let convention):
      if momentum == 0 {
        ck_step_sgd(common, values, gradients, count)
      } else if convention == .keras {
        ck_step_momentum_keras(common, Float(momentum), nesterov, values, gradients, slots[0], count)
      } else {
        ck_step_momentum_torch(common, Float(momentum), numbers.share, nesterov, values, gradients, slots[0], count)
      }
    case .rmsprop(let decay, let momentum, let epsilon, let isCentered, let convention):
      ck_step_rmsprop(
        common,
        Float(1 - decay),
        Self.epsilon(epsilon, convention),
        values,
        gradients,
        slots[0],
        isCentered ? slots[1] : nil,
        momentum == 0 ? nil : slots[isCentered ? 2 : 1],
        Float(momentum),
        convention == .keras,
        count
      )
    case .adagrad(_, let epsilon, let convention):
      ck_step_adagrad(common, Self.epsilon(epsilon, convention), values, gradients, slots[0], count)
    case .adadelta(let decay, let epsilon):
      ck_step_adadelta(common, Float(1 - decay), Float(epsilon), values, gradients, slots[0], slots[1], count)
    case .adam(let beta1, let beta2, _, let isAMSGrad, _):
      stepAdam(beta1, beta2, greatest: isAMSGrad ? slots[2] : nil)
    case .nadam(let beta1, let beta2, _, _), .radam(let beta1, let beta2, _): stepAdam(beta1, beta2, greatest: nil)
    case .lamb(let beta1, let beta2, _):
      ck_step_lamb(
        common,
        Float(1 - beta1),
        Float(1 - beta2),
        numbers.last,
        numbers.root,
        numbers.epsilon,
        values,
        gradients,
        slots[0],
        slots[1],
        slots[2],
        count
      )
    case .adamax(let beta1, let beta2, let epsilon, let convention):
      ck_step_adamax(
        common,
        Float(1 - beta1),
        Float(beta2),
        numbers.last,
        convention == .torch ? Float(epsilon) : 0,
        convention == .keras ? Float(epsilon) : 0,
        values,
        gradients,
        slots[0],
        slots[1],
        count
      )
    case .lion(let beta1, let beta2):
      ck_step_lion(common, Float(beta1), Float(beta2), values, gradients, slots[0], count)
    case .ftrl(let power, _, let l1, let l2, let shrinkage, let beta):
      ck_step_ftrl(
        common,
        Float(power),
        Float(l1),
        Float(l2 + beta / (2 * Double(common.rate))),
        Float(shrinkage),
        values,
        gradients,
        slots[0],
        slots[1],
        count
      )
    case .adafactor(_, let epsilon1, let epsilon2, let threshold, _):
      try applyAdafactor(state, common, numbers, Float(epsilon1), Float(epsilon2), Float(threshold))
    }
  }

  /// The one rule that looks at a parameter's shape, and so needs it in Keras's order.
  private func applyAdafactor(
    _ state: Optimizer.State,
    _ common: ck_step,
    _ numbers: StepNumbers,
    _ epsilon1: Float,
    _ epsilon2: Float,
    _ threshold: Float
  ) throws(KernelError) {
    let shape = state.parameter.shape
    let isMatrix = shape.count >= 2
    let height = isMatrix ? shape[shape.count - 2] : shape.reduce(1, *), width = isMatrix ? shape[shape.count - 1] : 1
    var common = common
    common.rate = numbers.rate
    var values = try state.parameter.read()
    ck_step_adafactor(
      common,
      numbers.beta,
      epsilon1,
      epsilon2,
      threshold,
      &values,
      try state.parameter.readGradient(),
      state.slots[1].pointer,
      isMatrix ? state.slots[2].pointer : nil,
      state.slots[0].pointer,
      isMatrix ? shape.dropLast(2).reduce(1, *) : 1,
      height,
      width
    )
    try state.parameter.write(values)
  }

  private static func epsilon(_ value: Double, _ convention: Convention) -> ck_epsilon {
    convention == .keras
      ? ck_epsilon(inside: Float(value), outside: 0) : ck_epsilon(inside: 0, outside: Float(value))
  }
}
