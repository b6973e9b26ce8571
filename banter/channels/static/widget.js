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
    said: { visitor: "You said: ", bot: "Assistant said: ", rep: "The team said: " },
    person: "From the team",
    waiting: "Waiting to send",
    failed: "Not sent",
    again: "Try now",
    unread: "unread messages: ",
    choices: "Suggested answers below: ",
    left: "Characters left: ",
    over: "Too long. Characters over the limit: ",
    offline: "You are offline. What you write is kept, and sent when you are back.",
    away: "We cannot reach the chat just now. What you write is kept, and we keep trying.",
    many: "That was a lot at once. What you write is kept, and sent soon.",
    divider: "New conversation",
    gone: "The earlier conversation has ended; this is a new one.",
    kept: " What you wrote is still in the box.",
    agree: "Agree and chat",
    decline: "No, thanks",
    privacy: "Privacy",
    mail: "Transcript by mail",
    address: "Your e-mail address",
    mailIt: "Send",
    cancel: "Cancel",
    mailed: "The transcript is on its way to ",
    wrongMail: "Please check that address.",
    sound: "Sound",
  };

  // the server puts widget.css and what the playbook says here
  const STYLE = "@style";
  const GIVEN = "@given";

  const script = document.currentScript;
  const base = new URL(".", script?.src || document.baseURI).href;
  const sheetMode = matchMedia("(max-width: 560px), (max-height: 420px)");
  const touch = matchMedia("(pointer: coarse)");

  function el(tag, attributes = {}, ...children) {
    const node = /svg|path/.test(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    const given = attributes.at ? { class: attributes } : attributes;
    for (const name in given) node.setAttribute(name, given[name]);
    node.append(...children);
    return node;
  }
  const on = (target, type, act, signal) => target?.addEventListener(type, act, { signal });
  const icon = (...paths) => el("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, ...paths.map((d) => el("path", { d })));
  const BELL = "M4 9v6h4l5 4V5L8 9z";
  const WAVES = "M16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12";
  const SPEECH = "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3.5 20.5l1.6-4.9A8.4 8.4 0 1 1 21 11.5z";

  // where storage is blocked or full, a plain object takes its place
  const storage = (name) => {
    try {
      return window[name] ?? {};
    } catch {
      return {};
    }
  };
  const real = { local: storage("localStorage"), tab: storage("sessionStorage") };
  let stores = real;
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

  // where consent is asked for, nothing is kept in the browser before it is given
  let free = true;
  function hold() {
    free = false;
    stores = { local: {}, tab: {} };
  }

  // a key each: tabs that rewrite one list would lose each other's messages
  const queue = () =>
    Object.keys(stores.local)
      .filter((key) => key.startsWith(full("send")))
      .map((key) => JSON.parse(stores.local[key]))
      .sort((a, b) => (a.at < b.at ? -1 : 1));

  // one tab at a time; plain http has no locks, and then the message's id makes a repeat harmless
  const alone = (work) => (navigator.locks ? navigator.locks.request(full("work"), work) : work());

  const unique = () => `${Math.random()}`; // in one conversation

  const backoff = (failures) => Math.min(30, 2 ** failures) * (500 + Math.random() * 500); // ms

  // pages seen and what led here, told with what the visitor says
  const trail = () => read("trail") || [];
  const note = (kind, { origin, pathname }, more) =>
    write("trail", [...trail(), { id: unique(), kind, page: origin + pathname, at: Date.now(), ...more }].slice(-30));
  function look() {
    const { at, page } = read("active") || {};
    if (!(Date.now() < at + 18e5)) {
      note("visit", location, { referrer: document.referrer, campaign: location.search.match(/utm_\w+=[^&]*/g)?.join("&") });
    } else if (page !== location.pathname) note("page", location);
    write("active", { at: Date.now(), page: location.pathname });
    // of whom there is a conversation, at once: they may have come back and say nothing
    const { visitor } = read("chat") || {};
    if (visitor && trail()[0]) told("/../events", 0, { visitor });
  }
  let watch = () => {
    watch = look;
    look();
    on(window.navigation, "navigatesuccess", look);
    on(document, "click", (event) => {
      for (const node of event.composedPath()) {
        if (node.download || /\.(pdf|zip|csv|epub|docx?|xlsx?|pptx?)$/i.test(node.pathname)) note("download", node);
        if (node.matches?.("[data-banter-demo]")) note("demo", location);
      }
    });
  };

  let audio;
  let silent = 0; // until then
  function tone() {
    if (Date.now() < silent) return;
    silent = Date.now() + 1000;
    audio ??= new AudioContext();
    audio.resume();
    const wave = audio.createOscillator();
    const level = audio.createGain();
    wave.connect(level).connect(audio.destination);
    level.gain.value = 0.1;
    level.gain.setTargetAtTime(0, audio.currentTime, 0.1);
    wave.start();
    wave.stop(audio.currentTime + 1);
  }

  // {status, retry: seconds, ...the JSON}
  async function call(method, path, token, body) {
    try {
      const response = await fetch(`${base}api/conversations${path}`, {
        method,
        headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(30000),
        credentials: "omit",
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok && !answer.messages && !("kept" in answer)) throw answer; // somebody else's page
      const { ok, status } = response;
      return { ...answer, ok, status, retry: +response.headers.get("Retry-After") || 0, gone: /401|404/.test(status), again: /5..|408|429/.test(status) };
    } catch {
      return { again: true, retry: 0 };
    }
  }

  // with what was seen since the last time
  async function told(path, token, body) {
    const seen = trail();
    const answer = await call("POST", path, token, {
      ...body,
      seen: seen.map(({ at, ...rest }) => ({ ...rest, ago: (Date.now() - at) / 1000 })),
    });
    if (answer.ok) write("trail", trail().filter(({ id }) => !seen.some((one) => one.id === id)));
    return answer;
  }

  const keep = ({ id, token, visitor }) => write("chat", { id, token, visitor });

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

  function clock(at, lang) {
    const day = at.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    return at.toLocaleString(navigator.languages.find((tag) => tag.startsWith(lang)) || lang, { ...day, hour: "numeric", minute: "2-digit" });
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const all = new Set(); // every chat on this page

  class BanterChat extends HTMLElement {
    #shown = new Map(); // message id -> element: each appears once
    #mine = []; // {id, text, after, node} of what has no server id yet
    #divider = null;
    #unread = 0;
    #loads = 0;
    #drops = 0;
    #working = false;
    #wake = () => {};
    #words;
    #tongue;
    #inline;
    #wanted;
    #life; // ends with the element
    #timer;
    #stream;
    #head; // of the queue: under way
    // the parts of the panel
    #launcher; #badgeNode; #heading; #log; #typing; #replies; #scroller; #noteText; #again; #note; #form; #field; #count; #sendButton; #ask; #mail; #email; #letter;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    async connectedCallback() {
      this.#life = new AbortController();
      const { signal } = this.#life;
      const asked = this.dataset.lang || this.closest("[lang]")?.lang || document.documentElement.lang || navigator.language;
      this.#tongue = asked.toLowerCase().split("-")[0];
      this.#words = WORDS;
      if (!GIVEN.languages?.includes(this.#tongue)) this.#tongue = "en";
      const asks = (GIVEN.consent || this.dataset.consent === "true") && !real.local[full("agreed")];
      if (asks && free) hold();
      if (asks || this.#tongue !== "en") {
        const file = await fetch(`${base}widget/texts/${this.#tongue}.json`).then((answer) => answer.json()).catch(() => {});
        if (signal.aborted) return;
        this.#words = { ...WORDS, ...file };
      }
      this.#build(this.#words);
      all.add(this);
      const live = (...what) => on(...what, signal); // as long as the element
      live(window, "storage", (event) => this.#elsewhere(event));
      live(window, "online", () => (this.#say(""), this.#wake(), this.#work(), this.#load()));
      live(window, "offline", () => this.#say(""));
      // six connections for all tabs: only the visible one streams
      live(document, "visibilitychange", () => (document.hidden ? this.#hangUp() : this.#load()));
      live(document, "click", (event) => {
        if (this.#inline || !event.composedPath().some((node) => node.matches?.("[data-banter-open]"))) return;
        event.preventDefault();
        this.open();
      });
      live(sheetMode, "change", () => this.opened && !this.#inline && (this.panel.close(), this.#present()));
      // what the on-screen keyboard leaves; zooming is none
      const fit = () => {
        this.panel.style.cssText = `--seen: ${visualViewport.height * visualViewport.scale}px; --top: ${visualViewport.offsetTop}px`;
        this.#toEnd();
      };
      live(visualViewport, "resize", fit);
      live(visualViewport, "scroll", fit);
      live(window, "pointermove", () => this.#back());
      live(window, "keydown", () => this.#back());
      this.#field.value = read("draft", "tab") || "";
      this.#measure();
      this.#badge();
      this.#say("");
      if (free) this.#go();
      const { open } = GIVEN;
      const opens = () => this.isConnected && !sheetMode.matches && !real.local[full("closed")] && this.open(false);
      if (this.#wanted) this.open();
      else if (this.#inline || this.dataset.resume) this.open(false);
      else if (read("open", "tab")) sheetMode.matches || this.open(false);
      else if (this.dataset.open === "true") opens();
      else if (open && RegExp(open.pages).test(location.pathname)) {
        if (open.after !== null) setTimeout(opens, 1000 * open.after);
        if (open.leaving) live(document.documentElement, "mouseleave", (event) => event.clientY <= 0 && opens());
      }
    }

    #build(words) {
      const { inline, title, subtitle } = this.dataset;
      this.#inline = inline !== undefined;
      const says = { lang: this.#tongue, ...(words.dir && { dir: words.dir }) };
      const button = (label, attributes, act, ...children) => {
        const node = el("button", { type: "button", ...attributes }, ...children, label);
        on(node, "click", act);
        return node;
      };
      this.#badgeNode = el("span", { class: "badge", "aria-hidden": "true", hidden: "" });
      this.#launcher = button(el("span", {}, title || words.title), { class: "launcher", "aria-haspopup": "dialog", ...says }, () => this.open(), icon(SPEECH), this.#badgeNode);
      this.#heading = el("h2", { id: "title", tabindex: "-1" }, title || words.title);
      const close = button("", { class: "close", "aria-label": words.close }, () => this.close(), icon("M6 6l12 12m0-12L6 18"));
      this.#log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": words.log });
      this.#typing = el("div", { class: "typing", "aria-hidden": "true", hidden: "" }, el("i"), el("i"), el("i"));
      this.#replies = el("div", { class: "replies", role: "group", "aria-label": words.replies, hidden: "" });
      this.#scroller = el("div", { class: "scroll", role: "group", "aria-label": words.conversation, tabindex: "0" }, this.#log, this.#typing, this.#replies);
      this.#noteText = el("span", { role: "status" });
      this.#again = button(words.again, {}, () => (this.#field.focus(), this.#wake(), this.#work()));
      this.#note = el("div", "note", this.#noteText, this.#again);
      this.#field = el("textarea", { id: "field", placeholder: words.placeholder, enterkeyhint: "send", dir: "auto", "aria-describedby": "count" });
      this.#count = el("p", { class: "count", id: "count", hidden: "" });
      this.#sendButton = el("button", { class: "send", type: "submit", "aria-label": words.send }, icon("M12 19V5m-7 7 7-7 7 7"));
      this.#form = el("form", {}, el("label", { for: "field", class: "sr" }, words.field), el("div", "box", this.#field, this.#sendButton), this.#count);

      const policy = GIVEN.privacy ? [el("a", { href: GIVEN.privacy, target: "_blank", rel: "noopener noreferrer" }, words.privacy)] : [];
      const [version, text] = words.says || [0, words.away];
      const no = button(words.decline, {}, () => this.close());
      no.hidden = this.#inline;
      this.#ask = el("form", { class: "ask", hidden: "" }, el("p", {}, text), el("div", "row", el("button", { type: "submit" }, words.agree), no));
      this.#email = el("input", { id: "email", type: "email", autocomplete: "email", required: "", dir: "ltr" });
      const cancel = button(words.cancel, {}, () => this.#mailing(false));
      this.#mail = el("form", { hidden: "" }, el("label", { for: "email" }, words.address), this.#email, el("div", "row", el("button", { type: "submit" }, words.mailIt), cancel));
      this.#letter = button(words.mail, { hidden: "" }, () => this.#mailing(true));
      const sound = button(words.sound, { "aria-pressed": !!read("sound") }, () => {
        write("sound", !read("sound"));
        sound.setAttribute("aria-pressed", read("sound"));
        if (read("sound")) tone();
      }, icon(BELL, WAVES));
      const tools = el("div", "tools", ...policy, this.#letter, sound);
      close.hidden = this.#inline;
      const head = el("div", "head", el("span", "mark", icon(SPEECH)), el("div", {}, this.#heading, el("p", {}, subtitle || words.subtitle)), close);
      this.panel = el(this.#inline ? "section" : "dialog", { class: "panel", "aria-labelledby": "title", ...says }, head, this.#scroller, this.#note, this.#form, this.#ask, this.#mail, tools);
      this.shadowRoot.replaceChildren(this.#launcher, this.panel);
      this.#shown.clear();
      this.#mine = [];
      this.#form.hidden = this.#scroller.hidden = !free;
      this.#ask.hidden = free;

      on(this.panel, "cancel", (event) => (event.preventDefault(), this.close()));
      on(this.panel, "keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing && !this.#inline) (event.preventDefault(), this.close());
      });
      const submit = (form, act) => on(form, "submit", (event) => (event.preventDefault(), act()));
      submit(this.#form, () => this.#submit());
      submit(this.#mail, () => this.#mailIt());
      submit(this.#ask, () => {
        free = true;
        stores = real;
        write("agreed", version);
        write("open", true, "tab");
        for (const chat of all) chat.#go();
        this.#field.focus();
      });
      on(this.#field, "input", () => this.#measure());
      on(this.#field, "keydown", (event) => {
        // 229: that Enter belongs to the input method
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        this.#submit();
      });
    }

    // from here on things may be kept and told
    #go() {
      this.#form.hidden = this.#scroller.hidden = false;
      this.#ask.hidden = true;
      watch();
      this.#drawQueue();
      if (this.dataset.resume) return this.#adopt();
      this.#load();
      if (this.opened || queue().length) this.#work();
    }

    #mailing(open) {
      this.#mail.hidden = !open;
      this.#form.hidden = open;
      this.#say("");
      (open ? this.#email : this.#letter).focus();
    }

    async #mailIt() {
      const email = this.#email.value.trim();
      const chat = read("chat");
      const answer = await call("POST", `/${chat.id}/transcript`, chat.token, { email, locale: this.#tongue });
      if (answer.ok) this.#mailing(false);
      this.#say(answer.ok ? this.#words.mailed + email : answer.status === 422 ? this.#words.wrongMail : this.#words.failed);
    }

    // what another chat of this page has to know; other tabs are told by the storage
    #tell(key) {
      for (const chat of all) if (chat !== this) chat.#elsewhere({ key: full(key) });
    }

    disconnectedCallback() {
      this.#life.abort();
      all.delete(this);
      this.#hangUp();
      this.#wake();
    }

    get #last() {
      return [...this.#log.children].reverse().find((node) => node.message)?.message ?? null;
    }

    get visitor() {
      return read("chat")?.visitor; // for the page's own forms: who that is, and nothing that opens anything
    }

    get opened() {
      return !!this.panel?.hasAttribute("open");
    }

    open(byVisitor = true) {
      if (!this.panel) return void (this.#wanted = true);
      if (!this.opened) {
        this.#present();
        this.#launcher.hidden = true;
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
      if (byVisitor) (touch.matches || !free ? this.#heading : this.#field).focus({ preventScroll: true });
    }

    close() {
      if (!this.opened || this.#inline) return;
      this.panel.close();
      this.#launcher.hidden = false;
      write("open", false, "tab");
      this.#launcher.focus({ preventScroll: true });
      real.local[full("closed")] = 1; // the one thing that is kept without being asked
    }

    #present() {
      // the attribute moves no focus
      if (sheetMode.matches && !this.#inline) this.panel.showModal();
      else this.panel.setAttribute("open", "");
    }

    #measure() {
      const left = LIMIT - [...this.#field.value].length;
      write("draft", this.#field.value, "tab");
      this.#count.hidden = left > 200;
      this.#count.textContent = left < 0 ? this.#words.over + -left : this.#words.left + left;
      this.#count.classList.toggle("over", left < 0);
      this.#field.setAttribute("aria-invalid", left < 0);
      this.#sendButton.setAttribute("aria-disabled", left < 0 || !this.#field.value.trim());
      this.#field.style.height = 0;
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }

    #submit() {
      const text = this.#field.value.trim();
      this.#field.focus();
      if (!text) return;
      // maxlength would cut a paste without a word
      const over = [...text].length - LIMIT;
      if (over > 0) return this.#say(this.#words.over + over);
      this.#field.value = "";
      this.#measure();
      this.#send(text);
    }

    #send(text) {
      this.#say("");
      const id = unique();
      write(`send${id}`, { id, text, at: new Date().toISOString(), after: this.#last });
      this.#tell("send");
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
        this.#log.append(node);
        this.#mine.push({ ...item, node });
      }
      for (const { id, node } of this.#mine) {
        if (node.dataset.state !== this.#words.failed && !waiting.some((item) => item.id === id)) delete node.dataset.state;
      }
      this.#drawReplies();
    }

    // begins, and empties the queue in order
    async #work() {
      if (this.#working) return;
      this.#working = true;
      const due = () => free && this.isConnected && (queue().length || (this.opened && !read("chat")));
      for (let failures = 0; due(); ) {
        const failed = await alone(() => this.#step());
        if (!failed) failures = 0;
        if (!failed || !due()) continue; // the stream may have shown that it is stored
        this.#head = null;
        for (const { node } of this.#mine) if (node.dataset.state === "") node.dataset.state = this.#words.waiting;
        this.#say(failed.status === 429 ? this.#words.many : navigator.onLine && this.#words.away, true);
        await new Promise((done) => {
          this.#wake = done;
          setTimeout(done, Math.max(backoff(failures++), 1000 * failed.retry));
        });
      }
      this.#working = false;
      if (!this.#again.hidden) this.#say("");
    }

    // one request; returns the answer if it is to be sent again
    async #step() {
      const chat = read("chat");
      if (!chat) return this.#create();
      const [item] = queue();
      if (!item) return;
      this.#drawQueue();
      const mine = (this.#head = this.#mine.find(({ id }) => id === item.id));
      const answer = await this.#patiently(told(`/${chat.id}/messages`, chat.token, { id: item.id, text: item.text }));
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
      if (mine) mine.node.dataset.state = this.#words.failed;
      this.#mine = this.#mine.filter((candidate) => candidate !== mine);
      this.#giveBack(item.text);
      this.#say(answer.error?.message || this.#words.failed);
    }

    #sent(id) {
      delete stores.local[full(`send${id}`)];
    }

    async #create() {
      const answer = await this.#patiently(
        told("", null, {
          page: location.href.split("#")[0],
          referrer: document.referrer || undefined,
          locale: navigator.language,
          timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          consent: read("agreed") || undefined,
        }),
      );
      if (answer.status === 403) return this.#refused(answer);
      if (!answer.ok) return answer;
      write("here", Date.now());
      keep(answer);
      this.#tell("chat");
      this.#log.setAttribute("aria-live", "polite");
      if (!this.#noteText.textContent.startsWith(this.#words.gone)) this.#say("");
      for (const message of answer.messages) this.#show(message);
      this.#listen();
    }

    // the words that were agreed to are not those of today
    #refused({ error }) {
      delete real.local[full("agreed")];
      hold();
      for (const chat of all) (chat.#form.hidden = true), (chat.#ask.hidden = false);
      this.#say(error?.message);
    }

    async #patiently(request) {
      const dots = setTimeout(() => {
        this.#typing.hidden = false;
        this.#toEnd();
      }, 300);
      const answer = await request;
      clearTimeout(dots);
      this.#typing.hidden = true;
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
      if (answer.again) return setTimeout(() => this.#adopt(), backoff(this.#drops++), this.#say(this.#words.away));
      this.#working = false;
      this.#say(answer.ok ? "" : this.#words.gone);
      history.replaceState(null, "", "./"); // that address is a key
      if (answer.ok && read("chat")?.id !== answer.id) {
        this.#giveBack(...queue().map(({ id, text }) => (this.#sent(id), text)));
        keep(answer);
        write("here", 0);
        this.#tell("chat");
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
      this.#say(this.#words.gone + (this.#field.value.trim() ? this.#words.kept : ""));
      this.#work();
    }

    #giveBack(...texts) {
      this.#field.value = [...texts, this.#field.value].filter(Boolean).join("\n");
      this.#measure();
    }

    #startOver(clear) {
      this.#hangUp();
      for (const { node } of this.#mine) if ("state" in node.dataset) node.remove();
      this.#mine = [];
      this.#shown.clear();
      this.#divider = null;
      if (clear) this.#log.replaceChildren();
      else if (this.#log.childElementCount) this.#log.append((this.#divider = el("div", "divider", this.#words.divider)));
      this.#drawReplies();
    }

    #elsewhere({ key }) {
      if (key === full("chat")) {
        this.#startOver(true);
        this.#log.setAttribute("aria-live", "off");
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
      if (!chat || !free || document.hidden) return;
      const load = ++this.#loads;
      const answer = await call("GET", `/${chat.id}`, chat.token);
      if (load !== this.#loads || read("chat")?.id !== chat.id || !this.isConnected) return;
      if (answer.gone) return this.#restart(chat);
      if (!answer.ok) return this.#later();
      const first = this.#log.getAttribute("aria-live") === "off";
      const seen = answer.messages.findIndex(({ id }) => id === read("seen"));
      let previous = this.#divider;
      answer.messages.forEach((message, i) => {
        previous = this.#show(message, { after: previous, old: first && (seen < 0 || i <= seen), quiet: first });
      });
      if (first) {
        this.#toEnd(true);
        // when the old is on the screen
        requestAnimationFrame(() => requestAnimationFrame(() => this.#log.setAttribute("aria-live", "polite")));
      }
      this.#listen();
    }

    #listen() {
      this.#hangUp();
      const chat = read("chat");
      if (!chat || document.hidden) return;
      const query = `token=${chat.token}${this.#last ? `&after=${this.#last}` : ""}`;
      this.#stream = new EventSource(`${base}api/conversations/${chat.id}/events?${query}`);
      on(this.#stream, "open", () => (this.#drops = 0));
      on(this.#stream, "message", (event) => this.#show(JSON.parse(event.data)));
      // EventSource never says why; the transcript's status does
      on(this.#stream, "error", () => this.#later());
    }

    #hangUp() {
      clearTimeout(this.#timer);
      this.#loads++;
      this.#stream?.close();
    }

    #later() {
      this.#hangUp();
      this.#timer = setTimeout(() => this.#load(), backoff(this.#drops++));
    }

    // shows a message once, behind `after` or at the end
    #show(message, { after, old = false, quiet = false } = {}) {
      const from = message.from || "bot";
      const known = this.#shown.get(message.id);
      if (known) return known;
      const near = this.#near;
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
        const waiting = this.#mine.find((mine) => "state" in mine.node.dataset && mine !== this.#head)?.node;
        if (after) after.after(node);
        else if (after === null) this.#log.prepend(node);
        else this.#log.insertBefore(node, waiting || null);
      }
      this.#shown.set(message.id, node);
      node.message = message.id;
      if (!quiet && !old && from !== "visitor" && read("sound")) tone();
      if (this.opened) write("seen", this.#last);
      else if (from !== "visitor" && !old) {
        this.#unread++;
        this.#badge();
      }
      this.#drawReplies();
      this.#toEnd(near || from === "visitor");
      return node;
    }

    #bubble({ from, text, at = Date.now(), buttons = [] }, previous = this.#log.lastElementChild) {
      const time = new Date(at);
      const visitor = from === "visitor";
      const body = el("div", "text", ...(visitor ? [previous?.buttons?.find(({ value }) => value === text)?.title ?? text] : linked(text)));
      const stamp = el("time", { dir: "auto", datetime: time.toISOString() }, clock(time, this.#tongue));
      const meta = el("div", "meta", from === "rep" ? `${this.#words.person} · ` : "", stamp);
      const node = el("div", `msg ${from}`, el("span", "sr", this.#words.said[from] || this.#words.said.bot), body);
      if (buttons.length) node.append(el("span", "sr", this.#words.choices + buttons.length));
      node.append(meta);
      node.buttons = buttons;
      return node;
    }

    #drawReplies() {
      const buttons = this.#log.lastElementChild?.buttons || [];
      this.#letter.hidden = !read("chat");
      const key = JSON.stringify(buttons);
      if (this.#replies.dataset.key === key) return;
      const focused = this.#replies.contains(this.shadowRoot.activeElement);
      this.#replies.dataset.key = key;
      this.#replies.hidden = !buttons.length;
      const moments = buttons.map(({ title }) => /^(.+), (\d?\d:\d\d)( .+)?$/.exec(title)); // "Tue 24 Nov, 10:00 (EST)"
      const calendar = moments.length > 1 && moments.every(Boolean);
      this.#replies.classList.toggle("days", calendar);
      this.#replies.classList.toggle("list", !calendar && (buttons.length > 3 || buttons.some(({ title }) => title.length > 18)));
      let last;
      this.#replies.replaceChildren(
        ...buttons.flatMap(({ title, value }, i) => {
          const [, day, time, zone = ""] = calendar ? moments[i] : [];
          const button = el("button", { type: "button", "aria-label": title }, time || title);
          on(button, "click", () => this.#send(value));
          return last === (last = day && day + zone) ? [button] : [el("p", { "aria-hidden": "true" }, last), button];
        }),
      );
      if (focused) (touch.matches ? this.#scroller : this.#field).focus({ preventScroll: true });
    }

    #say(text, again = false) {
      if (!text && !navigator.onLine) text = this.#words.offline;
      if (this.#noteText.textContent !== text) this.#noteText.textContent = text;
      this.#note.classList.toggle("sr", !text); // never hidden, or it is not announced
      this.#again.hidden = !again;
      this.#toEnd();
    }

    #badge() {
      this.#badgeNode.hidden = !this.#unread;
      this.#badgeNode.textContent = this.#unread > 9 ? "9+" : this.#unread;
      const title = this.#heading.textContent;
      this.#launcher.setAttribute("aria-label", this.#unread ? `${title}, ${this.#words.unread}${this.#unread}` : title);
    }

    get #near() {
      const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
      return scrollHeight - scrollTop - clientHeight < 200;
    }

    #toEnd(always) {
      if (always || this.#near) this.#scroller.scrollTop = 1e6;
    }
  }

  customElements.define("banter-chat", BanterChat);

  if (script && !document.querySelector("banter-chat")) {
    const chat = new BanterChat();
    Object.assign(chat.dataset, script.dataset);
    document.body.append(chat);
  }
})();
