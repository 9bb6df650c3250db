/* What was copied from a table program or typed in another shape, as the data write it; knows no page, so it runs under
 * node too. What nobody can be sure of stays as it was and is said to be wrong: nothing is lost in silence. */
((root) => {
  'use strict';
  const own = root.HandbookFill;
  const NUMBER_TITLES = ['序号', '编号', '号', 'No', 'NO', 'no'];
  /* Other ways to say an option, where the form offers it. */
  const ALIKE = [
    [/^(?:没有|否|×|✗|x)$/i, '无'], [/^(?:是|√|✓)$/, '有'], [/^(?:没有|无|×|✗|x)$/i, '否'], [/^(?:有|√|✓)$/, '是']
  ];
  const NEGATION = /[不未没无非否]/;

  /** What was typed as the data write it: figures of the usual width, a date with two hyphens. */
  function tidy(field, text) {
    if (['count', 'amount', 'date', 'time', 'doc-number'].indexOf(field.type) < 0) return text;
    const usual = (one) => String.fromCharCode(one.charCodeAt(0) - 0xFEE0);
    const plain = text.replace(/[\uff10-\uff1a\uff0e\uff0d\uff0f]/g, usual).trim();
    if (field.type === 'date') {
      const day = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(plain);
      return day ? day[1] + '-' + ('0' + day[2]).slice(-2) + '-' + ('0' + day[3]).slice(-2) : plain;
    }
    if (field.type === 'time') {
      const time = /^(\d{1,2})(?::(\d{2})|[时点](?:(\d{1,2})分)?)(?::00)?$/.exec(plain);
      return time ? ('0' + time[1]).slice(-2) + ':' + ('0' + (time[2] || time[3] || '0')).slice(-2) : plain;
    }
    return plain;
  }

  /** The option that a cell means: the same, the only one that begins alike, the only one that holds it or is held. */
  function option(field, text) {
    const bare = (words) => words.replace(/[\s\u3000]/g, '');
    const cell = bare(text);
    const only = (wanted) => {
      const found = field.options.filter((one) => wanted(bare(one)));
      return found.length === 1 ? found[0] : '';
    };
    if (!cell) return '';
    /* What is left over must not turn the meaning round: 没有 is not 有, 未通过 is not 通过. */
    const apart = (whole, part) => !NEGATION.test(whole.replace(part, ''));
    const alike = ALIKE.filter((item) => item[0].test(cell) && field.options.indexOf(item[1]) >= 0)[0];
    return only((one) => one === cell) || (alike && alike[1]) ||
      only((one) => (one.indexOf(cell) === 0 && apart(one, cell)) || (cell.indexOf(one) === 0 && apart(cell, one))) ||
      only((one) => (one.indexOf(cell) > 0 && apart(one, cell)) || (cell.indexOf(one) > 0 && apart(cell, one))) || text;
  }

  function understood(field, text) {
    const cell = text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
    if (field.type === 'choice' && (field.options || []).length) return option(field, cell);
    return tidy(field, field.type === 'long' ? cell : cell.replace(/\n/g, ''));
  }

  /** Lines and cells of what was copied; a table program puts a cell of several lines in quotes. */
  function table(text) {
    const rows = [[]];
    const cells = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g;
    const source = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
    while (cells.lastIndex <= source.length) {
      const match = cells.exec(source);
      rows[rows.length - 1].push(match[1] === undefined ? match[2] : match[1].replace(/""/g, '"'));
      if (!match[3]) break;
      if (match[3] === '\n') rows.push([]);
    }
    return rows.filter((row) => row.some((cell) => own.normal(cell)));
  }

  function titled(text) { return text.replace(/[\s\u3000]|（.*?）|\(.*?\)|[：:*＊]/g, ''); }

  /** By title the fields of a list; null for columns that people write by hand. */
  function titlesOf(list) {
    const known = Object.create(null);
    (list.columns || []).forEach((column) => { known[titled(column[0])] = column[1] || null; });
    list.fields.forEach((field) => { known[titled(field.label)] = field.id; });
    NUMBER_TITLES.forEach((title) => { if (!(title in known)) known[title] = null; });
    return known;
  }

  function isHeader(row, known) {
    const cells = row.map(titled).filter(Boolean);
    const found = cells.filter((cell) => cell in known);
    return found.some((cell) => known[cell]) && found.length * 2 > cells.length;
  }

  /** Whether the first cells count the lines: 1, 2, 3; where the first field is a number they are its values. */
  function counts(rows, first) {
    const start = /^\d{1,3}$/.test(rows[0][0].trim()) ? +rows[0][0] : -1;
    return start >= 0 && first.type !== 'count' && first.type !== 'amount' && rows.every((row, index) => (
      row.length > 1 && row[0].trim() === String(start + index)));
  }

  /** Says which columns hold something that has no place here. */
  function lost(rows, ids, titles, notes) {
    titles.forEach((title, index) => {
      if (ids[index] || NUMBER_TITLES.indexOf(titled(title)) >= 0) return;
      if (!rows.some((row) => own.normal(row[index] || ''))) return;
      notes.push('“' + (title.trim() || '第' + (index + 1) + '列') + '”一列不在本页填，没有收');
    });
  }

  /** What was copied, for the rows of a list from this column on: {rows, unknown: cells not recognised, notes}. */
  function pasted(list, text, column, most) {
    let rows = table(text);
    const found = { rows: [], unknown: 0, notes: [] };
    const known = titlesOf(list);
    const fields = own.byId(list.fields);
    if (!rows.length) return found;
    let ids = null;
    if (isHeader(rows[0], known)) {
      const header = rows.shift();
      ids = header.map((cell) => known[titled(cell)] || null);
      found.notes.push('第一行是表头，没有当作内容');
      lost(rows, ids, header, found.notes);
    } else {
      if (!column && counts(rows, list.fields[0])) {
        rows = rows.map((row) => row.slice(1));
        found.notes.push('第一列是序号，没有收');
      }
      const widest = Math.max.apply(null, rows.map((row) => row.length));
      const whole = !column && list.columns && widest > list.fields.length && widest === list.columns.length;
      ids = whole ? list.columns.map((item) => item[1] || null) : list.fields.slice(column).map((field) => field.id);
      if (whole) lost(rows, ids, list.columns.map((item) => item[0]), found.notes);
      if (widest > ids.length) found.notes.push('右边多出' + (widest - ids.length) + '列，没有收');
    }
    if (rows.length > most) {
      found.notes.push('最多' + most + '行，后面的' + (rows.length - most) + '行没有收');
      rows = rows.slice(0, most);
    }
    found.rows = rows.map((row) => {
      const entry = {};
      row.forEach((cell, index) => {
        const field = ids[index] ? fields[ids[index]] : null;
        if (!field) return;
        entry[field.id] = understood(field, cell);
        if (own.problem(field, entry[field.id])) found.unknown += 1;
      });
      return entry;
    });
    return found;
  }

  /** What is said after pasting. */
  function pastedWords(found) {
    const words = '粘贴了' + found.rows.length + '行' + (found.unknown ? '，' + found.unknown + '格没认出，已标出' : '');
    return [words].concat(found.notes).join('；') + '。';
  }

  Object.assign(own, { tidy, understood, pasted, pastedWords });
})(typeof window === 'undefined' ? globalThis : window);
