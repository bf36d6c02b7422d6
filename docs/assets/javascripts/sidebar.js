/* What unfolds a part is a label, for the mouse. With scripts it is a button, which takes
   the keyboard and says whether the part is open. */
document.querySelectorAll(".md-nav__item--nested > .md-nav__toggle").forEach((toggle) => {
  const label = toggle.parentElement.querySelector(`label.md-nav__link[for="${toggle.id}"]`)
  if (!label) return
  const button = document.createElement("button")
  button.type = "button"
  button.className = label.className
  if (label.dataset.name) button.setAttribute("aria-label", label.dataset.name)
  button.append(...label.childNodes)
  const tell = () => button.setAttribute("aria-expanded", toggle.checked)
  button.addEventListener("click", () => toggle.click())
  toggle.addEventListener("change", tell)
  tell()
  label.replaceWith(button)
})
