/* Runs of checklists as data: in localStorage, read again before each change so that two tabs do not undo each other.
 *
 * Shape under the key: {checklist id: {current, runs: [{id, name, created, closed, ticks: {item id: ISO date}}]}}.
 * Items that a later edition no longer has keep their ticks; nobody counts them. Nothing leaves the machine. */
(() => {
  'use strict';
  const KEY = 'handbook.runs.v1';
  const SCHEMA = 1;
  const LIMIT = 40;                                        /* characters of a name */
  let memory = {};                                       /* what holds when storage does not */
  let working = true;

  function today() {
    const now = new Date();
    return now.getFullYear() + '-' + ('0' + (now.getMonth() + 1)).slice(-2) + '-' + ('0' + now.getDate()).slice(-2);
  }

  function isObject(value) {
    return !!value && typeof value === 'object' && !Array.isArray(value);
  }

  function isDate(value) {
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  }

  /** A stored run made whole, or null where it cannot be one: another program may have written there. */
  function sound(run) {
    if (!isObject(run) || typeof run.id !== 'string' || typeof run.name !== 'string') return null;
    const ticks = {};
    if (isObject(run.ticks)) {
      Object.keys(run.ticks).forEach((item) => { if (isDate(run.ticks[item])) ticks[item] = run.ticks[item]; });
    }
    return {
      id: run.id, name: run.name, ticks,
      created: isDate(run.created) ? run.created : today(), closed: isDate(run.closed) ? run.closed : null
    };
  }

  function readAll() {
    let text;
    try { text = localStorage.getItem(KEY); } catch (error) { working = false; return memory; }
    if (!working) return memory;
    if (text === null) return {};
    try {
      const value = JSON.parse(text);
      if (isObject(value)) return value;
    } catch (error) { /* kept aside below */ }
    try { localStorage.setItem(KEY + '.unreadable', text); } catch (error) { /* no room: then it stays lost */ }
    return {};
  }

  function writeAll(value) {
    memory = value;
    if (!working) return;
    try { localStorage.setItem(KEY, JSON.stringify(value)); } catch (error) { working = false; }
  }

  /** The book of one checklist: {current, runs}, always whole. */
  function read(checklist) {
    const stored = readAll()[checklist];
    const book = { current: null, runs: [] };
    if (!isObject(stored)) return book;
    if (Array.isArray(stored.runs)) book.runs = stored.runs.map(sound).filter(Boolean);
    const known = book.runs.some((run) => run.id === stored.current);
    book.current = known ? stored.current : (book.runs.length ? book.runs[0].id : null);
    return book;
  }

  /** Reads afresh, lets `work` change the book, writes; answers what `work` answers. */
  function change(checklist, work) {
    const everything = readAll();
    const book = read(checklist);
    const answer = work(book);
    everything[checklist] = book;
    writeAll(everything);
    return answer;
  }

  function current(book) {
    return book.runs.filter((run) => run.id === book.current)[0] || null;
  }

  function freeName(book) {
    const taken = book.runs.map((run) => run.name);
    let number = book.runs.length + 1;
    while (taken.indexOf('第' + number + '次办理') >= 0) number += 1;
    return '第' + number + '次办理';
  }

  /** What is wrong with a name, or an empty text. Long digits are most likely somebody's number. */
  function nameProblem(name, others) {
    if (!name) return '请写一个名称。';
    if (name.length > LIMIT) return '名称最多' + LIMIT + '个字。';
    if (/\d{11}/.test(name)) return '名称里像是有证件号或电话号，请改掉。';
    if (others.indexOf(name) >= 0) return '已经有同名的办理，请换一个名称。';
    return '';
  }

  function add(book, name, rest) {
    let number = 1;
    const ids = book.runs.map((run) => run.id);
    while (ids.indexOf('run-' + number) >= 0) number += 1;
    const run = { id: 'run-' + number, name, created: today(), closed: null, ticks: {} };
    Object.keys(rest || {}).forEach((key) => { run[key] = rest[key]; });
    book.runs.push(run);
    book.current = run.id;
    return run;
  }

  /** The file of a run; `items` are the page's [{id, title}], in order; unknown ticks follow without a title. */
  function toFile(checklist, run, items) {
    const listed = items.map((item) => item.id);
    const gone = Object.keys(run.ticks).filter((id) => listed.indexOf(id) < 0).sort();
    return JSON.stringify({
      schema_version: SCHEMA, checklist, run: run.name, created: run.created, closed: run.closed,
      items: items.concat(gone.map((id) => { return { id, title: null }; })).map((item) => {
        return { id: item.id, title: item.title, ticked: run.ticks[item.id] || null };
      })
    }, null, 2) + '\n';
  }

  /** A file's run as {name, created, closed, ticks}; throws an Error whose message the reader sees. */
  function fromFile(checklist, text) {
    let data;
    try { data = JSON.parse(text); } catch (error) { throw new Error('这个文件不是导出的办理清单，没有导入。'); }
    if (!isObject(data) || !Array.isArray(data.items) || typeof data.run !== 'string') {
      throw new Error('这个文件不是导出的办理清单，没有导入。');
    }
    if (data.schema_version !== SCHEMA) throw new Error('这个文件是另一版手册导出的，这一版读不了，没有导入。');
    if (data.checklist !== checklist) throw new Error('这个文件属于另一张清单（' + data.checklist + '），没有导入。');
    const ticks = {};
    data.items.forEach((item) => {
      if (!isObject(item) || typeof item.id !== 'string' || !(item.ticked === null || isDate(item.ticked))) {
        throw new Error('文件里有一项写得不对，没有导入。请重新导出一次。');
      }
      if (item.ticked) ticks[item.id] = item.ticked;
    });
    const name = data.run.trim().slice(0, LIMIT) || '导入的办理';
    return {
      name: /\d{11}/.test(name) ? '导入的办理' : name, ticks,
      created: isDate(data.created) ? data.created : today(), closed: isDate(data.closed) ? data.closed : null
    };
  }

  window.HandbookRuns = {
    KEY, LIMIT, today, read, change, current, freeName,
    nameProblem, add, toFile, fromFile,
    works: function () {
      try { localStorage.getItem(KEY); } catch (error) { working = false; }
      return working;
    }
  };
})();
