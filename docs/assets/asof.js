/* A procedure as of an older day (?on=YYYY-MM-DD): says which text held, and marks at each step what is known to have been
 * different or that it is not known. All words stand in the page, hidden; the form itself sends the day, so that it is in the
 * link on a server and on a USB stick alike. Without this script the section lists the differences. */
(() => {
  'use strict';

  function each(selector, root, action) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), action);
  }

  /** The day asked for: '' without one, null where it is no date. */
  function asked() {
    const match = /[?&]on=([^&]*)/.exec(location.search);
    if (!match) return '';
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(match[1]);
    if (!parts) return null;
    const day = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
    return day.getUTCMonth() === +parts[2] - 1 && day.getUTCDate() === +parts[3] ? match[1] : null;
  }

  function copy(box, selector) {
    const found = box.querySelector(selector);
    return found ? found.cloneNode(true) : null;
  }

  function announce(box, kind, day) {
    const said = copy(box, '[data-asof-top="' + kind + '"]');
    const heading = document.querySelector('.md-content h1');
    if (!said || !heading) return;
    each('[data-asof-day]', said, (place) => { place.textContent = day; });
    heading.parentNode.insertBefore(said, heading.nextSibling);
  }

  function mark(box) {
    each('.hb-step[id]', document, (step) => {
      const own = copy(box, '[data-asof-step="' + step.id + '"]');
      const note = own || copy(box, '[data-asof-step=""]');
      const heading = step.querySelector('h3');
      if (note && heading) heading.parentNode.insertBefore(note, heading.nextSibling);
    });
  }

  function start(box) {
    const form = box.querySelector('form');
    const back = box.querySelector('[data-asof-now]');
    const day = asked();
    form.hidden = false;
    if (day === '') return;
    back.hidden = false;
    if (day === null) { announce(box, 'wrong', ''); return; }
    form.elements.on.value = day;
    if (day >= box.getAttribute('data-until')) { announce(box, 'current', day); return; }
    const earlier = day < box.getAttribute('data-from');
    announce(box, earlier ? 'earlier' : 'older', day);
    if (!earlier) mark(box);
    if (location.hash.length > 1) {                        /* the notes have moved what the link leads to */
      const target = document.getElementById(location.hash.slice(1));
      if (target) target.scrollIntoView();
    }
  }

  each('[data-asof][data-until]', document, start);
})();
