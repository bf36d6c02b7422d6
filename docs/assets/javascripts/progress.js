/* Which pages have been read is remembered in this browser, and nowhere else: a page
   counts once its end was on the screen. The sidebar and the page of a part tick it. */
(() => {
  "use strict"

  const { base } = JSON.parse(document.getElementById("__config").textContent)
  const root = new URL(base.replace(/\/?$/, "/"), location.href).pathname
  const store = `read ${root}` // sites of one host keep apart

  const nameOf = (path) => path.slice(root.length).replace(/index\.html$/, "")

  function remembered() {
    try {
      return new Set(JSON.parse(localStorage.getItem(store)))
    } catch {
      return new Set() // not allowed here, or not ours
    }
  }

  function remember(names) {
    try {
      localStorage.setItem(store, JSON.stringify([...names].sort()))
    } catch {
      /* then it holds for this page only */
    }
  }

  function tick(link, isRead) {
    link.classList.toggle("is-read", isRead)
    link.querySelector(".read-told")?.remove()
    if (!isRead) return
    const told = document.createElement("span")
    told.className = "read-told"
    told.textContent = " (read)"
    link.append(told)
  }

  // ---- the page of a part --------------------------------------------------------------
  const chapters = [...document.querySelectorAll(".chapters__link")]
  const told = document.querySelector(".progress__told")
  const forget = document.querySelector(".progress__forget")

  function count(names) {
    const read = chapters.filter((link) => names.has(nameOf(link.pathname))).length
    told.textContent = read ? `You have read ${read} of ${chapters.length}.` : ""
    forget.classList.toggle("is-offered", read > 0)
  }

  // the pages of the sidebar, not the sections of this page
  const listed = '.md-nav--primary a.md-nav__link:not([href*="#"]), .chapters__link'

  function show(names) {
    for (const link of document.querySelectorAll(listed)) tick(link, names.has(nameOf(link.pathname)))
    if (told) count(names)
  }

  forget?.addEventListener("click", () => {
    const names = remembered()
    chapters.forEach((link) => names.delete(nameOf(link.pathname)))
    remember(names)
    show(names)
    told.textContent = "Forgotten: no page of this part counts as read now."
    told.tabIndex = -1
    told.focus() // the button is gone
  })

  // ---- the end of a chapter ------------------------------------------------------------
  const mark = document.querySelector(".read-mark")
  const say = () => (mark.textContent = "You have read this page. Only this browser remembers it.")

  function watchEnd() {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      observer.disconnect()
      const names = remembered().add(nameOf(location.pathname))
      remember(names)
      show(names)
      say()
    })
    observer.observe(mark)
  }

  show(remembered())
  if (mark && remembered().has(nameOf(location.pathname))) say()
  else if (mark) watchEnd()
  addEventListener("storage", (event) => event.key === store && show(remembered()))
  addEventListener("pageshow", (event) => event.persisted && show(remembered()))
})()
