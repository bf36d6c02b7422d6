/* A network of one input: three bends of the reader's own, or more that least squares has
   fitted in the page's run. */
explorables.figures["bent-lines"] = (root, start) => {
  "use strict"

  const { bentLine, bentLines, squaredError, mean } = formulas
  const [FROM, TO] = [5, 40]
  const SIZE = 4 // of a bend, at most
  const OWN = "own"
  const { pictures, controls, buttons, numbers, say } = stage.layout(root, "Bend it yourself")
  const own = { places: [...start.places], sizes: [...start.sizes], bias: 0 }
  let chosen = OWN

  // ---- pictures -------------------------------------------------------------------------
  const panel = (label, yLabel, range) => stage.panel(pictures, {
    label, yLabel, x: d3.scaleLinear().domain([FROM, TO]), y: d3.scaleLinear().domain(range),
    xLabel: "temperature in °C",
  })
  const parts = panel("The bent lines, one for each hidden unit", "each bent line", [-45, 45])
  const whole = panel("The pots, and the sum of the bent lines", "growth in mm a day", [-6, 45])
  const lines = parts.plot.append("g")
  const pots = whole.plot.append("g")
  const total = whole.plot.append("path").attr("class", "explore__line explore__line--model")
  pots.selectAll("circle").data(start.t).join("circle").attr("class", "explore__pot").attr("r", 2.5)
    .attr("cx", (t) => whole.x(t)).attr("cy", (_, i) => whole.y(start.g[i]))
  const grips = own.places.map((place, i) => stage.handle(parts, {
    name: `place-${i}`, label: `Place of bend ${i + 1}`, along: "x", min: FROM, max: TO, step: 0.5,
    value: place, unit: "°C", color: "result", change: (value) => { own.places[i] = value; pick(OWN) },
  }))

  // ---- controls and numbers -------------------------------------------------------------
  own.sizes.forEach((size, i) => stage.slider(controls, {
    name: `size-${i}`, label: `size of bend ${i + 1}`, min: -SIZE, max: SIZE, step: 0.1, value: size,
    change: (value) => { own.sizes[i] = value; pick(OWN) },
  }))
  const counts = Object.keys(start.fits)
  const choice = stage.choice(buttons, {
    name: "bends", label: "bends:", value: OWN, change: pick,
    options: [[OWN, "your three"], ...counts.map((count) => [count, `${count} fitted`])],
  })
  const show = stage.numbers(numbers, [
    ["seen", "squared error in the pots"], ["unseen", "in new pots"], ["last", "sum at 40 °C"],
  ])

  // ---- drawing --------------------------------------------------------------------------
  function pick(which) {
    chosen = which
    choice.value = which
    draw()
  }

  function draw() {
    const { places, sizes, bias } = chosen === OWN ? own : start.fits[chosen]
    const sumAt = (x) => bentLines(sizes, places, bias, x)
    const error = (ts, gs) => mean(ts.map((t, i) => squaredError(sumAt(t), gs[i])))
    lines.selectAll("path").data(places).join("path").attr("class", "explore__line explore__line--model")
      .attr("d", (place, i) => {
        const ends = [FROM, Math.max(FROM, place), TO].map((x) => [x, bentLine(sizes[i], place, x)])
        return d3.line().x(([x]) => parts.x(x)).y(([, y]) => parts.y(y))(ends)
      })
    grips.forEach((grip, i) => grip.at(own.places[i], 0))
    parts.front.attr("display", chosen === OWN ? null : "none")
    total.attr("d", stage.curve(whole, sumAt, 350))
    const [seen, unseen] = [error(start.t, start.g), error(start.new_t, start.new_g)]
    show({ seen, unseen, last: Number(sumAt(TO).toFixed(9)) }) // slopes that cancel leave 1e-15
    say(`Squared error ${stage.shown(seen)} in the pots, ${stage.shown(unseen)} in new pots.`)
  }

  draw()
}
