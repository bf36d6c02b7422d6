/* A line through readings: weight, bias and the readings themselves are the reader's. */
explorables.figures["fit-a-line"] = (root, start) => {
  "use strict"

  const { predict, meanSquaredError, costGradient, leastSquares, ringPoint } = formulas
  const [xs, ys] = [start.x, [...start.y]]
  const ROOM = { weight: [-2, 10], bias: [-4, 12] }
  const ABOVE = [1, 5, 20, 80, 300, 1000] // heights of the rings over the lowest loss
  const { pictures, controls, buttons, numbers, say } = stage.layout(root, "Fit the line yourself")

  // ---- pictures -------------------------------------------------------------------------
  const data = stage.panel(pictures, {
    label: "Readings over loads, the line, and a square on each error",
    x: d3.scaleLinear().domain([-0.6, Math.max(...xs) + 0.6]), y: d3.scaleLinear().domain([-5, 45]),
    xLabel: "load x in N", yLabel: "reading y in mm",
  })
  const map = stage.panel(pictures, {
    label: "The loss over weight and bias as rings, with the line as a point",
    x: d3.scaleLinear().domain(ROOM.weight), y: d3.scaleLinear().domain(ROOM.bias),
    xLabel: "weight w", yLabel: "bias b",
  })
  const squares = data.plot.append("g")
  const line = data.plot.append("path").attr("class", "explore__line explore__line--model")
  const rings = map.plot.append("path").attr("class", "explore__line explore__line--ring")
  const star = map.plot.append("text").attr("class", "explore__star").text("★")
  const point = map.plot.append("circle").attr("class", "explore__point").attr("r", 6)
  const grips = xs.map((x, i) => stage.handle(data, {
    name: `reading-${i}`, label: `Reading at ${stage.shown(x)} N`, along: "y", min: -5, max: 45, step: 0.5,
    value: ys[i], unit: "mm", change: (value) => { ys[i] = value; draw() }, color: "data",
  }))

  // ---- controls and numbers -------------------------------------------------------------
  const [weight, bias] = ["weight", "bias"].map((name) => stage.slider(controls, {
    name, label: name, min: ROOM[name][0], max: ROOM[name][1], step: 0.05, value: start[name],
    unit: name === "weight" ? "mm/N" : "mm", change: draw,
  }))
  stage.button(buttons, "Best line", () => {
    [weight.value, bias.value] = leastSquares(xs, ys) // to the nearest step of the sliders
    draw()
  })
  stage.button(buttons, "Readings as they were", () => {
    start.y.forEach((y, i) => { ys[i] = y; grips[i].place(y) })
    draw()
  })
  const show = stage.numbers(numbers, [
    ["loss", "loss, the mean square"], ["by_weight", "gradient by weight"], ["by_bias", "by bias"],
    ["best_weight", "best weight"], ["best_bias", "best bias"], ["lowest", "lowest loss"],
  ])

  // ---- drawing --------------------------------------------------------------------------
  function ring() {
    const best = leastSquares(xs, ys)
    const angles = Array.from({ length: 97 }, (_, i) => (i / 48) * Math.PI)
    const draw = d3.line().x(([w]) => map.x(w)).y(([, b]) => map.y(b))
    return ABOVE.map((height) => draw(angles.map((angle) => ringPoint(xs, best, height, angle)))).join("")
  }

  let drawn = ""
  function draw() {
    const [w, b] = [weight.value, bias.value]
    const best = leastSquares(xs, ys)
    const loss = meanSquaredError(w, b, xs, ys)
    const [byWeight, byBias] = costGradient(w, b, xs, ys)
    line.attr("d", stage.curve(data, (x) => predict(w, b, x), 1))
    squares.selectAll("rect").data(xs).join("rect").attr("class", "explore__square")
      .attr("x", (x) => data.x(x)).attr("y", (x, i) => Math.min(data.y(ys[i]), data.y(predict(w, b, x))))
      .each(function (x, i) {
        const side = Math.abs(data.y(ys[i]) - data.y(predict(w, b, x)))
        d3.select(this).attr("width", side).attr("height", side)
      })
    grips.forEach((grip, i) => grip.at(xs[i], ys[i]))
    if (drawn !== ys.join()) rings.attr("d", ring())
    drawn = ys.join()
    star.attr("x", map.x(best[0])).attr("y", map.y(best[1]))
    point.attr("cx", map.x(w)).attr("cy", map.y(b))
    show({
      loss, by_weight: byWeight, by_bias: byBias, best_weight: best[0], best_bias: best[1],
      lowest: meanSquaredError(...best, xs, ys),
    })
    say(`Loss ${stage.shown(loss)}.`)
  }

  draw()
}
