/* A figure at full size: its link opens it above the page; Escape or a click ends that.
   Without this script the link leads to the picture. */
(() => {
  "use strict"

  function view(shown) {
    const dialog = document.createElement("dialog")
    dialog.className = "figure-view"
    dialog.setAttribute("aria-label", "Figure at full size")
    const close = document.createElement("button")
    close.type = "button"
    close.textContent = "Close"
    const picture = new Image(shown.getAttribute("width"), shown.getAttribute("height"))
    picture.src = shown.src.replace(/#.*$/, "")
    picture.alt = shown.alt
    dialog.append(close, picture)
    dialog.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  }

  // On paper all of them are seen at once, and the light ones whatever the scheme.
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".figure img[loading]").forEach((image) => (image.loading = "eager"))
  })

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    const shown = [...link.querySelectorAll("img")].find((image) => image.offsetParent)
    if (!shown) return
    event.preventDefault()
    view(shown)
  })
})()
