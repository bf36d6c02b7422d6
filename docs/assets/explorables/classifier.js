/* A classifier of one input and its two costs: weight and bias are the reader's, or those
   of a step of gradient descent on either cost. */
explorables.figures["classifier"] = (root, start) => {
  "use strict"

  const { sigmoid, predict, logisticCost, squaredCost, logisticGradient, squaredGradient, mistakes } = formulas
  const { x: xs, y: ys } = start
  const ROOM = { weight: [-4, 8], bias: [-12, 12] }
  const { pictures, controls, buttons, numbers, say } = stage.layout(root, "Two costs, one classifier")

  // ---- pictures -------------------------------------------------------------------------
  const far = Math.max(...xs.map(Math.abs)) + 1
  const chicks = stage.panel(pictures, {
    label: "The chicks and the curve of the model",
    x: d3.scaleLinear().domain([-far, far]), y: d3.scaleLinear().domain([-0.08, 1.08]),
    xLabel: "x: leg beyond 6.5 cm", yLabel: "probability of a flamingo",
  })
  const costs = stage.panel(pictures, {
    label: "Both costs over the bias, with the weight as it is",
    x: d3.scaleLinear().domain(ROOM.bias), y: d3.scaleLinear(),
    xLabel: "bias b", yLabel: "cost",
  })
  const model = chicks.plot.append("path").attr("class", "explore__line explore__line--model")
  const legs = chicks.plot.append("g")
  const curves = [["training", logisticCost, "cross-entropy"], ["helper", squaredCost, "squared error"]]
    .map(([kind, cost, words], i) => {
      const drawn = `explore__line explore__line--${kind}`
      costs.plot.append("path").attr("class", drawn).attr("d", `M138,${22 + 15 * i}h18`)
      costs.plot.append("text").attr("class", "explore__label").attr("x", 161).attr("y", 26 + 15 * i).text(words)
      return { cost, line: costs.plot.append("path").attr("class", drawn) }
    })
  const grip = stage.handle(costs, {
    name: "bias", label: "Bias", along: "x", min: ROOM.bias[0], max: ROOM.bias[1], step: 0.1,
    value: start.bias, change: (value) => { bias.value = value; set(weight.value, value) },
  })

  // ---- controls and numbers -------------------------------------------------------------
  let now = [start.weight, start.bias] // a step need not end on a stop of the sliders
  const [weight, bias] = ["weight", "bias"].map((name) => stage.slider(controls, {
    name, label: name, min: ROOM[name][0], max: ROOM[name][1], step: 0.1, value: start[name],
    change: () => set(weight.value, bias.value),
  }))
  const step = (gradient) => () => {
    const [byWeight, byBias] = gradient(...now, xs, ys)
    set(formulas.gradientStep(now[0], byWeight, 1), formulas.gradientStep(now[1], byBias, 1));
    [weight.value, bias.value] = now
    grip.place(bias.value)
  }
  stage.button(buttons, "Step on cross-entropy", step(logisticGradient))
  stage.button(buttons, "Step on squared error", step(squaredGradient))
  const show = stage.numbers(numbers, [
    ["weight", "w"], ["bias", "b"], ["mistakes", "mistakes"],
    ["entropy", "cross-entropy"], ["entropy_w", "its gradient by w"], ["entropy_b", "by b"],
    ["square", "squared error"], ["square_w", "its gradient by w"], ["square_b", "by b"],
  ])

  // ---- drawing --------------------------------------------------------------------------
  function set(w, b) {
    now = [w, b]
    draw()
  }

  function draw() {
    const [w, b] = now
    model.attr("d", stage.curve(chicks, (x) => sigmoid(predict(w, b, x))))
    legs.selectAll("path").data(xs).join("path").attr("class", "explore__chick")
      .attr("d", (_, i) => (ys[i] === 1 ? "M-5,0a5,5 0 1 0 10,0a5,5 0 1 0 -10,0" : "M0,-6L6,5L-6,5Z"))
      .attr("data-label", (_, i) => ys[i])
      .attr("transform", (x, i) => `translate(${chicks.x(x)},${chicks.y(ys[i])})`)
    costs.y.domain([0, Math.max(1, logisticCost(w, ROOM.bias[0], xs, ys), logisticCost(w, ROOM.bias[1], xs, ys)) * 1.05])
    costs.frame()
    for (const { cost, line } of curves) line.attr("d", stage.curve(costs, (at) => cost(w, at, xs, ys)))
    grip.at(b, logisticCost(w, b, xs, ys))
    const [entropyW, entropyB] = logisticGradient(w, b, xs, ys)
    const [squareW, squareB] = squaredGradient(w, b, xs, ys)
    show({
      weight: w, bias: b, mistakes: mistakes(w, b, xs, ys),
      entropy: logisticCost(w, b, xs, ys), entropy_w: entropyW, entropy_b: entropyB,
      square: squaredCost(w, b, xs, ys), square_w: squareW, square_b: squareB,
    })
    say(`Cross-entropy ${stage.shown(logisticCost(w, b, xs, ys))}, squared error ${stage.shown(squaredCost(w, b, xs, ys))}, ${mistakes(w, b, xs, ys)} mistakes.`)
  }

  draw()
}
