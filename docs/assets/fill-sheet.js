/* The sheets on the page, showing what has been filled in as it will stand in the file. */
(() => {
  'use strict';
  const own = window.HandbookFill;

  const PAPERS = {
    portrait: 'A4; margin: 37mm 26mm 35mm 28mm', landscape: 'A4 landscape; margin: 28mm 37mm 26mm 35mm',
    ballot: 'A5; margin: 20mm 18mm 18mm'
  };

  /** What the printer is told: paper and margins, and the number of the page at its outer edge, as in the file. */
  function pageRules(paper) {
    const numbers = paper === 'ballot' ? [] : ['right', 'left'].map((side) => ' @page :' + side + ' { @bottom-' + side +
      ' { content: "— " counter(page) " —"; font: 14pt SimSun, 宋体, serif; color: CanvasText; } }');
    return '@page { size: ' + PAPERS[paper] + '; @bottom-left { content: none; } @bottom-right { content: none; } }' +
      numbers.join('');
  }

  function all(selector, root) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  class Sheet {
    constructor(frame, fillable) {
      this.frame = frame;
      this.fillable = fillable;
      this.fields = own.byId(fillable.fields);
      this.lists = fillable.lists.map((list) => {
        const row = frame.querySelector('tr[data-list="' + list.id + '"]');
        if (!row) return null;
        const spare = [];
        for (let next = row.nextElementSibling; next; next = next.nextElementSibling) spare.push(next);
        const template = row.cloneNode(true);
        all('[id]', template).forEach((node) => { node.removeAttribute('id'); });
        return { list, row, spare, template, made: [] };
      }).filter(Boolean);
      this.marks = all('[data-field]', frame).filter((mark) => !mark.closest('tr[data-list]'));
      this.signs = all('[data-sign="organ"]', frame).map((organ) => ({ organ, date: organ.nextElementSibling }));
      this.empty = new Map();
      this.marks.forEach((mark) => { this.empty.set(mark, mark.textContent); });
    }

    /** Shows right values; a wrong one must not come here. `head`: with the red head. */
    show(values, lists, finished, head) {
      all('[data-head]', this.frame).forEach((box) => { box.hidden = !head; });
      this.marks.forEach((mark) => {
        const field = this.fields[mark.getAttribute('data-field')];
        if (field) this.write(mark, field, values, this.empty.get(mark), finished);
      });
      this.lists.forEach((list) => { this.rows(list, own.written(lists[list.list.id]), finished); });
      all('.hb-sheet__mark', this.frame).forEach((mark) => {
        /* On paper the red head takes one line, as in the file: 440 points hold it. */
        const fits = Math.floor(440 / Math.max(own.widthOf(mark.textContent), 1));
        mark.style.setProperty('--hb-mark', Math.min(40, fits) + 'pt');
      });
      all('.hb-sheet__imprint > p', this.frame).forEach((line) => { line.hidden = line.textContent === '抄送：'; });
      this.signs.forEach((sign, index) => {
        const signed = this.fillable.signatures[index];
        if (!signed || !sign.date) return;
        const room = own.ROOM[signed.paper];
        const right = own.signatureIndents(sign.organ.textContent, sign.date.textContent, signed.seal, room);
        sign.organ.style.paddingRight = right[0] + 'em';
        sign.date.style.paddingRight = right[1] + 'em';
      });
    }

    /** One place: its value, or 【待填】 while there is none; a finished document has nothing left to fill in. */
    write(mark, field, values, empty, finished) {
      const value = own.normal(values[field.id]);
      mark.classList.toggle('is-filled', Boolean(value || finished));
      const after = mark.nextSibling;
      const stopped = value && after && after.nodeType === 3 && /^[，。；：、]/.test(after.data);
      const words = value ? own.shown(field, value) : finished ? '' : empty;
      const text = stopped ? words.replace(/[，。；：、]$/, '') : words; /* as in the file: one stop is enough */
      if (mark.textContent === text && text.indexOf('\n') < 0) return;
      mark.textContent = '';
      const body = mark.closest('.hb-sheet__body');
      text.split('\n').forEach((line, index) => {
        if (index) mark.appendChild(document.createElement('br'));
        if (index && body) mark.appendChild(document.createElement('span')).className = 'hb-sheet__indent';
        mark.appendChild(document.createTextNode(line));
      });
    }

    rows(place, entries, finished) {
      const fields = own.byId(place.list.fields);
      const wanted = Math.max(entries.length, 1);
      while (place.made.length > wanted - 1) place.made.pop().remove();
      while (place.made.length < wanted - 1) {
        const row = place.template.cloneNode(true);
        const last = place.made.length ? place.made[place.made.length - 1] : place.row;
        if (place.list.numbered) row.cells[0].textContent = String(place.made.length + 2);
        last.parentNode.insertBefore(row, last.nextSibling);
        place.made.push(row);
      }
      place.spare.forEach((row, index) => { row.hidden = index < wanted - 1; });
      [place.row].concat(place.made).forEach((row, index) => {
        const marks = all('[data-field]', row);
        const blank = all('[data-field]', place.template);
        marks.forEach((mark, at) => {
          const field = fields[mark.getAttribute('data-field')];
          /* In a row that was entered, what may stay empty is empty at once, as in the file. */
          const done = finished || Boolean(entries[index] && field && field.optional);
          if (field) this.write(mark, field, entries[index] || {}, blank[at].textContent, done);
        });
      });
    }

    /** Shows where a field stands, and brings the place into view where the sheets scroll by themselves. */
    current(id) {
      all('.is-current', this.frame).forEach((mark) => { mark.classList.remove('is-current'); });
      const marks = all('[data-field="' + id + '"]', this.frame);
      marks.forEach((mark) => { mark.classList.add('is-current'); });
      if (!marks.length || this.frame.scrollHeight <= this.frame.clientHeight) return;
      const frame = this.frame.getBoundingClientRect();
      const mark = marks[0].getBoundingClientRect();
      if (mark.top < frame.top + 40 || mark.bottom > frame.bottom - 40) {
        this.frame.scrollTop += mark.top - frame.top - frame.height / 3;
      }
    }
  }

  Object.assign(own, { Sheet, pageRules });
})();
