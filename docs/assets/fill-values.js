/* What may stand in a field, what the fields must agree in, and what is still missing; knows no page and no file.
 *
 * Mirrors hooks/handbook/rules/form_values.py word for word; tests/unit/js/fill-vectors.json holds both to it. */
((root) => {
  'use strict';
  const MOST_IN_LINE = 300;
  const MOST_IN_TEXT = 5000;
  const MOST_ROWS = 500;
  const FIRST_YEAR = 1921;
  const LAST_YEAR = 2099;
  const YEARS = '年份要在' + FIRST_YEAR + '和' + LAST_YEAR + '之间，请核对';

  class FillError extends Error {}

  const CONTROL = '控制字符';
  const HIDDEN = '看不见的方向符或零宽字符';
  const BROKEN = '残缺的字符';
  const PICTURE = '表情符号';
  const RANGES = [
    [0x0, 0x9, CONTROL], [0xB, 0x1F, CONTROL], [0x7F, 0x9F, CONTROL], [0x2028, 0x2029, CONTROL],
    [0xAD, 0xAD, HIDDEN], [0x61C, 0x61C, HIDDEN], [0x200B, 0x200F, HIDDEN], [0x202A, 0x202E, HIDDEN],
    [0x2060, 0x206F, HIDDEN], [0xFEFF, 0xFEFF, HIDDEN], [0xFFF9, 0xFFFB, HIDDEN], [0xD800, 0xDFFF, BROKEN],
    [0xFFFD, 0xFFFF, BROKEN], [0x20E3, 0x20E3, PICTURE], [0x231A, 0x231B, PICTURE], [0x23E9, 0x23F3, PICTURE],
    [0x2614, 0x2615, PICTURE], [0x2639, 0x263B, PICTURE], [0x2648, 0x2653, PICTURE], [0x267F, 0x267F, PICTURE],
    [0x2693, 0x2693, PICTURE], [0x26A1, 0x26A1, PICTURE], [0x26BD, 0x26BE, PICTURE], [0x26C4, 0x26C5, PICTURE],
    [0x26CE, 0x26CE, PICTURE], [0x26D4, 0x26D4, PICTURE], [0x26EA, 0x26EA, PICTURE], [0x26F2, 0x26FD, PICTURE],
    [0x2705, 0x2705, PICTURE], [0x270A, 0x270D, PICTURE], [0x2728, 0x2728, PICTURE], [0x274C, 0x274C, PICTURE],
    [0x274E, 0x274E, PICTURE], [0x2753, 0x2755, PICTURE], [0x2757, 0x2757, PICTURE], [0x2763, 0x2764, PICTURE],
    [0x2795, 0x2797, PICTURE], [0x27B0, 0x27B0, PICTURE], [0x27BF, 0x27BF, PICTURE], [0x2B1B, 0x2B1C, PICTURE],
    [0x2B50, 0x2B50, PICTURE], [0x2B55, 0x2B55, PICTURE], [0xFE00, 0xFE0F, PICTURE], [0x1F000, 0x1FAFF, PICTURE],
    [0xE0000, 0xE01EF, PICTURE]
  ];
  const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
  const TIME = /^([01][0-9]|2[0-3]):([0-5][0-9])$/;
  const COUNT = /^(?:0|[1-9][0-9]{0,8})$/;
  const AMOUNT = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,2}))?$/;

  const NUMBER_SHAPE = '如示档支〔2026〕3号';
  const DOC_NUMBER = /^[^0-9〔〕 \u00a0\u3000]+〔([0-9]{4})〕[1-9][0-9]{0,4}号$/;
  /* The common mistakes in a 发文字号, the first that is found is said. */
  const DOC_NUMBER_MISTAKES = [
    [/[\[\]()（）【】［］{}｛｝「」『』<>＜＞]/, '年份两边用六角括号〔〕'], [/〕第/, '顺序号前不加“第”'],
    [/[ \u00a0\u3000]/, '中间不留空格'], [/[０-９]/, '年份和顺序号用半角数字'], [/^〔/, '前面要有机关代字'],
    [/〔[0-9]{4}〕0/, '顺序号前面不补0'], [/〔(?![0-9]{4}〕)/, '年份在六角括号里写四位数字'], [/[^号]$/, '末尾要有“号”']
  ];
  const NAMES = /[、，,；;\n]/;
  const NOT_NAME = /（[^）]*）|\([^)]*\)|[ \u00a0\u3000]/g;

  /** The value as it is judged and filled in: one kind of line end, tabs as spaces, no blanks around it. */
  function normal(value) {
    return String(value === undefined || value === null ? '' : value)
      .replace(/\r\n/g, '\n').replace(/\r/g, '\n').replace(/\t/g, ' ').replace(/^[ \n\u00a0\u3000]+|[ \n\u00a0\u3000]+$/g, '');
  }

  /** What is wrong with a value and what to do; an empty text for a right one and for an empty one. */
  function problem(field, raw) {
    const value = normal(raw);
    if (!value) return '';
    const found = forbidden(value);
    if (found) return found;
    if (field.type === 'long') return tooLong(value, MOST_IN_TEXT) || ending(field, value);
    if (value.indexOf('\n') >= 0) return '只能写一行，请去掉换行';
    if (field.type === 'date') return dateProblem(value);
    if (field.type === 'time') return TIME.test(value) ? '' : '时刻按24小时制写，如09:00，请改正';
    if (field.type === 'count') return COUNT.test(value) ? '' : '只写数字，不带单位，最多9位，如18，请改正';
    if (field.type === 'amount') {
      return AMOUNT.test(value) ? '' : '只写数字，不带单位和逗号，最多两位小数，如12.50，请改正';
    }
    if (field.type === 'doc-number') return docNumberProblem(value);
    if (field.type === 'choice' && field.options && field.options.length) {
      if (field.options.indexOf(value) >= 0) return '';
      return '不在可选的几项里，请从' + field.options.map((option) => '“' + option + '”').join('、') + '里选一项';
    }
    return tooLong(value, MOST_IN_LINE) || ending(field, value);
  }

  function docNumberProblem(value) {
    const match = DOC_NUMBER.exec(value);
    if (match) return +match[1] < FIRST_YEAR || +match[1] > LAST_YEAR ? YEARS : tooLong(value, MOST_IN_LINE);
    const found = DOC_NUMBER_MISTAKES.filter((item) => item[0].test(value))[0];
    return (found ? found[1] : '发文字号按机关代字、年份、顺序号写') + '，' + NUMBER_SHAPE + '，请改正';
  }

  function ending(field, value) {
    const found = (field.unended || []).filter((one) => value.slice(-one.length) === one)[0];
    return found ? '末尾不写“' + found + '”，标题里已经有了，请删去' : '';
  }

  function forbidden(value) {
    let place = 0;
    for (const character of value) {
      const code = character.codePointAt(0);
      place += 1;
      if (code >= 0x20 && code < 0x7F) continue;
      for (let index = 0; index < RANGES.length; index += 1) {
        if (code >= RANGES[index][0] && code <= RANGES[index][1]) {
          const name = RANGES[index][2];
          return '第' + place + '个字是' + name + '，' + (name === PICTURE ? '公文里不用，请改成文字' : '请删去后重新打');
        }
      }
    }
    return '';
  }

  function tooLong(value, most) {
    const length = Array.from(value).length;
    return length > most ? '有' + length + '个字，最多' + most + '个，请压缩，这里不会替你截断' : '';
  }

  function dateProblem(value) {
    const match = DATE.exec(value);
    if (!match) return '日期按年-月-日写，如2026-06-12，请改正';
    if (+match[1] < FIRST_YEAR || +match[1] > LAST_YEAR) return YEARS;
    const day = new Date(Date.UTC(+match[1], +match[2] - 1, +match[3]));
    const real = day.getUTCMonth() === +match[2] - 1 && day.getUTCDate() === +match[3];
    return real ? '' : '没有这一天，请核对年、月、日';
  }

  /** The agreements that do not hold; one waits while a field of it is empty or wrong. */
  function disagreements(form, values, lists) {
    const fields = byId(form.fields);
    return (form.agreements || []).filter((agreement) => {
      const when = agreement.when || [];
      if (when.length && when.slice(1).indexOf(normal(values[when[0]])) < 0) return false;
      if (agreement.compare === 'differs') return repeated(agreement.left.concat(agreement.right || []), fields, values);
      let left = sum(agreement.left, fields, values);
      let right = sum(agreement.right || [], fields, values);
      const counted = agreement.count ? countRows(agreement.count, lists || {}) : 0;
      if (left === null || right === null || counted === null) return false;
      right += counted * 100;
      if (agreement.twice) left *= 2;
      if (agreement.number !== undefined && agreement.number !== null) {
        const whole = agreement.left.concat(agreement.right || []).some((id) => /^(date|time)$/.test(fields[id].type));
        right += agreement.number * (whole ? 1 : 100);
      }
      if (agreement.compare === 'at-least') return left < right;
      return agreement.compare === 'more-than' ? left <= right : left !== right;
    });
  }

  /** Whether somebody is named twice; what stands in brackets after a name, and blanks in it, do not count. */
  function repeated(ids, fields, values) {
    const seen = Object.create(null);
    return ids.some((id) => {
      const value = normal(values[id]);
      if (!fields[id] || problem(fields[id], value)) return false;
      return value.replace(NOT_NAME, '').split(NAMES).filter(Boolean).some((name) => {
        const known = seen[name];
        seen[name] = true;
        return known;
      });
    });
  }

  /** How many rows have one of the options; null where there are no rows or one of them leaves it open. */
  function countRows(counted, lists) {
    const found = written(lists[counted.list]).map((row) => normal(row[counted.field]));
    if (!found.length || !found.every(Boolean)) return null;
    return found.filter((value) => counted.equals.indexOf(value) >= 0).length;
  }

  function sum(ids, fields, values) {
    let total = 0;
    for (let index = 0; index < ids.length; index += 1) {
      const field = fields[ids[index]];
      const value = normal(values[ids[index]]);
      if (!field || !value || problem(field, value)) return null;
      const number = numberOf(field.type, value);
      if (number === null) return null;
      total += number;
    }
    return total;
  }

  /** A count or an amount in hundredths, a date in days, a time in minutes; a text is no number. */
  function numberOf(type, value) {
    if (type === 'date') return Date.parse(value + 'T00:00:00Z') / 86400000 + 719163;
    if (type === 'time') return +value.slice(0, 2) * 60 + +value.slice(3);
    const match = type === 'count' || type === 'amount' ? AMOUNT.exec(value) : null;
    return match ? +match[1] * 100 + +((match[2] || '') + '00').slice(0, 2) : null;
  }

  function byId(items) {
    const found = Object.create(null);
    items.forEach((item) => { found[item.id] = item; });
    return found;
  }

  /** A value as it stands in the document: a date in words, everything else as it was typed. */
  function shown(field, raw) {
    const value = normal(raw);
    if (field.type !== 'date' || !value) return value;
    const parts = value.split('-');
    return parts[0] + '年' + +parts[1] + '月' + +parts[2] + '日';
  }

  /* ---------- what is wrong with all of it, and what is missing ---------- */

  function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }

  function entryProblems(fillable, values, lists) {
    const found = valueProblems('', fillable.fields, values);
    Object.keys(lists || {}).forEach((id) => {
      const list = fillable.lists.filter((item) => item.id === id)[0];
      if (!list) { found.push('没有表“' + id + '”'); return; }
      if (lists[id].length > MOST_ROWS) found.push(list.title + '有' + lists[id].length + '行，最多' + MOST_ROWS + '行');
      lists[id].forEach((row, index) => {
        found.push.apply(found, valueProblems(list.title + '第' + (index + 1) + '行', list.fields, row));
      });
    });
    return found;
  }

  function valueProblems(where, fields, values) {
    const known = byId(fields);
    const found = [];
    Object.keys(values).forEach((id) => {
      if (!known[id]) { found.push(where + '没有栏目“' + id + '”'); return; }
      const wrong = problem(known[id], values[id]);
      if (wrong) found.push(where + known[id].label + '：' + wrong);
    });
    return found;
  }

  /** How many places are still to be filled in; a list without entries is one; `absent(id)`: not in the file. */
  function openPlaces(fillable, values, lists, absent) {
    let count = fillable.fields.filter((field) => lacks(field, values) && !(absent && absent(field.id))).length;
    fillable.lists.forEach((list) => {
      const entries = written((lists || {})[list.id]);
      entries.forEach((entry) => { count += list.fields.filter((field) => lacks(field, entry)).length; });
      if (!entries.length && !list.fields.every((field) => field.optional)) count += 1;
    });
    return count;
  }

  function lacks(field, values) { return !field.optional && !normal(values[field.id]); }

  /** The rows that hold anything. */
  function written(rows) {
    return (rows || []).filter((row) => Object.keys(row).some((id) => normal(row[id])));
  }

  /** Several messages as one text without a stop at its end. */
  function joined(messages) { return messages.map((text) => text.replace(/[，；。]+$/, '')).join('；'); }

  root.HandbookFill = {
    FillError, MOST_ROWS, byId, own, normal, problem, disagreements, shown, entryProblems, openPlaces, written, joined
  };
})(typeof window === 'undefined' ? globalThis : window);
