/* Paths over the map of the cost: optimizer, rate, batch size and order are the reader's. */
explorables.figures["paths"] = (root, start) => {
  "use strict"

  const { descend, meanSquaredError, leastSquares, ringPoint } = formulas
  const { x: xs, y: ys, orders } = start
  const STEPS = 200
  const RATES = ["0.003", "0.01", "0.03", "0.06", "0.1", "0.3", "1"]
  const HEIGHTS = [0.3, 2, 8, 25, 70]
  const best = leastSquares(xs, ys)
  const lowest = meanSquaredError(...best, xs, ys)
  const { pictures, controls, numbers, say } = stage.layout(root, "Choose a way down")

  // ---- pictures -------------------------------------------------------------------------
  const map = stage.panel(pictures, {
    label: "The cost over weight and bias as rings, and the path",
    x: d3.scaleLinear().domain([-1.5, 7.5]), y: d3.scaleLinear().domain([-2, 8]),
    xLabel: "weight in mm per N", yLabel: "bias in mm",
  })
  const fall = stage.panel(pictures, {
    label: "How far the cost is above the lowest, after each step",
    x: d3.scaleLinear().domain([0, STEPS]), y: d3.scaleLog().domain([1e-5, 1e4]).clamp(true),
    xLabel: "step", yLabel: "cost above the lowest",
  })
  const ring = d3.line().x(([w]) => map.x(w)).y(([, b]) => map.y(b))
  const angles = Array.from({ length: 97 }, (_, i) => (i / 48) * Math.PI)
  map.plot.append("path").attr("class", "explore__line explore__line--ring")
    .attr("d", HEIGHTS.map((height) => ring(angles.map((angle) => ringPoint(xs, best, height, angle)))).join(""))
  map.plot.append("text").attr("class", "explore__star").text("★").attr("x", map.x(best[0])).attr("y", map.y(best[1]))
  const [way, costs] = [map, fall].map(({ plot }) => plot.append("path").attr("class", "explore__line explore__line--way"))
  const end = map.plot.append("circle").attr("class", "explore__dot").attr("r", 5)

  // ---- controls and numbers -------------------------------------------------------------
  const options = (values, words = (each) => each) => values.map((each) => [each, words(each)])
  const choose = (name, label, pairs, value) => stage.choice(controls, { name, label, options: pairs, value, change: draw })
  const rule = choose("rule", "optimizer:", options(["SGD", "momentum", "Adam"]), "SGD")
  const rate = choose("rate", "rate:", options(RATES), "0.06")
  const sizes = ["1", "5", "20", String(xs.length)]
  const size = choose("size", "batch:", options(sizes, (each) => (Number(each) === xs.length ? `all ${each}` : each)), String(xs.length))
  const order = choose("order", "order:", options(Object.keys(orders)), Object.keys(orders)[0])
  const steps = stage.slider(controls, {
    name: "steps", label: "steps", min: 0, max: STEPS, step: 1, value: 20, change: draw,
  })
  const show = stage.numbers(numbers, [
    ["weight", "weight"], ["bias", "bias"], ["cost", "cost"], ["epochs", "epochs"],
  ])

  // ---- drawing --------------------------------------------------------------------------
  function draw() {
    const path = descend(rule.value, Number(rate.value), steps.value, Number(size.value), orders[order.value], xs, ys)
    const [weight, bias] = path.at(-1)
    const near = path.filter((point) => point.every((each) => Math.abs(each) < 1e4))
    way.attr("d", ring(near))
    end.attr("cx", map.x(near.at(-1)[0])).attr("cy", map.y(near.at(-1)[1]))
    const gaps = path.map((point) => meanSquaredError(...point, xs, ys) - lowest).filter(Number.isFinite)
    costs.attr("d", d3.line().x((_, i) => fall.x(i)).y((gap) => fall.y(Math.max(1e-5, gap)))(gaps))
    const cost = meanSquaredError(weight, bias, xs, ys)
    const batches = Math.ceil(xs.length / Number(size.value))
    show({ weight, bias, cost, epochs: steps.value / batches })
    say(`After ${steps.value} steps the cost is ${stage.shown(cost)}.`)
  }

  draw()
}
