/* What every figure that readers move is built from: panels, sliders, buttons, numbers and
   handles. D3 draws; all that moves can be reached with the keyboard and has a name. */
const stage = (() => {
  "use strict"

  const still = matchMedia("(prefers-reduced-motion: reduce)")

  // ---- numbers, as Python's .4g shows them, with a real minus ----------------------------
  function shown(value, digits = 4) {
    if (Number.isNaN(value)) return "nan"
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf"
    const size = Math.abs(value)
    const short = size !== 0 && (size < 1e-4 || size >= 10 ** (digits + 2))
    const text = short
      ? value.toExponential(digits - 1).replace(/\.?0+e/, "e")
      : String(Number(value.toPrecision(digits)))
    return text.replaceAll("-", "−").replace("e+", "e")
  }

  function element(parent, tag, attributes = {}, text) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    if (text !== undefined) made.textContent = text
    parent.append(made)
    return made
  }

  let ids = 0
  const id = () => `explore-${++ids}`

  // ---- the parts of a figure -------------------------------------------------------------

  /** Rows of a figure: pictures, controls, numbers; and its voice for screen readers. */
  function layout(root, name) {
    root.setAttribute("role", "group")
    root.setAttribute("aria-label", name)
    element(root, "p", { class: "explore__name" }, name)
    const pictures = element(root, "div", { class: "explore__pictures" })
    const controls = element(root, "div", { class: "explore__controls" })
    const buttons = element(root, "div", { class: "explore__controls" })
    const numbers = element(root, "div", { class: "explore__numbers" })
    const voice = element(root, "p", { class: "explore__voice", role: "status" })
    let late
    const say = (words) => {
      clearTimeout(late)
      late = setTimeout(() => { voice.textContent = words }, 400) // once, when it rests
    }
    return { pictures, controls, buttons, numbers, say }
  }

  /** A slider with its value beside it; `change(value)` is called while it moves. */
  function slider(parent, { name, label, min, max, step, value, unit = "", change }) {
    const row = element(parent, "div", { class: "explore__slider" })
    const key = id()
    element(row, "label", { for: key }, label)
    const input = element(row, "input", { type: "range", id: key, name, min, max, step })
    const output = element(row, "span", { "aria-hidden": "true", "data-shows": name })
    const tell = () => {
      const words = `${shown(input.valueAsNumber)}${unit && ` ${unit}`}`
      output.textContent = words
      input.setAttribute("aria-valuetext", words)
    }
    input.value = value
    tell()
    input.addEventListener("input", () => { tell(); change(input.valueAsNumber) })
    return {
      get value() { return input.valueAsNumber },
      set value(next) { input.value = next; tell() },
    }
  }

  function button(parent, label, press) {
    const made = element(parent, "button", { type: "button", class: "explore__button" }, label)
    made.addEventListener("click", () => press(made))
    return made
  }

  /** Radio buttons in a row; `options` are pairs of a value and its words. */
  function choice(parent, { name, label, options, value, change }) {
    const set = element(parent, "fieldset", { class: "explore__choice" })
    element(set, "legend", {}, label)
    const group = id()
    for (const [each, words] of options) {
      const key = id()
      const pair = element(set, "span", { class: "explore__option" }) // stay together
      const input = element(pair, "input", { type: "radio", id: key, name: `${name}-${group}`, value: each, "data-name": name })
      input.checked = each === value
      input.addEventListener("change", () => change(each))
      element(pair, "label", { for: key }, words)
    }
    return {
      get value() { return set.querySelector(":checked").value },
      set value(next) { set.querySelector(`[value="${next}"]`).checked = true },
    }
  }

  /** Numbers with their names; the function that is returned shows new ones. */
  function numbers(parent, rows) {
    const list = element(parent, "dl", { class: "explore__list" })
    const places = rows.map(([name, label]) => {
      const row = element(list, "div")
      element(row, "dt", {}, label)
      return [name, element(row, "dd", { "data-shows": name })]
    })
    return (values) => {
      for (const [name, place] of places) {
        const value = values[name]
        place.textContent = typeof value === "number" ? shown(value) : value ?? ""
      }
    }
  }

  /**
   * A picture with axes. `x` and `y` are D3 scales of data; `frame` draws the axes again
   * after one of their domains has changed.
   */
  function panel(parent, { label, x, y, xLabel, yLabel, width = 320, height = 260, ticks = 5, yTicks = ticks }) {
    const space = { top: 10, right: 12, bottom: 40, left: 64 }
    const svg = d3.select(parent).append("svg")
      .attr("viewBox", `0 0 ${width} ${height}`)
      .attr("class", "explore__panel")
      .attr("role", "group")
      .attr("aria-label", label)
    x.range([space.left, width - space.right])
    y.range([height - space.bottom, space.top])
    const clip = id()
    svg.append("clipPath").attr("id", clip).append("rect")
      .attr("x", space.left).attr("y", space.top)
      .attr("width", width - space.left - space.right)
      .attr("height", height - space.top - space.bottom)
    const axes = [
      svg.append("g").attr("class", "explore__axis").attr("transform", `translate(0,${height - space.bottom})`),
      svg.append("g").attr("class", "explore__axis").attr("transform", `translate(${space.left},0)`),
    ]
    svg.append("text").attr("class", "explore__label").attr("text-anchor", "middle")
      .attr("x", (space.left + width - space.right) / 2).attr("y", height - 6).text(xLabel)
    svg.append("text").attr("class", "explore__label").attr("text-anchor", "middle")
      .attr("transform", `translate(13,${(space.top + height - space.bottom) / 2}) rotate(-90)`).text(yLabel)
    const plot = svg.append("g").attr("clip-path", `url(#${clip})`)
    const front = svg.append("g") // handles: they may reach over the edge
    const number = (value) => shown(value, 3)
    const frame = () => {
      axes[0].call(d3.axisBottom(x).ticks(ticks).tickFormat(number).tickSizeOuter(0))
      axes[1].call(d3.axisLeft(y).ticks(yTicks).tickFormat(number).tickSizeOuter(0))
    }
    frame()
    return { svg, plot, front, x, y, frame }
  }

  /** A curve of a function over the horizontal axis of a panel, as the `d` of a path. */
  function curve({ x, y }, formula, pieces = 120) {
    const [from, to] = x.domain()
    const grid = Array.from({ length: pieces + 1 }, (_, i) => from + ((to - from) * i) / pieces)
    return d3.line().x(x).y((value) => y(formula(value)))(grid)
  }

  /**
   * A point that is dragged along one axis, or moved with the arrow keys. It is a slider
   * for screen readers. `place(value)` moves it without a call of `change`.
   */
  function handle(panel, { name, label, along, min, max, step, value, unit = "", change, color = "error" }) {
    const scale = panel[along]
    const snap = (wanted) => {
      const kept = Math.min(max, Math.max(min, Math.round(wanted / step) * step))
      return Number(kept.toFixed(10))
    }
    const grip = panel.front.append("g")
      .attr("class", `explore__handle explore__handle--${along}`)
      .attr("tabindex", 0).attr("role", "slider").attr("data-name", name)
      .attr("aria-label", label).attr("aria-valuemin", min).attr("aria-valuemax", max)
      .attr("aria-orientation", along === "y" ? "vertical" : "horizontal")
    grip.append("circle").attr("r", 20).attr("class", "explore__reach") // for fingers
    grip.append("circle").attr("r", 8).attr("style", `fill: var(--figure-${color})`)
    let now = value
    const tell = () => grip.attr("aria-valuenow", now).attr("aria-valuetext", `${shown(now)}${unit && ` ${unit}`}`)
    const move = (wanted) => {
      const next = snap(wanted)
      if (next === now) return
      now = next
      tell()
      change(now)
    }
    grip.call(d3.drag().container(panel.svg.node()).on("drag", (event) => move(scale.invert(event[along]))))
    grip.on("keydown", (event) => {
      const keys = {
        ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step,
        PageUp: 10 * step, PageDown: -10 * step, Home: -Infinity, End: Infinity,
      }
      if (!(event.key in keys)) return
      event.preventDefault()
      move(now + keys[event.key])
    })
    tell()
    return {
      at: (x, y) => grip.attr("transform", `translate(${panel.x(x)},${panel.y(y)})`),
      place: (next) => { now = next; tell() },
    }
  }

  return { still, shown, element, layout, slider, button, choice, numbers, panel, curve, handle }
})()
