/* Shows the search boxes and fetches the real search (search-box.js) when a reader first wants it.
 *
 * The script tag carries data-base (way to the root of the site), data-box, data-search, data-core and data-body
 * (addresses below it). Small on purpose: it is all of the search that a first view pays for. */
(function () {
  'use strict';

  const address = document.currentScript.dataset;
  const HANDOVER = 'handbook.search.marks';   /* search-box.js leaves it for the page a hit opens */
  let asked = false;

  function fetchBox() {
    if (asked) return;
    asked = true;
    document.removeEventListener('keydown', slash);
    const tag = document.createElement('script');
    for (const name of Object.keys(address)) tag.dataset[name] = address[name];
    tag.src = (address.base || '').replace(/([^/])$/, '$1/') + address.box;
    tag.onerror = () => { asked = false; };
    document.head.appendChild(tag);
  }

  function slash(event) {
    if (event.key !== '/' || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = document.activeElement;
    if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    const inputs = Array.from(document.querySelectorAll('form input[data-handbook=search]'));
    const first = inputs.find((input) => input.getClientRects().length > 0);
    if (!first) return;
    event.preventDefault();
    first.focus();
  }

  function ready() {
    document.querySelectorAll('form input[data-handbook=search]').forEach((input) => {
      input.form.hidden = false;
      input.addEventListener('focus', fetchBox, { once: true });
      input.form.addEventListener('submit', (event) => { event.preventDefault(); fetchBox(); });
      if (document.activeElement === input) fetchBox();
    });
    document.addEventListener('keydown', slash);
    try {
      if (window.sessionStorage.getItem(HANDOVER)) fetchBox();
    } catch (error) { /* storage refused: no marks to take over */ }
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
