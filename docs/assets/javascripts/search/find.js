/* A query answered: pages, the best first, each with its best sections. */
Search.finder = (index) => {
  "use strict"

  const PAGES = 12
  const SECTIONS = 3 // of one page
  const NEAR = 0.75 // as good as the best of the page, almost
  const rank = Search.ranking(index)

  function section({ id, terms }) {
    const [page, anchor, title] = index.sections[id]
    const address = index.pages[page][0] + (anchor && `#${anchor}`)
    return { address, title, terms, ...Search.excerpt.excerpt(index.sections[id], terms) }
  }

  return (query) => {
    const groups = new Map()
    for (const hit of rank(query)) {
      const page = index.sections[hit.id][0]
      const group = groups.get(page) ?? groups.set(page, []).get(page)
      if (group.length < SECTIONS && hit.score >= NEAR * (group[0]?.score ?? 0)) group.push(hit)
    }
    return [...groups].slice(0, PAGES).map(([page, hits]) => {
      const [, title, part] = index.pages[page]
      return { title, part, sections: hits.map(section) }
    })
  }
}
