/* The words that were sought, marked in the section that was found, until Escape. The
   browser paints them over the text: nothing moves, and the address is that of the page. */
var Search = globalThis.Search ?? {}
Search.found = (() => {
  "use strict"

  const KEY = "found"
  const NAME = /[\p{L}\p{N}_]+/gu
  const HEADINGS = "h1, h2, h3, h4"
  // In a style sheet, it would cost every page a third more to style.
  const LOOK = `
    ::highlight(found) {
      background-color: var(--tint-strong);
      text-decoration: underline;
      text-underline-offset: 0.3em; /* names in code have an underscore */
    }
    @media print {
      ::highlight(found) { background-color: transparent; text-decoration: none; }
    }`

  /* For the page that a result leads to; where nothing can be kept, nothing is marked. */
  function keep(address, terms) {
    try { sessionStorage.setItem(KEY, JSON.stringify({ address, terms })) } catch { /* so be it */ }
  }

  function taken() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY))
      sessionStorage.removeItem(KEY)
      return kept?.address === location.href ? kept.terms : []
    } catch {
      return []
    }
  }

  /* Where the words are, from the heading that the address names to the next. */
  function* places(terms) {
    const article = document.querySelector("article")
    const heading = document.getElementById(location.hash.slice(1)) ?? article.querySelector("h1")
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    texts.currentNode = heading
    while (texts.nextNode()) {
      const text = texts.currentNode
      if ((text.parentElement.closest(HEADINGS) ?? heading) !== heading) return
      for (const { 0: name, index } of text.data.matchAll(NAME)) {
        if (!Search.words(name).some((word) => terms.includes(word))) continue
        const place = document.createRange()
        place.setStart(text, index)
        place.setEnd(text, index + name.length)
        yield place
      }
    }
  }

  function mark(terms) {
    if (!CSS.highlights.has(KEY)) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(LOOK)
      document.adoptedStyleSheets = [sheet]
    }
    CSS.highlights.set(KEY, new Highlight(...places(terms)))
  }

  function show() {
    const terms = taken()
    if (terms.length && CSS.highlights) mark(terms)
  }

  addEventListener("hashchange", show) // a result on the same page
  addEventListener("keydown", ({ key }) => key === "Escape" && CSS.highlights?.delete(KEY))
  return { keep, show }
})()
