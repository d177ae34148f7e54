// Pages work without this: it lights the parts of one relation together, and lets "/" lead to the search box.
"use strict";

(() => {
  let lit = [];

  const numbersOf = (element) => (element.dataset.quotes || "").split(" ").filter(Boolean);

  const light = (number) => {
    lit.forEach((element) => element.classList.remove("lit"));
    lit = number ? [...document.querySelectorAll(`[data-quotes~="${CSS.escape(number)}"]`)] : [];
    lit.forEach((element) => element.classList.add("lit"));
  };

  const show = (event) => {
    const part = event.target instanceof Element && event.target.closest("[data-quotes]");
    const numbers = part ? numbersOf(part) : [];
    light(numbers[numbers.length - 1]);
  };

  if (document.querySelector("[data-quotes]")) {
    document.addEventListener("pointerover", show);
    document.addEventListener("focusin", show);
  }

  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("#q");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !box) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
