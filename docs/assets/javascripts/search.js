/* The search field: how it opens and closes, and what it loads when it is used first.
   What finds and shows the results is in the folder search/. */
(() => {
  "use strict"

  const FILES = ["words", "found", "ranking", "excerpt", "find", "results", "index"]
  const here = document.currentScript.src
  const box = document.querySelector(".md-search")
  const input = box.querySelector(".md-search__input")
  const toggle = document.getElementById("__search")
  const status = box.querySelector("[role=status]")
  const invitation = status.textContent
  let loading = null
  let results = null
  let cameFrom = null

  const scripts = new Map()

  function load(address) {
    const loaded = scripts.get(address) ?? new Promise((done, failed) => {
      const script = document.createElement("script")
      script.src = new URL(address, here)
      script.async = false // they run in their order
      script.onload = done
      script.onerror = (event) => {
        scripts.delete(address)
        failed(event)
      }
      document.head.append(script)
    })
    scripts.set(address, loaded)
    return loaded
  }

  function prepare() {
    const files = FILES.map((name) => `search/${name}.js`)
    loading ??= Promise.all(["../minisearch/minisearch.min.js", ...files].map(load)).then(
      () => (results = Search.results(box, Search.finder(searchIndex))),
      () => {
        loading = null
        status.textContent = "The search could not be loaded; try again later."
      }
    )
    return loading
  }

  async function answer() {
    if (!input.value.trim()) {
      results?.clear()
      status.textContent = invitation
      return
    }
    if (!results) await prepare()
    results?.show(input.value)
  }

  function turn(open) {
    if (toggle.checked !== open) toggle.click()
  }

  function close() {
    turn(false)
    if (cameFrom?.isConnected && cameFrom !== document.body) cameFrom.focus()
    else document.activeElement.blur()
  }

  const KEYS = {
    ArrowDown: () => results?.move(1),
    ArrowUp: () => results?.move(-1),
    Enter: () => results?.follow(),
    Escape: close,
  }

  function isTyping({ target }) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  }

  input.addEventListener("focus", ({ relatedTarget }) => {
    if (!toggle.checked) cameFrom = relatedTarget
    turn(true)
    prepare()
  })
  input.addEventListener("input", answer)
  box.addEventListener("keydown", (event) => {
    const act = KEYS[event.key]
    if (!act || event.isComposing) return
    event.preventDefault()
    act()
  })
  box.addEventListener("reset", () => {
    input.focus()
    requestAnimationFrame(answer)
  })
  box.addEventListener("submit", (event) => event.preventDefault())
  box.addEventListener("click", ({ target }) => target.closest("a") && turn(false))
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) turn(false)
  })
  toggle.addEventListener("change", () => {
    if (toggle.checked) input.focus()
    else if (box.contains(document.activeElement)) document.activeElement.blur()
    input.setAttribute("aria-expanded", toggle.checked && Boolean(input.value))
  })
  document.addEventListener("keydown", (event) => {
    const asked = event.ctrlKey || event.metaKey ? event.key === "k" : event.key === "/"
    if (!asked || event.altKey || (event.key === "/" && isTyping(event))) return
    event.preventDefault()
    input.focus()
    input.select()
  })

  async function mark() {
    await Promise.all(["search/words.js", "search/found.js"].map(load))
    Search.found.show()
  }
  try {
    if (sessionStorage.getItem("found")) mark() // one comes from a result of the search
  } catch { /* nothing is kept here */ }

  const query = new URLSearchParams(location.search).get("q")
  if (query) {
    input.value = query
    input.focus()
    answer()
  }
})()
