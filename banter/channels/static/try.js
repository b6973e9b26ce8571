// The page on which a person tries the widget: each button makes the chat anew with another attribute.
(() => {
  const wish = {};
  const online = { fetch: window.fetch };

  function anew() {
    const old = document.querySelector("banter-chat");
    const chat = document.createElement("banter-chat");
    for (const name of ["theme", "lang", "consent"]) if (wish[name]) chat.dataset[name] = wish[name];
    document.documentElement.dir = wish.dir || "ltr";
    const opened = old?.opened;
    old?.remove();
    document.body.append(chat);
    if (opened) chat.open();
  }

  // as good as a pulled cable: nothing leaves the page, and the browser says so
  function net(off) {
    Object.defineProperty(navigator, "onLine", { configurable: true, get: () => !off });
    window.fetch = off ? () => Promise.reject(new TypeError("offline")) : online.fetch;
    window.dispatchEvent(new Event(off ? "offline" : "online"));
  }

  function forget() {
    for (const store of [localStorage, sessionStorage]) for (const key of Object.keys(store)) if (key.startsWith("banter:")) store.removeItem(key);
    location.reload();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("fieldset button");
    if (!button) return;
    const set = button.closest("fieldset");
    if ("does" in set.dataset) return button.value === "open" ? document.querySelector("banter-chat").open() : forget();
    for (const other of set.querySelectorAll("button")) other.setAttribute("aria-pressed", other === button);
    wish[set.dataset.sets] = button.value;
    if (set.dataset.sets === "net") net(button.value === "off");
    else anew();
  });
})();
