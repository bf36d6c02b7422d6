/* The sentence, or the line of code or output, that shows why a section was found. */
Search.excerpt = (() => {
  "use strict"

  const LONGEST = 170
  const SENTENCES = /(?<=[.?!:;])\s+(?=[\p{Lu}"“(])|\n/u
  const NAME = /[\p{L}\p{N}_]+/gu

  /* A text as a list of [words, whether they were sought]. */
  function marked(text, sought) {
    const runs = []
    let end = 0
    for (const match of text.matchAll(NAME)) {
      if (!Search.words(match[0]).some((word) => sought.has(word))) continue
      if (match.index > end) runs.push([text.slice(end, match.index), false])
      runs.push([match[0], true])
      end = match.index + match[0].length
    }
    if (end < text.length) runs.push([text.slice(end), false])
    return runs
  }

  /* Not more than fits, with the first word that was sought. */
  function shortened(text, sought) {
    if (text.length <= LONGEST) return text
    const first = [...text.matchAll(NAME)].find(([name]) =>
      Search.words(name).some((word) => sought.has(word))
    )
    const from = Math.max(0, Math.min((first?.index ?? 0) - 50, text.length - LONGEST))
    const start = from ? text.indexOf(" ", from) + 1 : 0
    const cut = text.slice(start, start + LONGEST)
    const whole = start + LONGEST < text.length ? cut.replace(/\s+\S*$/, "") + " …" : cut
    return start ? `… ${whole}` : whole
  }

  function count(text, sought) {
    return new Set(Search.words(text).filter((word) => sought.has(word))).size
  }

  function excerpt([, , , , , text, code, output], terms) {
    const sought = new Set(terms)
    const sentences = text.split(SENTENCES).map((line) => [line, false])
    const lines = `${output}\n${code}`.split("\n").map((line) => [line, true])
    let [best, isCode] = sentences.find(([line]) => line.length > 20) ?? lines[0]
    let most = 0
    for (const [line, isLine] of [...sentences, ...lines]) {
      const found = count(line, sought) - (isLine ? 1 : 0) // a sentence says more
      if (found > most) [best, isCode, most] = [line, isLine, found]
    }
    return { isCode, runs: marked(shortened(best, sought), sought) }
  }

  return { excerpt, marked }
})()
