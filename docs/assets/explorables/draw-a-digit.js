/* A digit that the reader of the page draws, on 32 by 32 cells as the data were made: the
   filled cells of each block of 4 by 4 are the ink of one of 8 by 8 pixels. */
explorables.figures["draw-a-digit"] = (root, start) => {
  "use strict"

  const { scores, softmax, argmax, inkOf } = formulas
  const CELLS = 32
  const ZOOM = 8 // pixels of the drawing for each cell
  const PEN = 1.6 // its radius, in cells
  const readers = Object.entries(start.readers) // the last one's scores are drawn
  const { pictures, buttons, numbers, say } = stage.layout(root, "Draw a digit")
  let cells = new Array(CELLS * CELLS).fill(0)
  let cursor = [CELLS / 2, CELLS / 2]
  let isDown = false // the pen, for the keyboard

  // ---- what is drawn on, what is read, and what comes of it -------------------------------
  function field(label, size, focusable) {
    const figure = stage.element(pictures, "figure", { class: "explore__field" })
    const canvas = stage.element(figure, "canvas", { width: size, height: size })
    stage.element(figure, "figcaption", {}, label)
    if (focusable) {
      canvas.tabIndex = 0
      canvas.setAttribute("role", "application")
      canvas.setAttribute("aria-label", "Drawing, 32 by 32. Arrow keys move the pen, the space bar sets it down or lifts it.")
    } else {
      canvas.setAttribute("role", "img")
      canvas.setAttribute("aria-label", label)
    }
    return canvas
  }
  const paper = field("your drawing", CELLS * ZOOM, true)
  const seen = field("what is read: 8 by 8 pixels", 8 * ZOOM, false)
  const chart = stage.panel(pictures, {
    label: "The score of each digit", width: 300, height: 220, ticks: 9, yTicks: 4,
    x: d3.scaleLinear().domain([-0.6, 9.6]), y: d3.scaleLinear(),
    xLabel: "digit", yLabel: start.softmax ? "probability" : "score",
  })
  const bars = chart.plot.append("g")

  // ---- controls and numbers ---------------------------------------------------------------
  stage.button(buttons, "Clear", () => { cells.fill(0); draw() })
  stage.button(buttons, "Fill", () => { cells.fill(1); draw() })
  const show = stage.numbers(numbers, [
    ...readers.map(([name]) => [name, `${name} read`]), ["best", start.softmax ? "probability" : "score"],
  ])

  // ---- the pen ----------------------------------------------------------------------------
  function dot(x, y) {
    for (let row = 0; row < CELLS; row++) {
      for (let column = 0; column < CELLS; column++) {
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= PEN) cells[CELLS * row + column] = 1
      }
    }
  }

  function stroke([fromX, fromY], [toX, toY]) {
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(toX - fromX, toY - fromY)))
    for (let i = 0; i <= steps; i++) dot(fromX + ((toX - fromX) * i) / steps, fromY + ((toY - fromY) * i) / steps)
  }

  const place = (event) => {
    const box = paper.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * CELLS, ((event.clientY - box.top) / box.height) * CELLS]
  }
  let last = null
  paper.addEventListener("pointerdown", (event) => {
    paper.setPointerCapture(event.pointerId)
    last = place(event)
    stroke(last, last)
    draw()
  })
  paper.addEventListener("pointermove", (event) => {
    if (!last) return
    const next = place(event)
    stroke(last, next)
    last = next
    draw()
  })
  for (const end of ["pointerup", "pointercancel"]) paper.addEventListener(end, () => { last = null })

  paper.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
    if (event.key === " ") isDown = !isDown
    else if (event.key in ways) cursor = cursor.map((each, i) => Math.min(CELLS, Math.max(0, each + ways[event.key][i])))
    else return
    event.preventDefault()
    if (isDown) dot(...cursor)
    draw()
    say(`Pen ${isDown ? "down" : "up"}, column ${cursor[0]}, row ${cursor[1]}. ${told()}`)
  })

  // ---- drawing ----------------------------------------------------------------------------
  const read = () => readers.map(([name, layers]) => {
    const values = scores(layers, inkOf(cells).map((ink) => ink / start.ink))
    return { name, values: start.softmax ? softmax(values) : values, answer: argmax(values) }
  })
  const told = () => read().map(({ name, answer }) => `${name} read ${answer}.`).join(" ")

  function paint(canvas, values, most) {
    const side = Math.sqrt(values.length)
    const size = canvas.width / side
    const pen = canvas.getContext("2d")
    values.forEach((value, i) => {
      const grey = Math.round((255 * value) / most)
      pen.fillStyle = `rgb(${grey} ${grey} ${grey})`
      pen.fillRect((i % side) * size, Math.floor(i / side) * size, size, size)
    })
  }

  function draw() {
    paint(paper, cells, 1)
    paint(seen, inkOf(cells), 16)
    if (paper.matches(":focus-visible")) { // with the keyboard
      const pen = paper.getContext("2d")
      pen.strokeStyle = isDown ? "#e76b10" : "#62b8fb"
      pen.lineWidth = 2
      pen.strokeRect((cursor[0] - 1) * ZOOM, (cursor[1] - 1) * ZOOM, 2 * ZOOM, 2 * ZOOM)
    }
    const found = read()
    const { values, answer } = found.at(-1)
    chart.y.domain(start.softmax ? [0, 1.05] : [Math.min(0, ...values), Math.max(1, ...values) * 1.05])
    chart.frame()
    bars.selectAll("rect").data(values).join("rect").attr("class", "explore__bar")
      .attr("data-best", (_, k) => k === answer)
      .attr("x", (_, k) => chart.x(k - 0.35)).attr("width", chart.x(0.7) - chart.x(0))
      .attr("y", (value) => chart.y(Math.max(0, value)))
      .attr("height", (value) => Math.abs(chart.y(value) - chart.y(0)))
    show({ ...Object.fromEntries(found.map((each) => [each.name, each.answer])), best: Math.max(...values) })
    root.dataset.ink = inkOf(cells).join()
    say(told())
  }

  paper.addEventListener("focus", draw)
  paper.addEventListener("blur", draw)
  draw()
}
