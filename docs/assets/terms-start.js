/* Fetches terms.js when a reader first points at, reaches or taps a marked term; until it is there a mark is a link.
 * The script tag carries data-data, the name of the file of explanations that lies beside this one. */
(function () {
  'use strict';

  const { src, dataset } = document.currentScript;
  const asked = { base: src.replace(/[^/]*$/, ''), data: dataset.data, mark: null, clicked: null, stop };
  const kinds = ['pointerover', 'focusin', 'click'];

  function wait(event) {
    const mark = event.target.closest && event.target.closest('a.hb-term');
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (event.type === 'click') { asked.clicked = mark; event.preventDefault(); }
    if (!asked.mark) {
      const tag = document.createElement('script');
      tag.src = asked.base + 'terms.js';
      tag.onerror = stop;
      document.head.appendChild(tag);
    }
    asked.mark = mark;
  }
  /* `failed` is given where the explanations cannot come: then the mark leads where a link leads. */
  function stop(failed) {
    kinds.forEach((kind) => document.removeEventListener(kind, wait));
    if (failed && asked.clicked) location.assign(asked.clicked.href);
  }

  window.HANDBOOK_TERMS_ASKED = asked;
  kinds.forEach((kind) => document.addEventListener(kind, wait));
})();
