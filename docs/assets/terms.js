/* Terms explained in place: a word marked by the build opens its explanation beside it, by pointing, by keyboard and by
 * touch; Esc, leaving or pressing elsewhere closes it. Fetched by terms-start.js; fetches explain.css and the data itself.
 *
 * Marks become buttons that say whether they are open; the explanation stands right behind its word, so that Tab leads
 * into it. What comes from data enters the page as text nodes only. Without data a mark stays the link it is. */
(function () {
  'use strict';

  const asked = window.HANDBOOK_TERMS_ASKED;
  const OPEN = 150;          /* ms a pointer rests on a word */
  const CLOSE = 300;         /* ms it may need to reach the explanation */
  const MARGIN = 8;

  let terms = null;
  let box = null;
  let current = null;        /* the mark whose explanation is open */
  let pinned = false;        /* opened on purpose: leaving with the pointer does not close it */
  let byKey = false;
  let quiet = false;
  let timer = 0;

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function markOf(event) {
    return event.target.closest ? event.target.closest('a.hb-term') : null;
  }

  /* Only phrasing elements: the box stands inside a paragraph. */
  function build(mark) {
    const id = decodeURIComponent(mark.hash.slice(1));
    const [title, meaning, members, tier, tierWord, clauses, notes] = terms[id];
    const out = make('span', 'hb-explain');
    const add = (element) => { out.appendChild(element); return element; };
    out.id = 'hb-explain';
    out.setAttribute('role', 'group');
    const head = add(make('span', 'hb-explain__head'));
    const name = head.appendChild(make('b', '', title));
    name.id = 'hb-explain-name';
    out.setAttribute('aria-labelledby', name.id);
    if (tier) {
      head.appendChild(document.createTextNode(' '));
      head.appendChild(make('span', 'hb-tier hb-tier--' + tier, tierWord));
    }
    notes.forEach((note) => {
      head.appendChild(document.createTextNode(' '));
      head.appendChild(make('span', 'hb-explain__note', note));
    });
    const text = add(make('span', 'hb-explain__text', meaning + (members.length ? '包括：' + members.join('；') + '。' : '')));
    text.id = 'hb-explain-text';
    const foot = add(make('span', 'hb-explain__foot'));
    if (clauses.length) foot.appendChild(make('span', '', '依据：' + clauses.join('；')));
    const link = foot.appendChild(make('a', '', '到术语'));
    link.href = mark.href;
    return out;
  }

  function place() {
    if (!current) return;
    const word = current.getClientRects()[0];
    const height = window.innerHeight;
    if (!word || word.bottom < 0 || word.top > height) { close(); return; }
    const width = document.documentElement.clientWidth;
    const left = Math.max(MARGIN, Math.min(word.left, width - box.offsetWidth - MARGIN));
    const under = word.bottom + 4;
    const above = word.top - 4 - box.offsetHeight;
    const down = under + box.offsetHeight <= height - MARGIN || above < MARGIN;
    box.style.left = left + 'px';
    box.style.top = (down ? under : above) + 'px';
  }

  function open(mark, pin) {
    clearTimeout(timer);
    if (current !== mark) {
      close();
      if (!terms[decodeURIComponent(mark.hash.slice(1))]) return;
      current = mark;
      box = build(mark);
      mark.parentNode.insertBefore(box, mark.nextSibling);
      mark.setAttribute('aria-expanded', 'true');
      mark.setAttribute('aria-describedby', 'hb-explain-text');
      place();
    }
    pinned = pinned || pin;
  }

  function close() {
    clearTimeout(timer);
    if (!current) return;
    current.setAttribute('aria-expanded', 'false');
    current.removeAttribute('aria-describedby');
    box.parentNode.removeChild(box);
    current = null;
    box = null;
    pinned = false;
  }

  function inside(node) {
    return Boolean(current && node && (current.contains(node) || box.contains(node)));
  }

  function listen() {
    const on = (kind, work, options) => document.addEventListener(kind, work, options);
    on('pointerover', (event) => {
      if (event.pointerType === 'touch') return;
      const mark = markOf(event);
      if (inside(event.target)) clearTimeout(timer);
      else if (mark) { clearTimeout(timer); timer = setTimeout(() => open(mark, false), OPEN); }
    });
    on('pointerout', (event) => {
      if (event.pointerType === 'touch' || (!markOf(event) && !inside(event.target))) return;
      if (inside(event.relatedTarget)) return;
      clearTimeout(timer);
      if (!pinned && !inside(document.activeElement)) timer = setTimeout(close, CLOSE);
    });
    on('pointerdown', (event) => {
      byKey = false;
      if (!inside(event.target)) close();
    }, true);
    on('focusin', (event) => {
      const mark = markOf(event);
      if (mark && byKey && !quiet) open(mark, true);
    });
    on('focusout', (event) => {
      if (inside(event.target) && event.relatedTarget && !inside(event.relatedTarget)) close();
    });
    on('click', (event) => {
      const mark = markOf(event);
      if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (mark === current && pinned) close(); else open(mark, true);
    });
    on('keydown', (event) => {
      byKey = true;
      const mark = markOf(event);
      if (mark && event.key === ' ') { event.preventDefault(); mark.click(); }
      if (event.key !== 'Escape' || !current) return;
      const back = box.contains(document.activeElement) ? current : null;
      close();
      quiet = true;
      if (back) back.focus();
      quiet = false;
    }, true);
    window.addEventListener('scroll', place, { passive: true, capture: true });
    window.addEventListener('resize', place);
    window.addEventListener('beforeprint', close);
  }

  function ready() {
    asked.stop();
    terms = window.HANDBOOK_TERMS.terms;
    document.querySelectorAll('a.hb-term').forEach((mark) => {
      mark.setAttribute('role', 'button');
      mark.setAttribute('aria-expanded', 'false');
    });
    listen();
    const { clicked, mark } = asked;
    byKey = mark === document.activeElement && !mark.matches(':hover');
    if (clicked) open(clicked, true);
    else if (byKey) open(mark, true);
    else if (mark.matches(':hover')) open(mark, false);
  }

  /* Looks first, then the explanations: nothing is shown half dressed. */
  const looks = document.createElement('link');
  looks.rel = 'stylesheet';
  looks.href = asked.base + 'explain.css';
  looks.onload = () => {
    const tag = document.createElement('script');
    tag.onload = ready;
    tag.onerror = asked.stop;
    tag.src = asked.base + asked.data;
    document.head.appendChild(tag);
  };
  looks.onerror = asked.stop;
  document.head.appendChild(looks);
})();
