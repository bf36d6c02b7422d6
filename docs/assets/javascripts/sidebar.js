/* The arrows that unfold a part are buttons: they say whether it is open, and the space
   bar works as well. (Enter does already, in Material.) */
document.querySelectorAll('.md-nav__link[role="button"]').forEach((label) => {
  label.control.addEventListener("change", () =>
    label.setAttribute("aria-expanded", label.control.checked)
  )
  label.addEventListener("keydown", (event) => {
    if (event.key !== " ") return
    event.preventDefault()
    label.click()
  })
})
