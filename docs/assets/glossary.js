/* The glossary's index: a box that leaves the terms whose name, other name, pinyin or initials hold what was typed, and
 * a link to a term (#id) that opens its explanation. The script tag carries data-data (as for terms-start.js). */
(function () {
  'use strict';

  const { src, dataset } = document.currentScript;
  const bar = document.querySelector('[data-terms]');
  if (!bar) return;
  const input = bar.querySelector('input');
  const said = bar.querySelector('[role=status]');
  const lists = Array.from(document.querySelectorAll('.hb-names'));
  let asked = false;

  function fold(text) { return text.normalize('NFKC').toLowerCase().replace(/[\s'’]/g, ''); }

  function holds(entry, wanted) {
    const data = window.HANDBOOK_TERMS && window.HANDBOOK_TERMS.terms[entry.id];
    return fold(entry.textContent).includes(wanted) || (data && data[7].some((name) => fold(name).includes(wanted)));
  }

  function filter() {
    const wanted = fold(input.value);
    let shown = 0;
    lists.forEach((list) => {
      const left = Array.from(list.children).filter((entry) => {
        entry.hidden = Boolean(wanted) && !holds(entry, wanted);
        return !entry.hidden;
      });
      shown += left.length;
      list.hidden = !left.length;
      list.previousElementSibling.hidden = !left.length;   /* the letter above it */
    });
    said.textContent = !wanted ? '' : shown ? shown + '条' : '没有这样的术语，试试页眉的搜索';
  }

  /* Other names and readings come with the explanations; until then titles are compared. */
  function fetchNames() {
    if (asked) return;
    asked = true;
    const tag = document.createElement('script');
    tag.src = src.replace(/[^/]*$/, '') + dataset.data;
    tag.onload = filter;
    tag.onerror = () => { asked = false; };
    document.head.appendChild(tag);
  }

  /* A link to a term that is filtered out shows it, and opens its explanation. */
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) {
      input.value = '';
      filter();
      target.scrollIntoView();
    }
    const mark = target.querySelector('a.hb-term');
    if (mark && target.parentNode.classList.contains('hb-names')) mark.click();
  }

  bar.hidden = false;
  input.addEventListener('focus', fetchNames);
  input.addEventListener('input', (event) => { if (!event.isComposing) filter(); });
  input.addEventListener('compositionend', filter);
  window.addEventListener('hashchange', arrive);
  if (input.value) { fetchNames(); filter(); }            /* a restored page brings its text along */
  arrive();
})();
