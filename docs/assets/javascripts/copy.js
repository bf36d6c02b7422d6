/* Copies a block of code, alone or with the earlier blocks that it needs: their numbers
   stand at the button. Material's dialog says so, and says it aloud. */
(() => {
  "use strict"

  const blocks = [...document.querySelectorAll("article .language-python")]

  const codeOf = (block) => block.querySelector("pre > code").textContent.trimEnd()

  // What is there to raise would end the program above the block that was asked for.
  function needed(block) {
    const code = codeOf(block)
    if (!block.classList.contains("raises")) return code
    const body = code.replace(/^(?=.)/gm, "    ")
    return `try:\n${body}\nexcept Exception as error:\n    print(error)`
  }

  function textOf(button) {
    const own = button.closest(".highlight")
    if (!button.dataset.blocks) return codeOf(own)
    const chosen = button.dataset.blocks.split(" ").map((number) => blocks[number])
    return chosen.map((block) => (block === own ? codeOf(block) : needed(block))).join("\n\n")
  }

  async function write(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text)
    const field = document.createElement("textarea") // a page without https has no clipboard
    field.value = text
    document.body.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    if (!done) throw new Error("not allowed")
  }

  async function copy(button) {
    const text = `${textOf(button)}\n`
    const lines = text.trimEnd().split("\n").length
    try {
      await write(text)
      say(lines === 1 ? "Copied 1 line" : `Copied ${lines} lines`)
    } catch {
      say("Your browser does not allow it: select the code and copy it")
    }
    button.focus()
  }

  const dialog = () => document.querySelector(".md-dialog__inner")
  const say = (words) => window.alert$?.next(words)

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy-bar button")
    if (button) copy(button)
  })
  window.addEventListener("DOMContentLoaded", () => dialog()?.setAttribute("role", "status"))
})()
