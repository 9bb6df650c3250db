/* The search box: shows the boxes, loads the search on first use, lists the hits, works by keyboard and screen reader.
 *
 * The script tag carries data-base (way to the root of the site), data-search, data-core and data-body (addresses
 * below it). Nothing is loaded before a box is first focused; then the engine, the names and the text follow as
 * classic scripts, so the same code runs on a server and from file://. What comes from data or keyboard enters the
 * page as text nodes only. One file, because every page carries one script tag for it. */
(function () {
  'use strict';

  const address = document.currentScript.dataset;
  const base = (address.base || '').replace(/([^/])$/, '$1/');
  const PAUSE = 80;          /* ms after the last key */
  const NEAR = 5;            /* names offered when nothing was found */
  const LIMIT = 40;
  const HANDOVER = 'handbook.search.marks';

  const boxes = [];
  let engine = null;
  let stage = 'none';        /* none -> loading -> names -> ready, or failed */

  /* ---------- loading ---------- */

  function script(path, done) {
    const tag = document.createElement('script');
    tag.onload = done;
    tag.onerror = () => { stage = 'failed'; refresh(); };
    tag.src = base + path;
    document.head.appendChild(tag);
  }

  /* A load that failed is tried again when the reader comes back to the box, not before. */
  function start(again) {
    if (stage !== 'none' && !(again && stage === 'failed')) return;
    stage = 'loading';
    script(address.search, () => script(address.core, () => {
      engine = new window.HandbookSearch(window.HANDBOOK_SEARCH_CORE);
      stage = 'names';
      refresh();
      script(address.body, () => {
        engine.addBody(window.HANDBOOK_SEARCH_BODY);
        window.HANDBOOK_SEARCH_BODY = null;
        stage = 'ready';
        refresh();
      });
    }));
  }

  function refresh() {
    for (const box of boxes) if (box.going || !box.panel.hidden || box.form.contains(document.activeElement)) box.again();
  }

  /* ---------- small builders ---------- */

  function make(tag, attributes, text, marks) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes || {})) element.setAttribute(name, attributes[name]);
    if (marks) highlight(element, text, marks);
    else if (text) element.textContent = text;
    return element;
  }

  /* Text with <mark> around matches; neighbouring and overlapping matches become one. */
  function highlight(parent, text, marks, name) {
    const on = new Uint8Array(text.length);
    const low = text.toLowerCase();
    for (const mark of marks) {
      for (let at = low.indexOf(mark); at >= 0; at = low.indexOf(mark, at + 1)) on.fill(1, at, at + mark.length);
    }
    for (let from = 0; from < text.length;) {
      let to = from;
      while (to < text.length && on[to] === on[from]) to++;
      const piece = text.slice(from, to);
      if (on[from]) parent.appendChild(make('mark', name ? { class: name } : {}, piece));
      else parent.appendChild(document.createTextNode(piece));
      from = to;
    }
  }

  function button(text, action) {
    const element = make('button', { type: 'button', class: 'hb-results__button' }, text);
    element.addEventListener('click', action);
    return element;
  }

  /* ---------- one box ---------- */

  class Box {
    constructor(input) {
      this.input = input;
      this.form = input.form;
      this.options = [];
      this.current = -1;
      this.literal = false;      /* the reader wants no other reading of these words */
      this.opened = new Set();   /* kinds shown in full */
      this.asked = '';
      this.going = false;        /* submitted before the data were there */
      this.timer = 0;
      this.opener = null;        /* where focus was when “/” opened the box */
      this.quiet = false;        /* focus comes back without listing again */
      this.build();
      this.listen();
      this.form.hidden = false;
    }

    build() {
      const id = this.input.id + '-list';
      this.note = make('p', { class: 'hb-results__note', hidden: '' });
      this.list = make('div', { id, class: 'hb-results__list', role: 'listbox', 'aria-label': '搜索结果', hidden: '' });
      this.help = make('div', { class: 'hb-results__help', hidden: '' });
      this.panel = make('div', { class: 'hb-results', hidden: '' });
      [this.note, this.list, this.help].forEach((part) => this.panel.appendChild(part));
      this.say = make('p', { class: 'hb-hide', role: 'status', 'aria-live': 'polite' });
      this.form.appendChild(this.say);
      /* two search landmarks on the home page need two names */
      if (!this.form.hasAttribute('aria-label')) {
        this.form.setAttribute('aria-label', this.form.classList.contains('hb-find') ? '页眉搜索' : '页内搜索');
      }
      this.form.appendChild(this.panel);
      const aria = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id,
        'aria-haspopup': 'listbox', spellcheck: 'false' };
      for (const name of Object.keys(aria)) this.input.setAttribute(name, aria[name]);
    }

    listen() {
      const { input, form } = this;
      input.addEventListener('focus', () => { start(true); if (input.value.trim() && !this.quiet) this.ask(); });
      input.addEventListener('input', (event) => {
        clearTimeout(this.timer);
        if (!event.isComposing) this.timer = setTimeout(() => this.ask(), PAUSE);
      });
      input.addEventListener('compositionend', () => this.ask());
      form.addEventListener('keydown', (event) => this.key(event));
      form.addEventListener('submit', (event) => { event.preventDefault(); this.submit(); });
      form.addEventListener('focusout', (event) => {
        if (event.relatedTarget && !form.contains(event.relatedTarget)) { this.opener = null; this.close(); }
      });
      document.addEventListener('mousedown', (event) => { if (!form.contains(event.target)) this.close(); });
      this.list.addEventListener('click', (event) => {
        const option = event.target.closest('[role=option]');
        if (!option) return;
        if (!option.href) { this.more(option); return; }
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        handOver(option.href, this.found);
        this.close();
      });
      if (document.activeElement === input) start();
    }

    key(event) {
      if (event.isComposing || event.keyCode === 229) return; /* the key belongs to the input method */
      if (event.key === 'Escape' && (this.opener || !this.panel.hidden)) {
        event.preventDefault(); /* a search field would empty itself; the second Esc does */
        this.leave();
        return;
      }
      if (event.target !== this.input) return;
      if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey) {
        event.preventDefault();
        if (this.panel.hidden) this.ask();
        const { length } = this.options;
        if (!length) return;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        /* -1 stands for the box itself: arrows go round through it */
        this.select((this.current + 1 + step + length + 1) % (length + 1) - 1);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        this.submit(event.ctrlKey || event.metaKey);
      }
    }

    select(number) {
      const old = this.options[this.current];
      if (old) old.setAttribute('aria-selected', 'false');
      this.current = number;
      const option = this.options[number];
      if (!option) { this.input.removeAttribute('aria-activedescendant'); return; }
      option.setAttribute('aria-selected', 'true');
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }

    /* Close, and put focus back where “/” took it from, else into the box. */
    leave() {
      const back = this.opener && document.contains(this.opener) ? this.opener : this.input;
      this.close();
      this.quiet = true;
      if (back === document.body) this.input.blur(); else back.focus();
      this.quiet = false;
      this.opener = null;
    }

    /* Open the chosen hit, or the first one. */
    submit(elsewhere) {
      if (this.input.value.trim() !== this.asked || this.panel.hidden) this.ask();
      if (!this.asked) { this.input.focus(); return; }
      const chosen = this.options[this.current];
      if (!chosen && (stage === 'loading' || stage === 'names')) {
        this.going = true; /* ask() goes on when the text is there */
        return;
      }
      const option = chosen || (this.found && this.found.hits.length ? this.options[0] : null);
      if (!option) return;
      if (!option.href) this.more(option);
      else if (elsewhere) window.open(option.href, '_blank', 'noopener');
      else option.click();
    }

    /* Search for what stands in the box and show it. */
    ask() {
      clearTimeout(this.timer);
      start();
      const query = this.input.value.trim();
      if (query !== this.asked) { this.literal = false; this.opened.clear(); this.going = false; }
      this.asked = query;
      this.found = engine && query ? engine.search(query, { literal: this.literal, limit: LIMIT }) : null;
      if (!query) { this.close(); this.say.textContent = ''; return; }
      this.show();
      if (this.going && stage === 'ready') { this.going = false; this.submit(); }
    }

    /* More data came: the list is made anew, the hit that the reader had chosen stays chosen. */
    again() {
      const chosen = this.options[this.current];
      this.ask();
      if (chosen && chosen.href) this.select(this.options.findIndex((option) => option.href === chosen.href));
    }

    show() {
      for (const part of [this.note, this.list, this.help]) { part.textContent = ''; part.hidden = true; }
      this.options = [];
      this.select(-1);
      if (!this.found) this.tell(stage === 'failed' ? '搜索数据没有读到，请刷新页面再试。' : '正在读取搜索数据……');
      else if (this.found.hits.length) this.showHits();
      else if (stage !== 'ready') this.tell(stage === 'failed' ? '正文没有读到，名称中没有找到。请刷新页面再试。' : '名称中没有找到，正在读取正文……');
      else this.showNothing();
      this.list.hidden = !this.options.length;
      this.panel.hidden = false;
      this.input.setAttribute('aria-expanded', String(this.options.length > 0));
    }

    tell(text) {
      this.note.textContent = text;
      this.note.hidden = false;
      this.say.textContent = text;
    }

    showHits() {
      const { hits, groups, corrected, loose } = this.found;
      const loading = stage === 'ready' ? '' : stage === 'failed' ? '。正文没有读到，只列出名称相符的' : '。正文还在读取，先列出名称相符的';
      const number = hits.length < LIMIT ? hits.length + '个结果' : '前' + LIMIT + '个结果';
      this.tell((loose && !corrected ? '没有直接相符的，列出部分字相符的' + number : number) + loading
        + (corrected ? '，也按“' + corrected + '”查找' : this.literal ? '，只按原词' : ''));
      if (corrected || this.literal) {
        this.note.appendChild(button(corrected ? '只按原词查找' : '恢复相近查找', () => this.turn(Boolean(corrected))));
      }
      for (const { kind, hits: list, short } of groups) {
        const group = this.group(kind);
        const shown = this.opened.has(kind) ? list.length : short;
        list.slice(0, shown).forEach((hit) => this.addHit(group, hit, 'search/result'));
        if (shown < list.length) {
          const more = this.option(group, 'div', { class: 'hb-hit hb-hit--more', 'data-kind': kind },
            '更多：' + kind + '还有' + (list.length - shown) + '个');
          more.setAttribute('data-handbook', 'search/more');
        }
      }
    }

    showNothing() {
      const near = engine.nearest(this.asked, NEAR);
      const typed = this.asked.slice(0, 30) + (this.asked.length > 30 ? '…' : '');
      this.tell('没有找到“' + typed + '”' + (near.length ? '，下面是名称最相近的页面。' : '。'));
      if (this.literal) this.note.appendChild(button('恢复相近查找', () => this.turn(false)));
      if (near.length) {
        const group = this.group('名称相近');
        near.forEach((hit) => this.addHit(group, hit, 'search/near'));
      }
      const homes = engine.core.kinds.map((kind, i) => [kind, engine.core.homes[i]]).filter((entry) => entry[1]);
      if (homes.length) {
        const line = this.help.appendChild(make('p', {}, '也可以按类别翻看：'));
        homes.forEach(([kind, url]) => line.appendChild(make('a', { href: base + url }, kind)));
      }
      this.help.appendChild(make('p', {}, '换个说法，少打几个字；也可以打拼音或首字母，如zhuanzheng、zzshh。'));
      this.help.hidden = false;
    }

    group(kind) {
      const id = this.list.id + '-group-' + this.list.children.length;
      const group = this.list.appendChild(make('div', { role: 'group', 'aria-labelledby': id }));
      group.appendChild(make('div', { id, class: 'hb-results__kind', role: 'presentation' }, kind));
      return group;
    }

    option(group, tag, attributes, text) {
      const id = this.list.id + '-' + this.options.length;
      const aria = { id, role: 'option', tabindex: '-1', 'aria-selected': 'false' };
      const option = make(tag, Object.assign(aria, attributes), text);
      this.options.push(option);
      return group.appendChild(option);
    }

    addHit(group, hit, handbook) {
      const { marks } = this.found;
      const option = this.option(group, 'a', { class: 'hb-hit', href: base + hit.url, 'data-handbook': handbook });
      const top = option.appendChild(make('span', { class: 'hb-hit__top' }));
      top.appendChild(make('span', { class: 'hb-hit__title' }, hit.title, marks));
      top.appendChild(document.createTextNode(' '));
      top.appendChild(make('span', { class: 'hb-hit__kind' }, hit.kind));
      if (hit.badge) {
        top.appendChild(document.createTextNode(' '));
        top.appendChild(make('span', { class: 'hb-hit__badge' }, hit.badge));
      }
      if (hit.section < 0) return;
      const text = option.appendChild(make('span', { class: 'hb-hit__text' }));
      if (hit.heading) {
        text.appendChild(make('span', { class: 'hb-hit__head' }, hit.heading, marks));
        text.appendChild(document.createTextNode('　'));
      }
      text.appendChild(make('span', {}, engine.snippet(hit, marks), marks));
    }

    more(option) {
      const number = this.options.indexOf(option);
      this.opened.add(option.dataset.kind);
      this.show();
      this.input.focus();
      this.select(number);
    }

    turn(literal) {
      this.literal = literal;
      this.input.focus(); /* the button goes with the old list */
      this.ask();
    }

    close() {
      this.panel.hidden = true;
      this.going = false;
      this.input.setAttribute('aria-expanded', 'false');
      this.select(-1);
    }
  }

  /* ---------- marks on the page that a hit opens ---------- */

  function handOver(href, found) {
    try {
      window.sessionStorage.setItem(HANDOVER, JSON.stringify({ href, marks: found.marks, words: found.words }));
    } catch (error) { return; } /* no storage here: the page opens without marks */
    if (href.split('#')[0] === window.location.href.split('#')[0]) setTimeout(takeOver, 50);
  }

  function takeOver() {
    let handed = null;
    try {
      handed = JSON.parse(window.sessionStorage.getItem(HANDOVER));
      window.sessionStorage.removeItem(HANDOVER);
    } catch (error) { return; }
    if (!handed || handed.href.split('#')[0] !== window.location.href.split('#')[0]) return;
    clearMarks();
    const id = handed.href.split('#')[1];
    const place = id && document.getElementById(id);
    /* In the section that was opened every pair of characters helps; on a whole page whole words go first. */
    const inside = place && /^(SECTION|ARTICLE|LI|TR|DIV|DL|DETAILS)$/.test(place.tagName);
    const scope = inside ? place : document.querySelector('.md-content') || document.querySelector('main');
    if (!scope || (!inside && markIn(scope, handed.words, 60))) return;
    markIn(scope, handed.marks, inside ? 60 : 20);
  }

  /* How many pieces of text got marks. */
  function markIn(scope, wanted, most) {
    const marks = wanted.filter((mark) => mark.length > 1);
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode() && nodes.length < most) {
      const node = walker.currentNode;
      const low = node.data.toLowerCase();
      if (!marks.some((mark) => low.includes(mark))) continue;
      if (!node.parentNode.closest('script, style, svg, form, button, select, textarea, .hb-results')) nodes.push(node);
    }
    for (const node of nodes) {
      const pieces = document.createDocumentFragment();
      highlight(pieces, node.data, marks, 'hb-found');
      node.parentNode.replaceChild(pieces, node);
    }
    return nodes.length;
  }

  function clearMarks() {
    document.querySelectorAll('mark.hb-found').forEach((mark) => {
      const parent = mark.parentNode;
      parent.replaceChild(document.createTextNode(mark.textContent), mark);
      parent.normalize();
    });
  }

  /* ---------- start ---------- */

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function slash(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = document.activeElement;
    const typing = at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (event.key === 'Escape' && !typing) clearMarks();
    if (event.key !== '/' || typing) return;
    const box = boxes.find((other) => visible(other.input));
    if (!box) return;
    event.preventDefault();
    box.opener = at || document.body;
    box.input.focus();
    box.input.select();
  }

  function ready() {
    document.querySelectorAll('form input[data-handbook=search]').forEach((input) => boxes.push(new Box(input)));
    document.addEventListener('keydown', slash);
    takeOver();
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
