// Banter's chat widget. docs/widget.md says how to use and theme it, and why it is as it is.
// Whatever comes from outside becomes text nodes, never HTML.
(() => {
  if (customElements.get("banter-chat")) return;

  const LIMIT = 2000; // code points, as the server counts

  const WORDS = {
    title: "Chat with us",
    subtitle: "Automated assistant",
    field: "Your message",
    placeholder: "Write a message…",
    send: "Send message",
    close: "Close chat",
    log: "Messages",
    conversation: "Conversation",
    replies: "Suggested answers",
    said: { visitor: "You said: ", bot: "Assistant said: ", rep: "A person from the team said: " },
    person: "From the team",
    waiting: "Waiting to send",
    failed: "Not sent",
    again: "Try now",
    unread: "unread messages: ",
    choices: "Suggested answers below: ",
    left: "Characters left: ",
    over: "Your message is too long. Please shorten it, or send it in two. Characters over the limit: ",
    offline: "You are offline. What you write is kept, and sent when you are back.",
    away: "We cannot reach the chat just now. What you write is kept, and we keep trying.",
    many: "That was a lot at once. What you write is kept, and sent in a moment.",
    refused: "That message could not be sent. You can change it and try again.",
    divider: "New conversation",
    gone: "The earlier conversation has ended, so we started a new one.",
    kept: " What you wrote is still in the box below.",
  };

  const LIGHT = `color-scheme: light; --accent: #1f5f4a; --on-accent: #fff; --head: var(--accent); --on-head: var(--on-accent); --paper: #fbfaf7; --ink: #1d2421; --muted: #5a645e; --bubble: #eeebe3;
--line: #dedad0; --field: #fff; --note: #fdf1d6; --on-note: #5f4300; --wrong: #a3231b;`;
  const DARK = `color-scheme: dark; --accent: #8fd3b6; --on-accent: #0d1f18; --head: #1d3229; --on-head: #eef1ed; --paper: #151a18; --ink: #e8ebe7; --muted: #a4afa9; --bubble: #252d2a;
--line: #343d39; --field: #1d2421; --note: #372d15; --on-note: #f2d9a0; --wrong: #ffb4ab;`;

  const CSS_TEXT = `
:host { all: initial; position: fixed; z-index: 2147483000; --font: system-ui, sans-serif; --gap: 20px; --round: 18px; ${LIGHT} }
@media (prefers-color-scheme: dark) { :host(:not([data-theme=light])) { ${DARK} } }
:host([data-theme=dark]) { ${DARK} }
* { box-sizing: border-box; font: inherit; color: inherit; letter-spacing: inherit }
[hidden] { display: none !important }
:is(.sr, .bot:has(+ .bot) .meta, .visitor:not([data-state]):has(+ .visitor) .meta) { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block }
button { border: 0; background: none; padding: 0; cursor: pointer }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
textarea:focus-visible { outline: 0 }
.launcher, dialog { font: 400 15px/1.5 var(--font); color: var(--ink) }
.launcher { position: fixed; inset-block-end: calc(var(--gap) + env(safe-area-inset-bottom)); inset-inline-end: calc(var(--gap) + env(safe-area-inset-right));
  display: flex; align-items: center; gap: 10px; min-block-size: 52px; padding: 0 20px 0 16px; border: 1px solid transparent; border-radius: 26px; background: var(--accent); color: var(--on-accent); font-weight: 600;
  box-shadow: 0 8px 24px -6px rgb(20 30 25 / .35) }
.badge { position: absolute; inset-block-start: -5px; inset-inline-end: -3px; min-inline-size: 22px; block-size: 22px; padding: 0 6px; border-radius: 11px; background: #b3261e; color: #fff; font-size: 12px; font-weight: 600; line-height: 22px; text-align: center }
dialog { position: fixed; inset: auto; inset-block-end: var(--gap); inset-inline-end: var(--gap); margin: 0; padding: 0; border: 1px solid var(--line); inline-size: 400px; block-size: min(680px, 100dvh - 2 * var(--gap));
  max-inline-size: none; max-block-size: none; overflow: hidden; background: var(--paper); border-radius: var(--round); box-shadow: 0 24px 60px -12px rgb(20 30 25 / .35) }
dialog[open] { display: flex; flex-direction: column }
.head { display: flex; align-items: center; gap: 12px; flex: none; padding: 14px 12px 14px 18px; background: var(--head); color: var(--on-head) }
.head > div { flex: 1; min-inline-size: 0 }
.mark { display: grid; place-items: center; inline-size: 38px; block-size: 38px; flex: none; border-radius: 50%; background: rgb(255 255 255 / .16) }
h2 { margin: 0; font-size: 16px; font-weight: 600; line-height: 1.3; outline: 0; overflow-wrap: anywhere }
.head p { margin: 0; font-size: 13px; line-height: 1.35 }
.close { display: grid; place-items: center; inline-size: 44px; block-size: 44px; flex: none; border-radius: 12px }
.close:focus-visible, .note :focus-visible { outline-color: currentColor }
.scroll { flex: 1; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 20px 16px 14px; scrollbar-width: thin; scrollbar-color: var(--line) transparent }
.log { display: flex; flex-direction: column; align-items: flex-start }
.msg { max-inline-size: 86%; margin-block-end: 14px; position: relative }
.visitor { align-self: flex-end; text-align: end }
.text { display: inline-block; padding: 9px 14px; text-align: start; white-space: pre-wrap; overflow-wrap: anywhere; overflow: clip; border: 1px solid transparent; border-radius: 17px; border-end-start-radius: 5px; background: var(--bubble) }
.visitor .text { border-end-start-radius: 17px; border-end-end-radius: 5px; background: var(--accent); color: var(--on-accent) }
[data-state]:not([data-state=""]) .text { background: none; border: 1px dashed var(--accent); color: var(--ink) }
.rep .text { background: none; border-color: var(--accent) }
.text a { font-weight: 600 }
.meta { margin: 3px 6px 0; font-size: 12px; color: var(--muted) }
[data-state]:not([data-state=""])::after { content: attr(data-state); margin-inline-end: 6px; font-size: 12px; color: var(--muted) }
.bot:has(+ .bot), .visitor:has(+ .visitor) { margin-block-end: 5px }
.divider { align-self: stretch; margin: 6px 0 18px; padding-block-start: 8px; border-block-start: 1px solid var(--line); text-align: center; font-size: 12px; color: var(--muted) }
.typing { display: inline-flex; gap: 5px; padding: 13px 15px; margin-block-end: 12px; border-radius: 17px; border-end-start-radius: 5px; background: var(--bubble) }
.typing i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--muted) }
.replies { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 8px }
.replies button { min-block-size: 44px; padding: 8px 16px; border: 1px solid var(--accent); border-radius: 22px; background: var(--field); color: var(--accent); font-weight: 600; line-height: 1.3; text-align: start; overflow-wrap: anywhere }
.list { flex-direction: column; gap: 0; border: 1px solid var(--line); border-radius: 14px; overflow: hidden; background: var(--field) }
.list button { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-block-size: 46px; border: 0; border-radius: 0; color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums }
.list button + button { border-block-start: 1px solid var(--line) }
.list button::after { content: "›" / ""; font-size: 22px; line-height: 1; color: var(--accent) }
.list button:focus-visible, .scroll:focus-visible { outline-offset: -3px; border-radius: 12px }
.note { display: flex; align-items: center; gap: 10px; flex: none; padding: 9px 16px; background: var(--note); color: var(--on-note); font-size: 13px }
.note span { flex: 1 }
.note button { flex: none; min-block-size: 32px; padding: 0 12px; border: 1px solid; border-radius: 16px; font-weight: 600 }
form { flex: none; margin: 0; padding: 12px 12px calc(12px + env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line) }
.box { display: flex; align-items: flex-end; gap: 6px; padding: 4px; border: 1px solid var(--muted); border-radius: 24px; background: var(--field) }
.box:focus-within { outline: 2px solid var(--accent); outline-offset: 1px }
textarea { flex: 1; min-inline-size: 0; min-block-size: 36px; max-block-size: 132px; margin: 0; padding: 6px 4px 6px 12px; border: 0; resize: none; background: none; font-size: 16px; line-height: 24px }
::placeholder { color: var(--muted); opacity: 1 }
.send { display: grid; place-items: center; inline-size: 36px; block-size: 36px; flex: none; border-radius: 50%; background: var(--accent); color: var(--on-accent) }
.send[aria-disabled=true] { background: var(--bubble); color: var(--muted); cursor: default }
.count { margin: 6px 14px 0; font-size: 12px; color: var(--muted); text-align: end }
.over { color: var(--wrong) }
@media (hover: hover) {
  .replies button:hover { background: var(--bubble) }
  .launcher:hover, .close:hover, .send:hover { filter: brightness(1.1) }
}
@media (max-width: 560px), (max-height: 420px) {
  dialog { inset: 0; inline-size: 100%; block-size: var(--seen, 100dvh); border: 0; border-radius: 0 }
  .head { padding-block-start: calc(10px + env(safe-area-inset-top)); padding-block-end: 10px }
  .head, .scroll, form, .note { padding-inline-start: max(16px, env(safe-area-inset-left)); padding-inline-end: max(12px, env(safe-area-inset-right)) }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise .22s ease-out }
  .new { animation: rise .2s ease-out }
  .typing i { animation: pulse 1.2s infinite ease-in-out }
  .typing i:nth-child(2) { animation-delay: .15s }
  .typing i:nth-child(3) { animation-delay: .3s }
  @keyframes rise { from { opacity: 0; translate: 0 10px } }
  @keyframes pulse { 40% { opacity: .5; translate: 0 -3px } }
}
`;

  const script = document.currentScript;
  const base = new URL(".", script?.src || document.baseURI).href;
  const sheetMode = matchMedia("(max-width: 560px), (max-height: 420px)");
  const touch = matchMedia("(pointer: coarse)");

  function el(tag, attributes = {}, ...children) {
    const svg = tag === "svg" || tag === "path";
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }
  const icon = (d) => el("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, el("path", { d }));
  const SPEECH = "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3.5 20.5l1.6-4.9A8.4 8.4 0 1 1 21 11.5z";

  // where storage is blocked or full, a plain object takes its place
  const storage = (name) => {
    try {
      return window[name] ?? {};
    } catch {
      return {};
    }
  };
  const stores = { local: storage("localStorage"), tab: storage("sessionStorage") };
  const full = (key) => `banter:${base}:${key}`;
  const read = (key, place = "local") => JSON.parse(stores[place][full(key)] ?? null);
  function write(key, value, place = "local") {
    const entry = { [full(key)]: JSON.stringify(value) };
    try {
      Object.assign(stores[place], entry);
    } catch {
      stores[place] = { ...stores[place], ...entry };
    }
  }
  // a key each: tabs that rewrite one list would lose each other's messages
  const queue = () =>
    Object.keys(stores.local)
      .filter((key) => key.startsWith(full("send")))
      .map((key) => JSON.parse(stores.local[key]))
      .sort((a, b) => (a.at < b.at ? -1 : 1));

  // one tab at a time; plain http has no locks, and then the message's id makes a repeat harmless
  const alone = (work) => (navigator.locks ? navigator.locks.request(full("work"), work) : work());

  const uuid = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-"); // http has no randomUUID

  const backoff = (failures) => Math.min(30, 2 ** failures) * (500 + Math.random() * 500); // ms

  // {status, retry: seconds, ...the JSON}
  async function call(method, path, token, body) {
    try {
      const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
      const response = await fetch(`${base}api/conversations${path}`, {
        method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(30000), credentials: "omit",
      });
      const retry = +response.headers.get("Retry-After") || 0;
      const answer = await response.json().catch(() => ({}));
      if (response.ok && !answer.messages) throw answer; // somebody else's page
      const { ok, status } = response;
      return { ...answer, ok, status, retry, gone: [401, 404].includes(status), again: status >= 500 || [408, 429].includes(status) };
    } catch {
      return { again: true, retry: 0 };
    }
  }

  function linked(text) {
    const parts = [];
    let done = 0;
    for (const match of text.matchAll(/\b(?:https?:\/\/|mailto:)[^\s<>"']+/gi)) {
      const word = match[0].replace(/[.,;:!?)\]}]+$/, "");
      parts.push(text.slice(done, match.index), el("a", { href: word, target: "_blank", rel: "noopener noreferrer" }, word.replace(/^mailto:/i, "")));
      done = match.index + word.length;
    }
    return [...parts, text.slice(done)];
  }

  const titleOf = (text, node) => node?.buttons?.find(({ value }) => value === text)?.title ?? text;

  function clock(at) {
    const day = at.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    return at.toLocaleString(undefined, { ...day, hour: "numeric", minute: "2-digit" });
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS_TEXT);

  class BanterChat extends HTMLElement {
    #shown = new Map(); // message id -> element: each appears once
    #mine = []; // {id, text, after, node} of what has no server id yet
    #divider = null;
    #unread = 0;
    #loads = 0;
    #drops = 0;
    #working = false;
    #wake = () => {};

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.badge = el("span", { class: "badge", "aria-hidden": "true", hidden: "" });
      this.label = el("span");
      this.launcher = el("button", { class: "launcher", type: "button", "aria-haspopup": "dialog" }, icon(SPEECH), this.label, this.badge);
      this.heading = el("h2", { id: "title", tabindex: "-1" });
      this.subtitle = el("p");
      const close = el("button", { class: "close", type: "button", "aria-label": WORDS.close }, icon("M6 6l12 12M18 6L6 18"));
      this.log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": WORDS.log });
      this.typing = el("div", { class: "typing", "aria-hidden": "true", hidden: "" }, el("i"), el("i"), el("i"));
      this.replies = el("div", { class: "replies", role: "group", "aria-label": WORDS.replies, hidden: "" });
      this.scroller = el("div", { class: "scroll", role: "group", "aria-label": WORDS.conversation, tabindex: "0" }, this.log, this.typing, this.replies);
      this.noteText = el("span", { role: "status" });
      this.again = el("button", { type: "button" }, WORDS.again);
      this.note = el("div", { class: "note" }, this.noteText, this.again);
      this.field = el("textarea", { id: "field", placeholder: WORDS.placeholder, enterkeyhint: "send", dir: "auto", "aria-describedby": "count" });
      this.count = el("p", { class: "count", id: "count", hidden: "" });
      this.sendButton = el("button", { class: "send", type: "submit", "aria-label": WORDS.send }, icon("M12 19V5M5 12l7-7 7 7"));
      const form = el("form", {}, el("label", { for: "field", class: "sr" }, WORDS.field), el("div", { class: "box" }, this.field, this.sendButton), this.count);
      const head = el("div", { class: "head" }, el("span", { class: "mark" }, icon(SPEECH)), el("div", {}, this.heading, this.subtitle), close);
      this.panel = el("dialog", { "aria-labelledby": "title", lang: "en" }, head, this.scroller, this.note, form);
      root.append(this.launcher, this.panel);

      this.launcher.addEventListener("click", () => this.open());
      close.addEventListener("click", () => this.close());
      this.panel.addEventListener("cancel", (event) => (event.preventDefault(), this.close()));
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing) (event.preventDefault(), this.close());
      });
      form.addEventListener("submit", (event) => (event.preventDefault(), this.#submit()));
      this.field.addEventListener("input", () => this.#measure());
      this.field.addEventListener("keydown", (event) => {
        // 229: that Enter belongs to the input method
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        this.#submit();
      });
      this.again.addEventListener("click", () => (this.field.focus(), this.#wake(), this.#work()));
    }

    connectedCallback() {
      this.label.textContent = this.heading.textContent = this.dataset.title || WORDS.title;
      this.subtitle.textContent = this.dataset.subtitle || WORDS.subtitle;
      this.life = new AbortController();
      const on = (target, type, act) => target.addEventListener(type, act, { signal: this.life.signal });
      on(window, "storage", (event) => this.#elsewhere(event));
      on(window, "online", () => (this.#say(""), this.#wake(), this.#work(), this.#load()));
      on(window, "offline", () => this.#say(""));
      // six connections for all tabs: only the visible one streams
      on(document, "visibilitychange", () => (document.hidden ? this.#hangUp() : this.#load()));
      on(document, "click", (event) => {
        if (!event.target.closest?.("[data-banter-open]")) return;
        event.preventDefault();
        this.open();
      });
      on(sheetMode, "change", () => this.opened && (this.panel.close(), this.#present()));
      // what the on-screen keyboard leaves; zooming is none
      on(visualViewport, "resize", () => {
        this.panel.style.setProperty("--seen", `${visualViewport.height * visualViewport.scale}px`);
        this.#toEnd();
      });
      this.field.value = read("draft", "tab") || "";
      this.#measure();
      this.#badge();
      this.#say("");
      on(window, "pointermove", () => this.#back());
      on(window, "keydown", () => this.#back());
      this.#drawQueue();
      if (this.dataset.resume) return this.#adopt();
      this.#load();
      if (!sheetMode.matches && (this.dataset.open === "true" || read("open", "tab"))) this.open(false);
      else if (queue().length) this.#work();
    }

    disconnectedCallback() {
      this.life.abort();
      this.#hangUp();
      this.#wake();
    }

    get #last() {
      return [...this.log.children].reverse().find((node) => node.message)?.message ?? null;
    }

    get opened() {
      return this.panel.hasAttribute("open");
    }

    open(byVisitor = true) {
      if (!this.opened) {
        this.#present();
        this.launcher.hidden = true;
        write("open", true, "tab");
        this.#unread = 0;
        this.#badge();
        write("seen", this.#last);
        this.#measure();
        this.#toEnd(true);
        this.#work();
        if (byVisitor) this.#back();
      }
      // on touch, a keyboard would jump up over the greeting
      if (byVisitor) (touch.matches ? this.heading : this.field).focus({ preventScroll: true });
    }

    close() {
      if (!this.opened) return;
      this.panel.close();
      this.launcher.hidden = false;
      write("open", false, "tab");
      this.launcher.focus({ preventScroll: true });
    }

    #present() {
      // the attribute moves no focus
      if (sheetMode.matches) this.panel.showModal();
      else this.panel.setAttribute("open", "");
    }

    #measure() {
      const left = LIMIT - [...this.field.value].length;
      write("draft", this.field.value, "tab");
      this.count.hidden = left > 200;
      this.count.textContent = left < 0 ? WORDS.over + -left : WORDS.left + left;
      this.count.classList.toggle("over", left < 0);
      this.field.setAttribute("aria-invalid", left < 0);
      this.sendButton.setAttribute("aria-disabled", left < 0 || !this.field.value.trim());
      this.field.style.height = 0;
      this.field.style.height = `${this.field.scrollHeight}px`;
    }

    #submit() {
      const text = this.field.value.trim();
      this.field.focus();
      if (!text) return;
      // maxlength would cut a paste without a word
      const over = [...text].length - LIMIT;
      if (over > 0) return this.#say(WORDS.over + over);
      this.field.value = "";
      this.#measure();
      this.#send(text);
    }

    #send(text) {
      this.#say("");
      const id = uuid();
      write(`send${id}`, { id, text, at: new Date().toISOString(), after: this.#last });
      this.#drawQueue();
      this.#toEnd(true);
      this.#work();
    }

    #drawQueue() {
      const waiting = queue();
      for (const item of waiting) {
        if (this.#mine.some((mine) => mine.id === item.id)) continue;
        const node = this.#bubble({ ...item, from: "visitor" });
        node.dataset.state = "";
        this.log.append(node);
        this.#mine.push({ ...item, node });
      }
      for (const { id, node } of this.#mine) {
        if (node.dataset.state !== WORDS.failed && !waiting.some((item) => item.id === id)) delete node.dataset.state;
      }
      this.#drawReplies();
    }

    // begins, and empties the queue in order
    async #work() {
      if (this.#working) return;
      this.#working = true;
      const due = () => this.isConnected && (queue().length || (this.opened && !read("chat")));
      for (let failures = 0; due(); ) {
        const failed = await alone(() => this.#step());
        if (!failed) failures = 0;
        if (!failed || !due()) continue; // the stream may have shown that it is stored
        this.head = null;
        for (const { node } of this.#mine) if (node.dataset.state === "") node.dataset.state = WORDS.waiting;
        this.#say(!navigator.onLine ? "" : failed.status === 429 ? WORDS.many : WORDS.away, true);
        await new Promise((done) => {
          this.#wake = done;
          setTimeout(done, Math.max(backoff(failures++), 1000 * failed.retry));
        });
      }
      this.#working = false;
      if (!this.again.hidden) this.#say("");
    }

    // one request; returns the answer if it is to be sent again
    async #step() {
      const chat = read("chat");
      if (!chat) return this.#create();
      const [item] = queue();
      if (!item) return;
      this.#drawQueue();
      const mine = (this.head = this.#mine.find(({ id }) => id === item.id));
      const answer = await this.#patiently(call("POST", `/${chat.id}/messages`, chat.token, { id: item.id, text: item.text }));
      if (answer.ok) {
        this.#sent(item.id);
        this.#say("");
        this.#drawQueue();
        for (const message of answer.messages) this.#show(message);
        return;
      }
      if (answer.gone) return void this.#restart(chat);
      if (answer.again) return answer;
      // 413, 422: only the visitor can help
      this.#sent(item.id);
      if (mine) mine.node.dataset.state = WORDS.failed;
      this.#mine = this.#mine.filter((candidate) => candidate !== mine);
      this.#giveBack(item.text);
      this.#say(answer.error?.message || WORDS.refused);
    }

    #sent(id) {
      delete stores.local[full(`send${id}`)];
    }

    async #create() {
      const answer = await this.#patiently(
        call("POST", "", null, {
          page: location.href.split("#")[0],
          referrer: document.referrer || undefined,
          locale: navigator.language,
          timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        }),
      );
      if (!answer.ok) return answer;
      write("here", Date.now());
      write("chat", { id: answer.id, token: answer.token });
      this.log.setAttribute("aria-live", "polite");
      if (!this.noteText.textContent.startsWith(WORDS.gone)) this.#say("");
      for (const message of answer.messages) this.#show(message);
      this.#listen();
    }

    async #patiently(request) {
      const dots = setTimeout(() => {
        this.typing.hidden = false;
        this.#toEnd();
      }, 300);
      const answer = await request;
      clearTimeout(dots);
      this.typing.hidden = true;
      return answer;
    }

    // a person is here: where were we?
    #back() {
      const chat = this.opened && Date.now() > read("here") + 6e5 && read("chat");
      if (!chat) return;
      write("here", Date.now());
      call("POST", `/${chat.id}/resume`, chat.token);
    }

    // the conversation of a signed link
    async #adopt() {
      this.#working = true;
      this.open(false);
      const answer = await call("POST", "/by-link", null, { link: this.dataset.resume });
      if (answer.again) return setTimeout(() => this.#adopt(), backoff(this.#drops++), this.#say(WORDS.away));
      this.#working = false;
      this.#say(answer.ok ? "" : WORDS.gone);
      history.replaceState(null, "", "./"); // that address is a key
      if (answer.ok && read("chat")?.id !== answer.id) {
        this.#giveBack(...queue().map(({ id, text }) => (this.#sent(id), text)));
        write("chat", { id: answer.id, token: answer.token });
        write("here", 0);
      }
      this.#elsewhere({ key: full("chat") });
    }

    #restart(old) {
      if (read("chat")?.id !== old.id) return; // another tab did
      const texts = this.#mine.filter(({ node }) => "state" in node.dataset).map(({ node }) => node.querySelector(".text").textContent);
      write("chat", null);
      for (const { id } of queue()) this.#sent(id);
      this.#startOver(false);
      if (!this.opened && !texts.length) return;
      this.#giveBack(...texts);
      this.#say(WORDS.gone + (this.field.value.trim() ? WORDS.kept : ""));
      this.#work();
    }

    #giveBack(...texts) {
      this.field.value = [...texts, this.field.value].filter(Boolean).join("\n");
      this.#measure();
    }

    #startOver(clear) {
      this.#hangUp();
      for (const { node } of this.#mine) if ("state" in node.dataset) node.remove();
      this.#mine = [];
      this.#shown.clear();
      this.#divider = null;
      if (clear) this.log.replaceChildren();
      else if (this.log.childElementCount) this.log.append((this.#divider = el("div", { class: "divider" }, WORDS.divider)));
      this.#drawReplies();
    }

    #elsewhere({ key }) {
      if (key === full("chat")) {
        this.#startOver(true);
        this.log.setAttribute("aria-live", "off");
        this.#load();
        this.#work();
      } else if (key?.startsWith(full("send"))) {
        this.#drawQueue();
        this.#work();
      }
    }

    // the transcript, then the stream of what is new
    async #load() {
      this.#hangUp();
      const chat = read("chat");
      if (!chat || document.hidden) return;
      const load = ++this.#loads;
      const answer = await call("GET", `/${chat.id}`, chat.token);
      if (load !== this.#loads || read("chat")?.id !== chat.id || !this.isConnected) return;
      if (answer.gone) return this.#restart(chat);
      if (!answer.ok) return this.#later();
      const first = this.log.getAttribute("aria-live") === "off";
      const seen = answer.messages.findIndex(({ id }) => id === read("seen"));
      let previous = this.#divider;
      answer.messages.forEach((message, i) => {
        previous = this.#show(message, { after: previous, old: first && (seen < 0 || i <= seen), quiet: first });
      });
      if (first) {
        this.#toEnd(true);
        // when the old is on the screen
        requestAnimationFrame(() => requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite")));
      }
      this.#listen();
    }

    #listen() {
      this.#hangUp();
      const chat = read("chat");
      if (!chat || document.hidden) return;
      const query = new URLSearchParams({ token: chat.token, ...(this.#last && { after: this.#last }) });
      this.stream = new EventSource(`${base}api/conversations/${chat.id}/events?${query}`);
      this.stream.addEventListener("open", () => (this.#drops = 0));
      this.stream.addEventListener("message", (event) => this.#show(JSON.parse(event.data)));
      // EventSource never says why; the transcript's status does
      this.stream.addEventListener("error", () => this.#later());
    }

    #hangUp() {
      clearTimeout(this.timer);
      this.#loads++;
      this.stream?.close();
    }

    #later() {
      this.#hangUp();
      this.timer = setTimeout(() => this.#load(), backoff(this.#drops++));
    }

    // shows a message once, behind `after` or at the end
    #show(message, { after, old = false, quiet = false } = {}) {
      const from = message.from || "bot";
      const known = this.#shown.get(message.id);
      if (known) return known;
      let node;
      if (from === "visitor") {
        // the same words from before are another message
        const same = ({ text, after }) => text === message.text && (!after || this.#shown.has(after));
        const mine = this.#mine.find(({ id }) => id === message.id) || this.#mine.find(same);
        if (mine) {
          this.#mine = this.#mine.filter((candidate) => candidate !== mine);
          this.#sent(mine.id);
          this.#wake();
          node = mine.node;
          delete node.dataset.state;
        }
      }
      if (!node) {
        node = this.#bubble({ ...message, from }, after);
        if (!quiet) node.classList.add("new");
        // what is not under way yet stays below
        const waiting = this.#mine.find((mine) => "state" in mine.node.dataset && mine !== this.head)?.node;
        if (after) after.after(node);
        else if (after === null) this.log.prepend(node);
        else this.log.insertBefore(node, waiting || null);
      }
      this.#shown.set(message.id, node);
      node.message = message.id;
      if (this.opened) write("seen", this.#last);
      else if (from !== "visitor" && !old) {
        this.#unread++;
        this.#badge();
      }
      this.#drawReplies();
      this.#toEnd(from === "visitor");
      return node;
    }

    #bubble({ from, text, at, buttons = [] }, previous = this.log.lastElementChild) {
      const time = at ? new Date(at) : new Date();
      const visitor = from === "visitor";
      const body = el("div", { class: "text", dir: "auto" }, ...(visitor ? [titleOf(text, previous)] : linked(text)));
      const stamp = el("time", { dir: "auto", datetime: time.toISOString() }, clock(time));
      const meta = el("div", { class: "meta" }, ...(from === "rep" ? [`${WORDS.person} · `] : []), stamp);
      const node = el("div", { class: `msg ${from}` }, el("span", { class: "sr" }, WORDS.said[from] || WORDS.said.bot), body);
      if (buttons.length) node.append(el("span", { class: "sr" }, WORDS.choices + buttons.length));
      node.append(meta);
      node.buttons = buttons;
      return node;
    }

    #drawReplies() {
      const buttons = this.log.lastElementChild?.buttons || [];
      const key = JSON.stringify(buttons);
      if (this.replies.dataset.key === key) return;
      const focused = this.replies.contains(this.shadowRoot.activeElement);
      this.replies.dataset.key = key;
      this.replies.hidden = !buttons.length;
      this.replies.classList.toggle("list", buttons.length > 3 || buttons.some(({ title }) => title.length > 18));
      this.replies.replaceChildren(
        ...buttons.map(({ title, value }) => {
          const button = el("button", { type: "button" }, title);
          button.addEventListener("click", () => this.#send(value));
          return button;
        }),
      );
      if (focused) (touch.matches ? this.scroller : this.field).focus({ preventScroll: true });
    }

    #say(text, again = false) {
      if (!text && !navigator.onLine) text = WORDS.offline;
      if (this.noteText.textContent !== text) this.noteText.textContent = text;
      this.note.classList.toggle("sr", !text); // never hidden, or it is not announced
      this.again.hidden = !again;
      this.#toEnd();
    }

    #badge() {
      this.badge.hidden = !this.#unread;
      this.badge.textContent = this.#unread > 9 ? "9+" : this.#unread;
      const title = this.label.textContent;
      this.launcher.setAttribute("aria-label", this.#unread ? `${title}, ${WORDS.unread}${this.#unread}` : title);
    }

    #toEnd(always) {
      const { scrollTop, scrollHeight, clientHeight } = this.scroller;
      if (always || scrollHeight - scrollTop - clientHeight < 400) this.scroller.scrollTop = this.scroller.scrollHeight;
    }
  }

  customElements.define("banter-chat", BanterChat);

  if (script && !document.querySelector("banter-chat")) {
    const chat = document.createElement("banter-chat");
    Object.assign(chat.dataset, script.dataset);
    document.body.append(chat);
  }
})();
