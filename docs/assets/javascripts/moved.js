/* A section that has gone to another page: its old address leads there. The links are at
   the end of the page, hidden, each with the anchor that the section had. */
(() => {
  "use strict"

  function follow() {
    const place = document.getElementById(location.hash.slice(1))
    if (place?.parentElement.matches(".moved")) location.replace(place.href)
  }

  addEventListener("hashchange", follow)
  addEventListener("DOMContentLoaded", follow) // folder.js has completed the links by then
})()
