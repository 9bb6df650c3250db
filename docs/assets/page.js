/* Every page: open details for print and linked places, wide things that a keyboard can scroll, a warning when dates
 * have passed.
 * Classic script, nothing else loaded; each part stands alone and does nothing where its markup is missing. */
(() => {
  'use strict';

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
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

  /** Wide things: a plain table scrolls in a box of its own, and whatever has to scroll can be reached by keyboard. */
  function wide() {
    all('.md-typeset table:not([class])').forEach((table) => {
      const box = document.createElement('div');
      const fit = document.createElement('div');
      box.className = 'md-typeset__scrollwrap';
      fit.className = 'md-typeset__table';
      table.parentNode.replaceChild(box, table);
      fit.appendChild(table);
      box.appendChild(fit);
    });
    const boxes = all('.md-typeset__scrollwrap, .md-typeset pre > code');
    function reach() {
      boxes.forEach((box) => {
        if (box.scrollWidth > box.clientWidth) {
          box.tabIndex = 0;
          box.setAttribute('role', 'group');
          box.setAttribute('aria-label', box.tagName === 'CODE' ? '命令，可以左右滚动' : '表格，可以左右滚动');
        } else {
          ['tabindex', 'role', 'aria-label'].forEach((name) => { box.removeAttribute(name); });
        }
      });
    }
    if (!boxes.length) return;
    reach();
    window.addEventListener('resize', reach);
    document.addEventListener('toggle', reach, true);     /* inside a shut detail nothing has a width */
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

  wide();
  details();
  stale();
})();
