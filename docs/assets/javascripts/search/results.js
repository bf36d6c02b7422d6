/* The results as a list box below the field: sections under the pages they are in. */
Search.results = (box, find) => {
  "use strict"

  const input = box.querySelector("[role=combobox]")
  const list = box.querySelector("[role=listbox]")
  const status = box.querySelector("[role=status]")
  const base = box.dataset.base.replace(/\/$/, "")
  let active = -1

  function element(tag, className, ...content) {
    const made = document.createElement(tag)
    made.className = className
    made.append(...content)
    return made
  }

  function marks(runs) {
    return runs.map(([text, sought]) => (sought ? element("mark", "", text) : text))
  }

  function option({ address, title, terms, isCode, runs }) {
    const name = element("span", "search-title", ...marks(Search.excerpt.marked(title, new Set(terms))))
    const text = element(isCode ? "code" : "span", "search-excerpt", ...marks(runs))
    const link = element("a", "md-search-result__link search-option", name, text)
    link.href = `${base}/${address}`
    link.tabIndex = -1
    link.setAttribute("role", "option")
    link.setAttribute("aria-selected", "false")
    link.addEventListener("click", () => Search.found.keep(link.href, terms))
    return link
  }

  function group({ title, part, sections }, number) {
    const name = element("div", "search-page", part ? `${part} › ${title}` : title)
    name.id = `search-page-${number}`
    const made = element("div", "md-search-result__item", name, ...sections.map(option))
    made.setAttribute("role", "group")
    made.setAttribute("aria-labelledby", name.id)
    return made
  }

  const options = () => [...list.querySelectorAll("[role=option]")]

  function select(next) {
    const all = options()
    all[active]?.setAttribute("aria-selected", "false")
    active = next
    const chosen = all[active]
    if (!chosen) return input.removeAttribute("aria-activedescendant")
    chosen.setAttribute("aria-selected", "true")
    chosen.scrollIntoView({ block: "nearest" })
    input.setAttribute("aria-activedescendant", chosen.id)
  }

  function fill(groups) {
    list.replaceChildren(...groups.map(group))
    options().forEach((each, number) => (each.id = `search-option-${number}`))
    list.hidden = !groups.length
    list.closest(".md-search__scrollwrap").scrollTop = 0
    input.setAttribute("aria-expanded", groups.length > 0)
    select(-1)
  }

  const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`

  return {
    show(query) {
      const groups = find(query)
      fill(groups)
      const found = `${counted(options().length, "section")} on ${counted(groups.length, "page")}`
      status.textContent = groups.length ? found : "Nothing found; try fewer or other words"
    },
    clear: () => fill([]),
    move(step) {
      const count = options().length
      if (count) select(active < 0 && step < 0 ? count - 1 : (active + step + count) % count)
    },
    follow: () => options()[Math.max(active, 0)]?.click(),
  }
}
