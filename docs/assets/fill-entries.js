/* What a reader filled in, as a file to save and open again, and what this computer may remember if asked to.
 *
 * The file: {handbook: 'entries', form, version, values: {id: value}, lists: {id: [{id: value}]}, shared: {id: value}};
 * shared holds once more what other forms ask for too. Nothing here is sent anywhere. */
((root) => {
  'use strict';
  const own = root.HandbookFill;
  const KEY = 'handbook.shared.v1';
  const BIG = 2000000;                                     /* characters; a long record has some ten thousand */
  const FOREIGN = '这个文件不是在本手册网页上保存的填写内容，没有打开。';

  function isObject(value) { return !!value && typeof value === 'object' && !Array.isArray(value); }

  function kept(fields, values) {
    const found = {};
    fields.forEach((field) => { if (own.normal(values[field.id])) found[field.id] = own.normal(values[field.id]); });
    return found;
  }

  function sharedOf(fillable, values) {
    const found = {};
    fillable.fields.forEach((field) => {
      const value = own.normal(values[field.id]);
      if (field.shared && value && !own.problem(field, value)) found[field.shared] = value;
    });
    return found;
  }

  function toFile(fillable, values, lists) {
    const rows = {};
    fillable.lists.forEach((list) => {
      const entries = own.written(lists[list.id]).map((row) => kept(list.fields, row));
      if (entries.length) rows[list.id] = entries;
    });
    return JSON.stringify({
      handbook: 'entries', form: fillable.form, version: fillable.version, values: kept(fillable.fields, values),
      lists: rows, shared: sharedOf(fillable, values)
    }, null, 2) + '\n';
  }

  /** What a file holds for this form, as {same, values, lists, notes}; throws a FillError where it holds nothing of ours. */
  function fromFile(fillable, text) {
    let data = null;
    if (text.length > BIG) throw new own.FillError('这个文件太大，不是保存的填写内容，没有打开。');
    try { data = JSON.parse(text.replace(/^\ufeff/, '')); } catch (error) { /* said below */ }
    if (!isObject(data) || data.handbook !== 'entries' || typeof data.form !== 'string' || !isObject(data.values)) {
      throw new own.FillError(FOREIGN);
    }
    if (data.form !== fillable.form) return fromOther(fillable, data);
    const notes = [];
    if (data.version !== fillable.version) {
      notes.push('这是按第' + data.version + '版保存的，本页是第' + fillable.version + '版，请逐项核对。');
    }
    const found = { same: true, values: taken(fillable.fields, data.values, '', notes), lists: {}, notes };
    const lists = isObject(data.lists) ? data.lists : {};
    Object.keys(lists).forEach((id) => {
      const list = fillable.lists.filter((item) => item.id === id)[0];
      if (!list || !Array.isArray(lists[id])) { notes.push('没有收表“' + id + '”：本页没有这张表。'); return; }
      if (lists[id].length > own.MOST_ROWS) {
        notes.push('没有收' + list.title + '：超过' + own.MOST_ROWS + '行。');
        return;
      }
      found.lists[id] = lists[id].map((row, index) => (
        isObject(row) ? taken(list.fields, row, list.title + '第' + (index + 1) + '行', notes) : {}));
    });
    return found;
  }

  function taken(fields, values, where, notes) {
    const known = own.byId(fields);
    const found = {};
    Object.keys(values).forEach((id) => {
      const field = known[id];
      const value = values[id];
      let wrong = '';
      if (!field) wrong = '本页没有这个栏目';
      else if (typeof value !== 'string') wrong = '内容不是文字';
      else wrong = own.problem(field, value);
      if (wrong) notes.push('没有收' + where + '“' + (field ? field.label : id) + '”：' + wrong + '。');
      else found[id] = own.normal(value);
    });
    return found;
  }

  function fromOther(fillable, data) {
    const shared = isObject(data.shared) ? data.shared : {};
    const found = { same: false, values: offered(fillable, shared, {}), lists: {}, notes: [] };
    const labels = fillable.fields.filter((field) => found.values[field.id]).map((field) => field.label);
    found.notes.push(labels.length ?
      '这是另一份模板的填写内容，只取了两份都有的' + labels.length + '项：' + labels.join('、') + '。' :
      '这是另一份模板的填写内容，同本页没有共用的栏目，没有取。');
    return found;
  }

  /** Of shared values those that this form asks for and that are still empty, by field. */
  function offered(fillable, shared, values) {
    const found = {};
    fillable.fields.forEach((field) => {
      const value = field.shared && own.own(shared, field.shared) ? shared[field.shared] : '';
      if (typeof value !== 'string' || !own.normal(value) || own.normal(values[field.id])) return;
      if (!own.problem(field, value)) found[field.id] = own.normal(value);
    });
    return found;
  }

  /** What this computer remembers; null where nobody asked it to, or where it cannot. */
  function remembered() {
    try {
      const value = JSON.parse(localStorage.getItem(KEY));
      return isObject(value) ? value : null;
    } catch (error) { return null; }
  }

  function remember(values) {
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.assign(remembered() || {}, values)));
      return true;
    } catch (error) { return false; }
  }

  function forget() {
    try { localStorage.removeItem(KEY); } catch (error) { /* then nothing was stored either */ }
  }

  Object.assign(own, { KEY, toFile, fromFile, offered, sharedOf, remembered, remember, forget });
})(typeof window === 'undefined' ? globalThis : window);
