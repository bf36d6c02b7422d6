/* Opened from a folder, without a server: a link to a page needs the page's file name,
   also the <link> that the keys "n" and "p" follow. */
if (location.protocol === "file:") {
  const complete = () =>
    document.querySelectorAll("a[href], link[href]").forEach((link) => {
      const [, path, rest] = link.href.match(/^([^?#]*)(.*)$/)
      if (path.startsWith("file:") && path.endsWith("/")) link.href = `${path}index.html${rest}`
    })
  addEventListener("DOMContentLoaded", () => {
    complete()
    new MutationObserver(complete).observe(document.body, { childList: true, subtree: true })
  })
}
