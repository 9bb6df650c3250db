/* Filters of 模板总目录. Without this script the whole table stands there, matter by matter.
 * What is chosen stands in the address (#for=…&role=…&kind=…&text=…), so that a filtered list can be passed on. */
(() => {
  'use strict';
  const NAMES = ['text', 'for', 'role', 'kind'];

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /** Small letters without spaces between: 'Word 模板' finds 'word模板'. */
  function plain(text) {
    return text.normalize('NFKC').toLowerCase();
  }

  function start(form) {
    const table = document.getElementById(form.getAttribute('data-sift'));
    const said = document.querySelector('[data-sift-said]');
    if (!table || !said) return;
    const whole = said.textContent;
    const fields = {};
    NAMES.forEach((name) => { fields[name] = document.getElementById('sift-' + name); });
    const groups = all('tbody', table).map((body) => {
      const rows = all('tr[data-kind]', body).map((row) => {
        return {
          row: row,
          words: plain(row.getAttribute('data-words')),
          kind: [row.getAttribute('data-kind')],
          role: row.getAttribute('data-roles').split(' '),
          for: row.getAttribute('data-for').split(' '),
        };
      });
      return { head: body.querySelector('tr'), rows: rows, body: body };
    });

    function chosen() {
      const values = {};
      NAMES.forEach((name) => { values[name] = fields[name].value.trim(); });
      return values;
    }

    function fits(item, values, words) {
      return words.every((word) => item.words.indexOf(word) >= 0)
        && ['for', 'role', 'kind'].every((name) => !values[name] || item[name].indexOf(values[name]) >= 0);
    }

    function show() {
      const values = chosen();
      const words = plain(values.text).split(/\s+/).filter(Boolean);
      const any = NAMES.some((name) => values[name]);
      let count = 0;
      groups.forEach((group) => {
        let shown = 0;
        group.rows.forEach((item) => {
          item.row.hidden = !fits(item, values, words);
          if (!item.row.hidden) shown += 1;
        });
        count += shown;
        group.body.hidden = !shown;
        /* A form used in several matters stands under its first one: under another's heading it would mislead. */
        group.head.hidden = Boolean(values.for) && group.body.getAttribute('data-matter') !== values.for;
      });
      table.hidden = !count;
      said.textContent = !any ? whole : count ? '找到' + count + '份。' : '没有找到，换一个词，或者去掉一个条件。';
      return values;
    }

    function remember(values) {
      const hash = NAMES.filter((name) => values[name]).map((name) => {
        return name + '=' + encodeURIComponent(values[name]);
      }).join('&');
      try {
        history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
      } catch (error) { /* some browsers forbid it on file://: the filter works all the same */ }
    }

    function recall() {
      const values = {};
      location.hash.slice(1).split('&').forEach((part) => {
        const at = part.indexOf('=');
        if (at < 1) return;
        try { values[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (error) { /* broken escape */ }
      });
      if (!NAMES.some((name) => name in values)) return;
      NAMES.forEach((name) => {
        fields[name].value = values[name] || '';
        if (fields[name].selectedIndex < 0) fields[name].value = '';        /* a matter that is no longer there */
      });
    }

    function change() { remember(show()); }

    form.addEventListener('submit', (event) => { event.preventDefault(); });
    form.addEventListener('input', change);
    form.addEventListener('change', change);
    form.querySelector('[data-act="clear"]').addEventListener('click', () => {
      NAMES.forEach((name) => { fields[name].value = ''; });
      change();
      fields.text.focus();
    });
    window.addEventListener('hashchange', () => { recall(); show(); });
    window.addEventListener('pageshow', show);            /* a restored page has its fields as they were */
    form.hidden = false;
    recall();
    show();
  }

  all('form[data-sift]').forEach(start);
})();
