"use strict";
// What a page can do beyond its links and forms: names as they are typed, light or dark, and its address to copy.
(() => {
  const root = document.documentElement;
  const kept = (() => { try { return localStorage.getItem("kg-theme"); } catch { return null; } })();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;

  const theme = document.getElementById("theme");
  if (theme) {
    theme.hidden = false;
    theme.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("kg-theme", root.dataset.theme); } catch { /* not kept, then */ }
    });
  }

  const copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy link"; }, 1500);
    });
  }

  const field = document.getElementById("q");
  const list = document.getElementById("hits");
  if (!field || !list) return;
  let asked = 0, chosen = -1, waiting = 0;

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    const item = list.children[place];
    if (item) { field.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    else field.removeAttribute("aria-activedescendant");
  };
  const close = () => { ++asked; list.hidden = true; list.replaceChildren(); field.setAttribute("aria-expanded", "false"); choose(-1); };
  const show = (hits) => {
    list.replaceChildren(...hits.map((hit, index) => {
      const item = document.createElement("li");
      item.id = `hit-${index}`;
      item.setAttribute("role", "option");
      item.dataset.address = hit.address;
      item.textContent = hit.words;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(hit.address); });
      return item;
    }));
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    choose(-1);
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!field.value.trim()) { close(); return; }
    const number = ++asked;
    waiting = setTimeout(async () => {
      try {
        const answer = await fetch(`/names?${new URLSearchParams(new FormData(field.form))}`);
        if (answer.ok && number === asked) show(await answer.json());
      } catch { if (number === asked) close(); }
    }, 80);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count) { event.preventDefault(); choose((chosen + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); choose((chosen + count - 1) % count); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.address); }
  });
  field.addEventListener("blur", close);
})();
