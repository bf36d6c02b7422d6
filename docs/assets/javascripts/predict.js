/* A reader commits to a prediction before the fold is opened: the value is held against
   that of the run and kept in this browser only. The form itself is part of the page. */
(() => {
  "use strict"

  const tidy = (text) => text.trim().replace(/[−–]/g, "-").replace(",", ".").replace(/\s*%$/, "")
  const bare = (text) => text.replace(/\s/g, "")

  const isNumber = (text) => tidy(text) !== "" && Number.isFinite(Number(tidy(text)))

  // Half a unit of the last digit that the page shows: 7.84 is 7.835 to 7.845.
  function tolerance(shown) {
    const [, fraction = "", exponent = "0"] = shown.match(/^[^.e]*\.?(\d*)(?:e(.+))?$/)
    return 0.5 * 10 ** (Number(exponent) - fraction.length)
  }

  function verdict(given, answer, kind) {
    if (kind === "text") {
      return bare(given) === bare(answer)
        ? ["right", `Right: the run gives ${answer}.`]
        : ["wrong", `No: the run gives ${answer}.`]
    }
    const [mine, run] = [Number(tidy(given)), Number(tidy(answer))]
    if (Math.abs(mine - run) <= tolerance(tidy(answer)) * (1 + 1e-9)) {
      return ["right", `Right: the run gives ${answer}.`]
    }
    return ["wrong", `Too ${mine > run ? "high" : "low"}: the run gives ${answer}.`]
  }

  const memory = {
    key: (form) => `predict:${location.pathname}#${form.id}`,
    read: (form) => { try { return localStorage.getItem(memory.key(form)) } catch { return null } },
    keep: (form, value) => { try { localStorage.setItem(memory.key(form), value) } catch { /* private */ } },
    clear: (form) => { try { localStorage.removeItem(memory.key(form)) } catch { /* private */ } },
  }

  function connect(form) {
    const fold = form.nextElementSibling
    const paragraph = fold.querySelector(":scope > .answer")
    const answer = paragraph.textContent.trim()
    const kind = paragraph.dataset.answer
    const field = form.elements[form.id]
    const [commit, clear] = form.querySelectorAll("button")
    const status = form.querySelector("[role=status]")
    const input = field.length === undefined ? field : field[0]

    function say(state, words) {
      form.dataset.state = state
      status.textContent = words
      input.toggleAttribute("aria-invalid", state === "unread")
      clear.hidden = !(state === "right" || state === "wrong")
    }

    const judge = (value) => say(...verdict(value, answer, field.length === undefined ? kind : "text"))

    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const value = field.value
      if (!value.trim()) return say("unread", field === input ? "Type what you expect first." : "Choose one first.")
      if (kind === "number" && !isNumber(value)) return say("unread", "Type a number, such as −3 or 0.25.")
      memory.keep(form, value)
      judge(value)
      fold.open = true
    })
    form.addEventListener("reset", () => {
      memory.clear(form)
      say("", "")
      fold.open = false
      commit.focus()
    })
    const kept = memory.read(form)
    if (kept !== null) {
      field.value = kept
      judge(kept)
    }
  }

  document.querySelectorAll(".predict-form").forEach(connect)
})()
