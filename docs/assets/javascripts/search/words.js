/* How the search reads: a text becomes words without their endings. */
var Search = globalThis.Search ?? {}
Search.words = (() => {
  "use strict"

  // Not "too": it tells a rate that is too high from one that is higher than another.
  const IDLE = new Set(
    `a about all an and any are as at be because been but by can did do does for from get got
    had has have how i if in into is it its just me my no not of on or our out please shall
    should so some such than that the their them then there these they this to up us use
    versus very vs was we what when where which while who why will with would you your`.split(/\s+/)
  )
  const WORD = /[\p{L}\p{N}_]+/gu
  const CAMEL = /(?<=\p{Ll})(?=\p{Lu})|_/u

  function stem(word) {
    if (word.length < 4 || /[_\d]/.test(word)) return word
    const one = word.replace(/(?:(ss|us|is)|s)$/, "$1")
    if (one.length < 5) return one
    return one
      .replace(/i[sz]ations?$/, "is")
      .replace(/^(..+?[aeiouy].*?|.*[aeiouy].*..)(?:ing|ed)$/, "$1")
      .replace(/ie$|y$/, "i")
      .replace(/iz(e?)$/, "is$1")
      .replace(/our$/, "or")
      .replace(/e$/, "")
      .replace(/([^aeiou])\1$/, "$1")
  }

  /* The parts of a name are words as well: requires_grad, DataLoader. */
  function parts(name) {
    const pieces = name.split(CAMEL).filter((piece) => piece.length > 1)
    return pieces.length > 1 ? [name, ...pieces] : [name]
  }

  const isWord = (word) => !/^\d/.test(word) || /^\dd$/.test(word)

  function words(text) {
    const plain = text
      .normalize("NFKC")
      .replace(/\b(\d)-([Dd])\b/g, "$1$2")
      .replace(/(\p{L})['’](t|s|re|ve|ll|d)\b/gu, "$1$2")
    const found = []
    for (const [name] of plain.matchAll(WORD)) {
      for (const part of parts(name)) {
        const word = part.toLowerCase()
        if (isWord(word) && !IDLE.has(word)) found.push(stem(word))
      }
    }
    return found
  }

  return words
})()
