/* No page at this address: which were meant? Those whose words are most like the words of
   the path. The list of pages is the navigation, which is there anyway. */
(() => {
  "use strict"

  const ENOUGH = 0.45
  const wordsOf = (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

  const pairsOf = (word) => {
    const framed = `^${word}$`
    return [...framed].slice(1).map((letter, place) => framed[place] + letter)
  }

  // The share of pairs of letters that two words have in common (Sørensen and Dice).
  function likeness(one, two) {
    const left = pairsOf(two)
    const shared = pairsOf(one).filter((pair) => {
      const place = left.indexOf(pair)
      if (place >= 0) left.splice(place, 1)
      return place >= 0
    })
    return (2 * shared.length) / (one.length + two.length + 2)
  }

  // The mean over the words of the path; the last part of it says most.
  function score(path, words) {
    const parts = path.split("/").map(wordsOf).filter((part) => part.length)
    let sum = 0
    let weights = 0
    parts.forEach((part, place) => {
      const weight = place === parts.length - 1 ? 3 : 0.5
      for (const word of part) {
        sum += weight * Math.max(...words.map((known) => likeness(word, known)))
        weights += weight
      }
    })
    return weights ? sum / weights : 0
  }

  function guesses(path, pages) {
    return pages
      .map((page) => ({ ...page, score: score(path, page.words) }))
      .filter((page) => page.score >= ENOUGH)
      .sort((one, two) => two.score - one.score)
      .slice(0, 3)
  }

  const { base } = JSON.parse(document.getElementById("__config").textContent)
  const root = new URL(base.replace(/\/?$/, "/"), location.href).pathname
  const within = (path) => decodeURI(path.startsWith(root) ? path.slice(root.length) : path)
  const pages = [...document.querySelectorAll(".md-nav--primary .md-nav__list a.md-nav__link")].map((link) => {
    const title = link.querySelector(".md-ellipsis").textContent
    return { url: link.href, title, words: wordsOf(`${within(link.pathname)} ${title}`) }
  })
  const asked = within(location.pathname).replace(/(\/|^)index(?=\.html?$)|\.(html?|md|ipynb|py)$/g, "")
  const found = guesses(asked, pages.filter((page) => page.words.length))
  const place = document.querySelector(".guesses")
  if (!place || !found.length) return

  for (const { url, title } of found) {
    const item = document.createElement("li")
    const link = document.createElement("a")
    link.href = url
    link.textContent = title
    item.append(link)
    place.querySelector("ul").append(item)
  }
  place.hidden = false
})()
