/* Which sections answer a query, the best first. */
Search.ranking = (() => {
  "use strict"

  const FIELDS = ["title", "page", "part", "terms", "text", "code", "output"]
  const BOOST = { title: 2, page: 2, part: 0.5, terms: 2, text: 1, code: 0.6, output: 1 }
  const TRANSLATED = 0.8 // what was asked counts for more than what it may mean

  /* Only a word that stands nowhere may be misspelt or, at the end, unfinished. */
  const options = (vocabulary) => ({
    fields: FIELDS,
    tokenize: Search.words,
    processTerm: (word) => vocabulary.add(word) && word,
    searchOptions: {
      boost: BOOST,
      processTerm: (word) => word,
      fuzzy: (word) => word.length > 4 && !vocabulary.has(word) && 0.25,
      maxFuzzy: 2,
      prefix: (word, place, words) => place === words.length - 1 && !vocabulary.has(word),
      weights: { fuzzy: 0.3, prefix: 0.35 },
    },
  })

  /* Where one of these lists of words stands in the other, as a run; -1 if nowhere. */
  function place(words, run) {
    return words.findIndex((_, start) => run.every((word, i) => words[start + i] === word))
  }

  function ranking({ pages, sections, synonyms }) {
    const vocabulary = new Set()
    const index = new MiniSearch(options(vocabulary))
    const documents = sections.map(([page, , title, , terms, text, code, output], id) => ({
      id, title, page: pages[page][1], part: pages[page][2], terms, text, code, output,
    }))
    index.addAll(documents)

    const others = Object.entries(synonyms).flatMap(([term, names]) =>
      names.map((name) => [Search.words(name), Search.words(term)])
    )

    /* The query, and what it is in the words of the site. */
    function variants(words) {
      const found = [words]
      for (const [name, term] of others) {
        const start = place(words, name)
        if (start < 0) continue
        found.push([...words.slice(0, start), ...term, ...words.slice(start + name.length)])
      }
      return found
    }

    function search(words) {
      const distinct = new Set(words).size
      const hits = index.search(words.join(" "), { tokenize: () => words })
      for (const hit of hits) {
        const share = new Set(hit.queryTerms).size / distinct
        hit.score *= share ** 2 * sections[hit.id][3]
      }
      return hits
    }

    /* The ids of sections with scores and the words that were found there. */
    return (query) => {
      const best = new Map()
      for (const [number, words] of variants(Search.words(query)).entries()) {
        for (const { id, terms, ...hit } of search(words)) {
          const score = hit.score * (number ? TRANSLATED : 1)
          if (!best.has(id) || best.get(id).score < score) best.set(id, { id, score, terms })
        }
      }
      return [...best.values()].sort((one, other) => other.score - one.score || one.id - other.id)
    }
  }

  return ranking
})()
