/* Figures that readers move. The page has a place for each; when one comes near the
   screen, its scripts are fetched from the site itself: D3, the formulas, the stage, the
   figure, and `explore.js` beside the page, which the build has written from its run. */
window.explorables = (() => {
  "use strict"

  const assets = new URL("../", document.currentScript.src)
  const SHARED = ["d3/d3.min.js", "explorables/formulas.js", "explorables/stage.js"]
  const figures = {}
  const states = {}
  const fetched = new Map()

  function load(url) {
    if (!fetched.has(url.href)) {
      fetched.set(url.href, new Promise((done, failed) => {
        const script = document.createElement("script")
        script.src = url.href
        script.onload = done
        script.onerror = () => failed(new Error(url.pathname))
        document.head.append(script)
      }))
    }
    return fetched.get(url.href)
  }

  async function mount(place) {
    const name = place.dataset.figure
    try {
      const page = new URL("explore.js", location.href.replace(/[?#].*$/, ""))
      const shared = SHARED.map((each) => load(new URL(each, assets)))
      await Promise.all([...shared, load(page)])
      await load(new URL(`explorables/${name}.js`, assets))
      place.replaceChildren()
      figures[name](place, structuredClone(states[name]))
      place.dataset.state = "ready"
    } catch (error) {
      place.textContent = "This figure cannot be moved here, because a part of it did not arrive. The page is complete without it."
      place.dataset.state = "failed"
      console.error(error)
    }
  }

  const near = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
      near.unobserve(target)
      mount(target)
    }),
    { rootMargin: "700px 0px" }
  )
  document.querySelectorAll(".explore").forEach((place) => near.observe(place))

  return { figures, give: (given) => Object.assign(states, given) }
})()
