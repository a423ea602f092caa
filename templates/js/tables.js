// Search and sort for tables marked data-sortable. Plain tables without it. Nothing is stored, nothing is fetched.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0], rows = [...body.rows], heads = table.tHead.rows[0].cells;
  const key = (row, i) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim();
  const [thousands, decimal] = document.documentElement.lang === "id" ? [".", ","] : [",", "."];
  const number = text => /^[\d.,%\s-]+$/.test(text) ? Number(text.replaceAll(thousands, "").replace(/[\s%]/g, "").replace(decimal, ".")) : NaN;
  const compare = (a, b) => { const x = number(a), y = number(b); return isNaN(x) || isNaN(y) ? a.localeCompare(b, document.documentElement.lang, { numeric: true }) : x - y; };
  [...heads].forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((a, b) => (up ? 1 : -1) * compare(key(a, i), key(b, i)));
      body.append(...rows);
    });
  });
  const search = table.previousElementSibling?.querySelector?.("input[type=search]");
  const said = search?.closest(".tools").querySelector("output");
  search?.addEventListener("input", () => {
    const wanted = search.value.toLocaleLowerCase().split(/\s+/);
    for (const row of rows) row.hidden = !wanted.every(word => row.textContent.toLocaleLowerCase().includes(word));
    said.textContent = rows.every(row => row.hidden) ? said.dataset.none : "";
  });
}
// A table or chart wider than the screen scrolls; the keyboard must be able to reach it, and no other.
const reach = () => {
  for (const wide of document.querySelectorAll("table, figure")) {
    wide.removeAttribute("tabindex");
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
};
addEventListener("resize", reach);
reach();
