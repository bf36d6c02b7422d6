/* Gradient descent on one reading: the start and the learning rate are the reader's. */
explorables.figures["gradient-descent"] = (root, start) => {
  "use strict"

  const { x, y, weight } = start
  const { lossDerivative, squaredError, gradientStep, stepFactor, curvature } = formulas
  const { shown } = stage
  const MOST = 40 // steps of a run
  const lossAt = (w) => squaredError(w * x, y)
  const best = y / x
  const { pictures, controls, buttons, numbers, say } = stage.layout(root, "Walk down the valley")

  let path = [weight]
  let timer = 0

  // ---- pictures ------------------------------------------------------------------------
  const valley = stage.panel(pictures, {
    label: "The loss over the weight, with the steps so far",
    x: d3.scaleLinear(), y: d3.scaleLinear(),
    xLabel: "weight w in mm per N", yLabel: "loss L(w)",
  })
  const fall = stage.panel(pictures, {
    label: "The loss after each step",
    x: d3.scaleLinear(), y: d3.scaleLog().clamp(true),
    xLabel: "step", yLabel: "loss",
  })
  const [bowl, tangent, trail] = ["model", "gradient", "trail"].map((kind) =>
    valley.plot.append("path").attr("class", `explore__line explore__line--${kind}`))
  const goal = valley.plot.append("text").attr("class", "explore__star").text("★")
  const losses = fall.plot.append("path").attr("class", "explore__line explore__line--trail")
  const grip = stage.handle(valley, {
    name: "weight", label: "Start weight", along: "x", min: -4, max: 10, step: 0.1,
    value: weight, unit: "mm per newton", change: restart,
  })

  // ---- controls and numbers ------------------------------------------------------------
  const from = stage.slider(controls, {
    name: "weight", label: "start weight", min: -4, max: 10, step: 0.1, value: weight,
    unit: "mm/N", change: restart,
  })
  const rate = stage.slider(controls, {
    name: "learning_rate", label: "learning rate η", min: 0.005, max: 0.3, step: 0.005,
    value: start.learning_rate, change: () => restart(path[0]),
  })
  stage.button(buttons, "Step", () => { stop(); step(); draw(); tell() })
  const runner = stage.button(buttons, "Run", () => (timer ? stop() : run()))
  stage.button(buttons, "Back to the start", () => restart(path[0]))
  const show = stage.numbers(numbers, [
    ["step", "step"], ["weight", "weight w"], ["loss", "loss"], ["gradient", "gradient"],
    ["factor", "factor 1 − ηc"],
  ])
  const rule = stage.element(numbers, "p", { class: "explore__rule" })

  // ---- what happens --------------------------------------------------------------------
  function restart(value) {
    stop()
    path = [value]
    from.value = value
    grip.place(value)
    draw()
  }

  function step() {
    const w = path.at(-1)
    path.push(gradientStep(w, lossDerivative(w, x, y), rate.value))
  }

  function stop() {
    clearInterval(timer)
    timer = 0
    runner.textContent = "Run"
  }

  function run() {
    const end = path.length + MOST
    if (stage.still.matches) {
      while (path.length < end) step()
      draw()
      return tell()
    }
    runner.textContent = "Pause"
    timer = setInterval(() => {
      step()
      draw()
      if (path.length >= end) { stop(); tell() }
    }, 120)
  }

  const tell = () => say(`Step ${path.length - 1}: weight ${shown(path.at(-1))}, loss ${shown(lossAt(path.at(-1)))}.`)

  // ---- drawing -------------------------------------------------------------------------
  function draw() {
    const w = path.at(-1)
    const gradient = lossDerivative(w, x, y)
    const next = gradientStep(w, gradient, rate.value)
    const reach = Math.min(1e9, Math.max(7.5, ...path.map((each) => Math.abs(each - best) * 1.1)))
    valley.x.domain([best - reach, best + reach])
    valley.y.domain([-0.04 * lossAt(best + reach), lossAt(best + reach)])
    valley.frame()
    bowl.attr("d", stage.curve(valley, lossAt))
    tangent.attr("d", stage.curve(valley, (at) => lossAt(w) + gradient * (at - w), 1))
    const line = d3.line()
    trail.attr("d", line.x((each) => valley.x(each)).y((each) => valley.y(lossAt(each)))(path))
    valley.plot.selectAll("circle").data(path).join("circle").attr("class", "explore__dot")
      .attr("r", 4).attr("cx", (each) => valley.x(each)).attr("cy", (each) => valley.y(lossAt(each)))
    goal.attr("x", valley.x(best)).attr("y", valley.y(0))
    grip.at(w, lossAt(w))
    const heights = path.map((each) => Math.min(1e12, Math.max(1e-12, lossAt(each))))
    fall.x.domain([0, Math.max(10, path.length - 1)])
    fall.y.domain([Math.min(1e-3, ...heights) / 2, Math.max(...heights, 100) * 2])
    fall.frame()
    losses.attr("d", line.x((_, i) => fall.x(i)).y((each) => fall.y(each))(heights))
    show({ step: path.length - 1, weight: w, loss: lossAt(w), gradient, factor: stepFactor(rate.value, curvature(x)) })
    rule.textContent = `next weight = ${shown(w)} − ${shown(rate.value)} · ${gradient < 0 ? `(${shown(gradient)})` : shown(gradient)} = ${shown(next)}`
  }

  draw()
}
