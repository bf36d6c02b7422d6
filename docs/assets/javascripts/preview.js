/* A link to a term of the glossary shows what the term means while one points at it or has
   moved to it with the keyboard; Escape puts it away. The words are at the end of the page. */
(() => {
  "use strict"

  const delay = 250
  const away = 200
  const edge = 12

  const terms = document.getElementById("terms")
  if (!terms) return

  const preview = document.createElement("div")
  preview.id = "preview"
  preview.className = "preview md-typeset"
  preview.setAttribute("role", "tooltip")
  preview.hidden = true
  document.body.append(preview)

  let link = null
  let timer = 0

  const later = (action, milliseconds) => {
    clearTimeout(timer)
    timer = setTimeout(action, milliseconds)
  }

  function meaning(anchor) {
    const term = decodeURIComponent(new URL(anchor.href).hash.slice(1))
    return terms.content.querySelector(`[data-term="${CSS.escape(term)}"]`)
  }

  function place() {
    const at = link.getClientRects()[0]
    const width = document.documentElement.clientWidth
    const left = Math.min(at.left, width - preview.offsetWidth - edge)
    const below = at.bottom + preview.offsetHeight + edge < window.innerHeight
    preview.style.left = `${Math.max(edge, left)}px`
    preview.style.top = `${below ? at.bottom + 4 : at.top - preview.offsetHeight - 4}px`
  }

  function show(anchor) {
    const found = meaning(anchor)
    if (!found) return
    hide()
    link = anchor
    preview.replaceChildren(...found.cloneNode(true).childNodes)
    preview.hidden = false
    link.setAttribute("aria-describedby", preview.id)
    place()
  }

  function hide() {
    clearTimeout(timer)
    link?.removeAttribute("aria-describedby")
    link = null
    preview.hidden = true
  }

  const selector = '.md-content a[href*="/glossary/"][href*="#"]'
  for (const anchor of document.querySelectorAll(selector)) {
    anchor.classList.add("term")
    anchor.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") later(() => show(anchor), delay)
    })
    anchor.addEventListener("pointerleave", () => later(hide, away))
    anchor.addEventListener("focus", () => anchor.matches(":focus-visible") && show(anchor))
    anchor.addEventListener("blur", hide)
  }
  preview.addEventListener("pointerenter", () => clearTimeout(timer))
  preview.addEventListener("pointerleave", () => later(hide, away))
  // It stays with its link while that is on the screen.
  function follow() {
    if (!link) return
    const { bottom, top } = link.getBoundingClientRect()
    if (bottom < 0 || top > window.innerHeight) hide()
    else place()
  }
  window.addEventListener("scroll", follow, { passive: true })
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || preview.hidden) return
    event.stopPropagation()
    hide()
  })
})()
