/* What the figures that readers move calculate: each formula once. A test holds every one
   of them to PyTorch. Numbers are doubles, data are arrays of them. */
const formulas = (() => {
  "use strict"

  const sum = (values) => values.reduce((total, value) => total + value, 0)
  const mean = (values) => sum(values) / values.length

  // ---- a line and its errors -----------------------------------------------------------
  const predict = (weight, bias, x) => weight * x + bias
  const squaredError = (prediction, target) => (prediction - target) ** 2
  const meanSquaredError = (weight, bias, xs, ys) =>
    mean(xs.map((x, i) => squaredError(predict(weight, bias, x), ys[i])))

  // Of the mean squared error, with respect to weight and bias.
  function costGradient(weight, bias, xs, ys) {
    const errors = xs.map((x, i) => predict(weight, bias, x) - ys[i])
    return [mean(errors.map((error, i) => 2 * error * xs[i])), mean(errors.map((error) => 2 * error))]
  }

  // Weight and bias of the line with the lowest mean squared error.
  function leastSquares(xs, ys) {
    const [middle, height] = [mean(xs), mean(ys)]
    const spread = sum(xs.map((x) => (x - middle) ** 2))
    const weight = sum(xs.map((x, i) => (x - middle) * (ys[i] - height))) / spread
    return [weight, height - weight * middle]
  }

  // A point of the ellipse on which the cost is so much higher than at the best line.
  function ringPoint(xs, best, height, angle) {
    const [square, middle] = [mean(xs.map((x) => x * x)), mean(xs)]
    const bias = (Math.sqrt(height) * Math.sin(angle)) / Math.sqrt(1 - (middle * middle) / square)
    const weight = (Math.sqrt(height * square) * Math.cos(angle) - middle * bias) / square
    return [best[0] + weight, best[1] + bias]
  }

  // ---- gradient descent on one reading, without a bias ---------------------------------
  const lossDerivative = (weight, x, y) => 2 * x * (weight * x - y)
  const curvature = (x) => 2 * x * x
  const stepFactor = (learningRate, curvature) => 1 - learningRate * curvature
  const gradientStep = (weight, gradient, learningRate) => weight - learningRate * gradient

  // ---- optimizers, with PyTorch's own settings -----------------------------------------
  const updates = {
    SGD: (g) => [g, {}],
    momentum: (g, { v = 0 }) => [0.9 * v + g, { v: 0.9 * v + g }],
    Adam(g, { m = 0, s = 0, step = 0 }) {
      const next = { m: 0.9 * m + 0.1 * g, s: 0.999 * s + 0.001 * g * g, step: step + 1 }
      const [mean, size] = [next.m / (1 - 0.9 ** next.step), next.s / (1 - 0.999 ** next.step)]
      return [mean / (Math.sqrt(size) + 1e-8), next]
    },
  }

  // Parameters after each step, from zero: batches of so many samples, in the given orders.
  function descend(rule, learningRate, steps, batchSize, orders, xs, ys) {
    const [path, memory, batches] = [[[0, 0]], [{}, {}], Math.ceil(xs.length / batchSize)]
    for (let step = 0; step < steps; step++) {
      const order = orders[Math.floor(step / batches) % orders.length]
      const batch = order.slice((step % batches) * batchSize, ((step % batches) + 1) * batchSize)
      const pick = (values) => batch.map((i) => values[i])
      const gradient = costGradient(...path.at(-1), pick(xs), pick(ys))
      path.push(path.at(-1).map((value, i) => {
        const [change, kept] = updates[rule](gradient[i], memory[i])
        memory[i] = kept
        return value - learningRate * change
      }))
    }
    return path
  }

  // ---- a coin that shows heads with probability theta ----------------------------------
  const xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y)) // what did not occur adds nothing
  const likelihood = (theta, heads, tails) => theta ** heads * (1 - theta) ** tails
  const logLikelihood = (theta, heads, tails) => xlogy(heads, theta) + xlogy(tails, 1 - theta)
  const crossEntropy = (theta, heads, tails) => -logLikelihood(theta, heads, tails) / (heads + tails)
  const shareOfHeads = (heads, tails) => heads / (heads + tails)

  // ---- a classifier with one input: scores, probabilities, two costs -------------------
  function sigmoid(score) {
    const small = Math.exp(-Math.abs(score)) // never too large for a double
    return score < 0 ? small / (1 + small) : 1 / (1 + small)
  }
  const probabilities = (weight, bias, xs) => xs.map((x) => sigmoid(predict(weight, bias, x)))
  const softplus = (score) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)))
  const logisticCost = (weight, bias, xs, ys) =>
    mean(xs.map((x, i) => softplus(predict(weight, bias, x)) - ys[i] * predict(weight, bias, x)))
  const squaredCost = (weight, bias, xs, ys) =>
    mean(probabilities(weight, bias, xs).map((p, i) => squaredError(p, ys[i])))
  const timesInputs = (errors, xs) => [mean(errors.map((error, i) => error * xs[i])), mean(errors)]
  const logisticGradient = (weight, bias, xs, ys) =>
    timesInputs(probabilities(weight, bias, xs).map((p, i) => p - ys[i]), xs)

  function squaredGradient(weight, bias, xs, ys) {
    const slopes = xs.map((x) => sigmoid(predict(weight, bias, x)) * sigmoid(-predict(weight, bias, x)))
    const errors = probabilities(weight, bias, xs).map((p, i) => p - ys[i])
    return timesInputs(errors.map((error, i) => 2 * error * slopes[i]), xs)
  }

  const mistakes = (weight, bias, xs, ys) =>
    sum(xs.map((x, i) => Number(predict(weight, bias, x) > 0 !== (ys[i] === 1))))

  // ---- a network of one input: bent lines, and their sum -------------------------------
  const relu = (value) => Math.max(0, value)
  const bentLine = (size, place, x) => size * relu(x - place)
  const bentLines = (sizes, places, bias, x) => bias + sum(sizes.map((size, i) => bentLine(size, places[i], x)))

  // ---- readers of digits: layers with a bend between them ------------------------------
  const layer = ([weight, bias], inputs) => weight.map((row, k) => bias[k] + sum(row.map((w, i) => w * inputs[i])))
  const scores = (layers, inputs) =>
    layers.reduce((values, each, i) => layer(each, i ? values.map(relu) : values), inputs)
  const argmax = (values) => values.indexOf(Math.max(...values))

  function softmax(values) {
    const powers = values.map((value) => Math.exp(value - Math.max(...values)))
    return powers.map((power) => power / sum(powers))
  }

  // Ink of 8 by 8 pixels from 0 to 16: the cells that are filled in each block of 4 by 4.
  const inkOf = (cells) => Array.from({ length: 64 }, (_, pixel) => {
    const [top, left] = [4 * Math.floor(pixel / 8), 4 * (pixel % 8)]
    return sum(Array.from({ length: 16 }, (_, i) => cells[32 * (top + Math.floor(i / 4)) + left + (i % 4)]))
  })

  return {
    sum,
    mean,
    predict,
    squaredError,
    meanSquaredError,
    costGradient,
    leastSquares,
    ringPoint,
    lossDerivative,
    curvature,
    stepFactor,
    gradientStep,
    descend,
    xlogy,
    likelihood,
    logLikelihood,
    crossEntropy,
    shareOfHeads,
    sigmoid,
    probabilities,
    softplus,
    logisticCost,
    squaredCost,
    timesInputs,
    logisticGradient,
    squaredGradient,
    mistakes,
    relu,
    bentLine,
    bentLines,
    layer,
    scores,
    argmax,
    softmax,
    inkOf,
  }
})()
