/* What a reader filled in, as a file to save and open again, and what this computer may remember if asked to.
 *
 * The file: {handbook: 'entries', form, version, values: {id: value}, lists: {id: [{id: value}]}, shared: {id: value},
 * asked: {id: {label, type, shared}}, columns: {list: {id: {label, type}}}}; shared holds once more what other forms ask
 * for too, asked and columns what the values answer, so that a form that asks the same can take them. Files without the
 * last two are older and still read. Nothing here is sent anywhere. */
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
    const columns = {};
    fillable.lists.forEach((list) => {
      const entries = own.written(lists[list.id]).map((row) => kept(list.fields, row));
      if (!entries.length) return;
      rows[list.id] = entries;
      columns[list.id] = askedOf(list.fields, entries);
    });
    return JSON.stringify({
      handbook: 'entries', form: fillable.form, version: fillable.version, values: kept(fillable.fields, values),
      lists: rows, shared: sharedOf(fillable, values), asked: askedOf(fillable.fields, [values]), columns
    }, null, 2) + '\n';
  }

  /** What these entries answer. */
  function askedOf(fields, entries) {
    const found = {};
    fields.forEach((field) => {
      if (!entries.some((values) => own.normal(values[field.id]))) return;
      found[field.id] = { label: field.label, type: field.type };
      if (field.shared) found[field.id].shared = field.shared;
    });
    return found;
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

  /** Whether a field asks what the value answered: the same id, label and type. */
  function alike(field, asked) {
    return isObject(asked) && asked.label === field.label && asked.type === field.type;
  }

  /** The values under fields that ask the same here; what cannot stand here is left. */
  function answered(fields, values, asked) {
    const found = {};
    fields.forEach((field) => {
      const value = own.own(values, field.id) && own.own(asked, field.id) ? values[field.id] : '';
      if (typeof value !== 'string' || !own.normal(value) || !alike(field, asked[field.id])) return;
      if (!own.problem(field, value)) found[field.id] = own.normal(value);
    });
    return found;
  }

  function fromOther(fillable, data) {
    const shared = isObject(data.shared) ? data.shared : {};
    const asked = isObject(data.asked) ? data.asked : {};
    const columns = isObject(data.columns) ? data.columns : {};
    const lists = isObject(data.lists) ? data.lists : {};
    const values = Object.assign(answered(fillable.fields, data.values, asked), offered(fillable, shared, {}));
    const found = { same: false, values, lists: {}, notes: [] };
    const done = fillable.fields.filter((field) => own.own(values, field.id)).map((field) => field.label);
    const left = [];
    const given = {};
    fillable.fields.forEach((field) => { if (field.shared && own.own(values, field.id)) given[field.shared] = true; });
    Object.keys(data.values).forEach((id) => {
      const was = own.own(asked, id) && isObject(asked[id]) ? asked[id] : {};
      const here = own.own(values, id) && (!was.label || alike(own.byId(fillable.fields)[id], was));
      if (!here && !(was.shared && given[was.shared])) left.push(String(was.label || id));
    });
    Object.keys(lists).forEach((id) => {
      const list = fillable.lists.filter((item) => item.id === id)[0];
      const rows = Array.isArray(lists[id]) ? lists[id].filter(isObject) : [];
      const old = own.own(columns, id) && isObject(columns[id]) ? columns[id] : {};
      const fits = list && rows.length && rows.length <= own.MOST_ROWS;
      const taken = fits ? own.written(rows.map((row) => answered(list.fields, row, old))) : [];
      if (!taken.length) { left.push('表“' + (list ? list.title : id) + '”'); return; }
      found.lists[id] = taken;
      const lost = Object.keys(old).filter((name) => !taken.some((row) => own.own(row, name)));
      done.push(list.title + taken.length + '行');
      lost.forEach((name) => { left.push(list.title + '的' + (isObject(old[name]) && old[name].label || name)); });
    });
    found.notes.push(done.length ?
      '这是另一份模板的填写内容，取了两份都有的' + done.length + '项：' + done.join('、') + '。' :
      '这是另一份模板的填写内容，同本页没有共用的栏目，没有取。');
    if (left.length) found.notes.push('没有取的' + left.length + '项，本页没有或者问法不同：' + left.join('、') + '。');
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

  /** How many entries there are under names that `had` has none for. */
  function sizeOf(entries, had) { return Object.keys(entries).filter((id) => !had || !own.own(had, id)).length; }

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

  Object.assign(own, { KEY, toFile, fromFile, sizeOf, offered, sharedOf, remembered, remember, forget });
})(typeof window === 'undefined' ? globalThis : window);
