/* The likelihood of a coin and its logarithm: heads, tails and theta are the reader's. */
explorables.figures["coin"] = (root, start) => {
  "use strict"

  const { likelihood, logLikelihood, crossEntropy, shareOfHeads } = formulas
  const { shown } = stage
  const MOST = 30 // heads, and tails
  const LOWEST = -60 // of the logarithm's axis, which would fall without end
  const grid = Array.from({ length: 201 }, (_, i) => i / 200)
  const { pictures, controls, numbers, say } = stage.layout(root, "Toss, and try a theta")

  // ---- pictures, each with a curve, a star at its peak and a handle at theta ------------
  function hill(label, yLabel, formula) {
    const panel = stage.panel(pictures, {
      label, yLabel, x: d3.scaleLinear().domain([0, 1]), y: d3.scaleLinear(), xLabel: "θ, the probability of heads",
    })
    const [line, level] = ["model", "helper"].map((kind) =>
      panel.plot.append("path").attr("class", `explore__line explore__line--${kind}`))
    const star = panel.front.append("text").attr("class", "explore__star").text("★")
    return { panel, line, level, star, formula }
  }
  const hills = [
    hill("The likelihood over theta", "likelihood L(θ)", likelihood),
    hill("The logarithm of the likelihood over theta", "log-likelihood ℓ(θ)", logLikelihood),
  ]
  const grip = stage.handle(hills[0].panel, {
    name: "theta", label: "Theta", along: "x", min: 0, max: 1, step: 0.01, value: start.theta,
    change: (value) => { theta.value = value; draw() }, color: "model",
  })

  // ---- controls and numbers -------------------------------------------------------------
  const count = (name) => stage.slider(controls, {
    name, label: name, min: 0, max: MOST, step: 1, value: start[name], change: draw,
  })
  const heads = count("heads")
  const tails = count("tails")
  const theta = stage.slider(controls, {
    name: "theta", label: "θ", min: 0, max: 1, step: 0.01, value: start.theta,
    change: (value) => { grip.place(value); draw() },
  })
  const show = stage.numbers(numbers, [
    ["estimate", "peak at"], ["likelihood", "likelihood L(θ)"],
    ["log", "log-likelihood ℓ(θ)"], ["loss", "loss −ℓ(θ)/N"],
  ])
  const rule = stage.element(numbers, "p", { class: "explore__rule" })

  // ---- drawing --------------------------------------------------------------------------
  function draw() {
    const [k, m, at] = [heads.value, tails.value, theta.value]
    const best = k + m ? shareOfHeads(k, m) : NaN
    for (const { panel, line, level, star, formula } of hills) {
      const values = grid.map((each) => Math.max(LOWEST, formula(each, k, m)))
      const [low, high] = [formula === likelihood ? 0 : Math.min(...values, -1), Math.max(...values)]
      panel.y.domain([low, high + (high - low) * 0.08])
      panel.frame()
      line.attr("d", d3.line().x((_, i) => panel.x(grid[i])).y((each) => panel.y(each))(values))
      const height = Math.max(low, formula(at, k, m))
      level.attr("d", d3.line()([[panel.x(at), panel.y(low)], [panel.x(at), panel.y(height)]]))
      star.attr("display", k + m ? null : "none")
      if (k + m) star.attr("x", panel.x(best)).attr("y", panel.y(formula(best, k, m)))
      if (formula === likelihood) grip.at(at, height)
    }
    show({
      likelihood: likelihood(at, k, m),
      estimate: k + m ? best : "no toss yet",
      log: logLikelihood(at, k, m),
      loss: k + m ? crossEntropy(at, k, m) : "no toss yet",
    })
    rule.replaceChildren(`${shown(at)}`, power(k), ` · ${shown(1 - at)}`, power(m), ` = ${shown(likelihood(at, k, m))}`)
    say(`Likelihood ${shown(likelihood(at, k, m))}, peak at ${k + m ? shown(best) : "no toss yet"}.`)
  }

  function power(exponent) {
    const raised = document.createElement("sup")
    raised.textContent = exponent
    return raised
  }

  draw()
}
