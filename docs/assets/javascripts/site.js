/* What the pages need in the browser: regions that scroll and can be reached with
   the keyboard. No request leaves the site. */
(() => {
  "use strict"

  // ---- what scrolls sideways can be reached and has a name ------------------------------
  const scrollers = [
    [".md-typeset pre > code", "Code, scrolls sideways"],
    [".language-output pre > code", "Output, scrolls sideways"],
    [".katex-display", "Formula, scrolls sideways"],
    [".md-typeset__scrollwrap", "Table, scrolls sideways"],
    ["p:has(> .figure--wide)", "Figure, scrolls sideways"],
    [".tabbed-labels", "Tabs, scroll sideways"],
  ]

  function nameOf(element) {
    return scrollers.filter(([selector]) => element.matches(selector)).at(-1)[1]
  }

  function offer(element, scrolls) {
    const name = nameOf(element)
    if (scrolls) {
      element.tabIndex = 0
      element.setAttribute("role", "group")
      element.setAttribute("aria-label", name)
    } else if (element.getAttribute("aria-label") === name) {
      for (const attribute of ["tabindex", "role", "aria-label"]) element.removeAttribute(attribute)
    }
  }

  // First all that is read, then all that is written: else each is a layout of its own.
  const measure = (elements) =>
    elements
      .map((element) => [element, element.scrollWidth > element.clientWidth + 1])
      .forEach(([element, scrolls]) => offer(element, scrolls))
  const sizes = new ResizeObserver((entries) => measure(entries.map(({ target }) => target)))

  // Code that is far from the screen has no width yet.
  document.addEventListener(
    "contentvisibilityautostatechange",
    ({ target, skipped }) => skipped || requestAnimationFrame(() => measure([target])),
    { capture: true }
  )

  // ---- Material's header opens the drawer and the search with labels, which take no key ----
  function asButton(icon, name) {
    icon.setAttribute("tabindex", "0")
    icon.setAttribute("role", "button")
    icon.setAttribute("aria-label", name)
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      icon.parentElement.click()
    })
  }

  function start() {
    for (const [target, name] of [["__drawer", "Navigation"], ["__search", "Search"]]) {
      const icon = document.querySelector(`.md-header__button[for="${target}"] svg`)
      if (icon) asButton(icon, name)
    }
    document.querySelectorAll(".search-link").forEach((link) =>
      link.addEventListener("click", () => document.querySelector(".md-search__input").focus())
    )
    const selector = scrollers.map(([each]) => each).join(", ")
    document.querySelectorAll(selector).forEach((element) => sizes.observe(element))
  }

  // Material wraps tables and adds its buttons when its own document$ speaks; be later.
  if (window.document$) window.document$.subscribe(() => requestAnimationFrame(start))
  else window.addEventListener("DOMContentLoaded", start)
})()
