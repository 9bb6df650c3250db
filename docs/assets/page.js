/* Every page: real buttons for the drawer, open details for print and linked places, a warning when dates have passed.
 * Classic script, nothing else loaded; each part stands alone and does nothing where its markup is missing. */
(() => {
  'use strict';

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /** Drawer: Material opens it by a label, which no keyboard reaches; buttons take the labels' place. */
  function drawer() {
    const toggle = document.getElementById('__drawer');
    const side = document.querySelector('.md-sidebar--primary');
    const opener = document.querySelector('[data-hb-drawer="open"]');
    const shutter = document.querySelector('[data-hb-drawer="shut"]');
    if (!toggle || !side || !opener || !shutter) return;
    all('[data-hb-drawer="label"]').forEach((label) => { label.style.display = 'none'; });
    opener.hidden = false;
    shutter.hidden = false;

    function set(open, focus) {
      if (toggle.checked !== open) toggle.checked = open;
      opener.setAttribute('aria-expanded', String(open));
      if (focus) (open ? shutter : opener).focus();
    }
    opener.addEventListener('click', () => { set(!toggle.checked, true); });
    shutter.addEventListener('click', () => { set(false, true); });
    toggle.addEventListener('change', () => { set(toggle.checked, false); });
    side.addEventListener('click', (event) => {
      if (event.target.closest && event.target.closest('a')) set(false, false);   /* a link to this same page */
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && toggle.checked) set(false, true);
    });
    document.addEventListener('focusin', (event) => {
      if (toggle.checked && !side.contains(event.target) && event.target !== opener) set(false, false);
    });
    set(false, false);                                   /* a restored page starts with the drawer shut */
  }

  /** Details: a link into one opens it; print opens all and shuts them again. */
  function details() {
    function reveal(hash) {
      let id = hash.slice(1);
      try { id = decodeURIComponent(id); } catch (error) { /* a broken escape is taken as it stands */ }
      const target = id && document.getElementById(id);
      let found = false;
      for (let node = target; node; node = node.parentElement) {
        if (node.tagName === 'DETAILS' && !node.open) { node.open = true; found = true; }
      }
      return found ? target : null;
    }
    function arrive() {
      const target = reveal(location.hash);
      if (target) target.scrollIntoView();
    }
    arrive();
    window.addEventListener('hashchange', arrive);
    document.addEventListener('click', (event) => {
      const link = event.target.closest && event.target.closest('a[href^="#"]');
      if (link) reveal(link.getAttribute('href'));        /* the same place a second time changes no hash */
    });

    let opened = [];
    window.addEventListener('beforeprint', () => {
      opened = opened.concat(all('.md-content details:not([open])'));
      opened.forEach((node) => { node.open = true; });
    });
    window.addEventListener('afterprint', () => {
      opened.forEach((node) => { node.open = false; });
      opened = [];
    });
  }

  /** Dates: the page was written for the day of its build; say so once one of its dates has passed since. */
  function stale() {
    const now = new Date();
    const two = (number) => ('0' + number).slice(-2);
    const today = now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
    all('.hb-stale').forEach((box) => {
      const built = box.getAttribute('data-built') || '';
      let dates;
      try { dates = JSON.parse(box.getAttribute('data-dates') || '[]'); } catch (error) { return; }
      const passed = dates.filter((entry) => {
        return entry.date <= today && (!built || entry.date > built);
      });
      if (!passed.length) return;
      const word = document.createElement('b');
      word.textContent = '日期提醒';
      box.textContent = '';
      box.appendChild(word);
      box.appendChild(document.createTextNode(
        (built ? '本页按' + built + '写成，' : '本页写成以后，') +
        passed.map((entry) => entry.date + '起' + entry.text).join('；') + '，请核对。'
      ));
      box.hidden = false;
    });
  }

  drawer();
  details();
  stale();
})();
