// The queue by keys: j and k go down and up, Enter opens, / searches.
const links = () => [...document.querySelectorAll(".queue .what a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (event.key === "/") document.querySelector("#q").focus();
  else if (step) {
    const all = links(), at = all.indexOf(document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]?.focus();
  } else return;
  event.preventDefault();
});
