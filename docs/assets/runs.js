/* Checklists with named runs: fills each .hb-run, keeps its boxes and its numbers in step. Data: runs-store.js.
 *
 * A list may stand several times on a page (by stage, by role): boxes with the same data-item are one item. Boxes start
 * empty; the first tick opens a run by itself and says so. A closed run is read-only until it is opened again. */
(() => {
  'use strict';
  const store = window.HandbookRuns;
  if (!store) return;
  const BIG = 1000000;                                     /* bytes; an exported run has a few thousand */
  const TOOLS = [['rename', '改名'], ['close', '办结'], ['reopen', '重新打开'], ['export', '导出'], ['import', '导入'],
    ['print', '打印'], ['delete', '删除']];
  const UNSAVED = '本机浏览器不允许保存，勾选只在本页有效。';
  const boards = [];

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function make(tag, attributes, children) {
    const node = document.createElement(tag);
    Object.keys(attributes || {}).forEach((name) => { node.setAttribute(name, attributes[name]); });
    [].concat(children || []).forEach((child) => {
      node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return node;
  }

  function button(act, text, look) {
    return make('button', { type: 'button', class: 'hb-btn' + (look || ''), 'data-act': act }, text);
  }

  function names(book, except) {
    return book.runs.filter((run) => run !== except).map((run) => run.name);
  }

  class Board {
    constructor(checklist, bar, number) {
      this.checklist = checklist;
      this.bar = bar;
      this.id = 'hb-run-' + number;
      this.boxes = all('.hb-tasks[data-checklist] input[data-item]').filter((box) => (
        box.closest('.hb-tasks').getAttribute('data-checklist') === checklist));
      this.items = [];
      this.boxes.forEach((box) => {
        const id = box.getAttribute('data-item');
        if (this.items.some((item) => item.id === id)) return;
        const label = document.querySelector('label[for="' + box.id + '"]');
        this.items.push({ id, title: label ? label.textContent.trim() : id, box });
      });
      this.build();
      this.listen();
      this.render();
      bar.hidden = false;
    }

    build() {
      const id = this.id;
      this.select = make('select', { id: id + '-pick', autocomplete: 'off' });
      this.pick = make('span', { class: 'hb-run__pick' }, [make('label', { for: id + '-pick' }, '办理'), this.select]);
      this.none = make('span', { class: 'hb-run__name' }, '还没有开始办理');
      this.progress = make('progress', {});
      this.count = make('strong', { class: 'hb-num' });
      this.after = make('span', {});
      this.acts = {};
      TOOLS.forEach(([act, text]) => { this.acts[act] = button(act, text, ' hb-btn--quiet'); });
      this.acts.new = button('new', '新建一次办理');
      this.tools = make('div', { class: 'hb-acts hb-run__tools' }, TOOLS.map(([act]) => this.acts[act]));
      this.file = make('input', {
        type: 'file', accept: '.json,application/json', hidden: '', tabindex: '-1', 'aria-label': '选择导出的文件'
      });
      this.form = make('form', { class: 'hb-run__form', hidden: '' });
      this.said = make('p', { class: 'hb-run__said', role: 'status' });
      this.unsaved = make('p', { class: 'hb-run__tip', hidden: '' }, UNSAVED);
      this.bar.textContent = '';
      [
        make('div', { class: 'hb-run__head' }, [this.none, this.pick, this.acts.new]),
        this.progress,
        make('p', { class: 'hb-run__next' }, [this.count, this.after]),
        this.tools, this.file, this.form, this.unsaved, this.said
      ].forEach((part) => { this.bar.appendChild(part); });
      this.bar.setAttribute('role', 'group');
      this.bar.setAttribute('aria-label', '这张清单的办理记录');
      this.boxes.forEach((box) => {
        box.autocomplete = 'off';
        box.hbBlocked = box.disabled;                      /* the page's own block stays when a run opens again */
      });
    }

    listen() {
      this.boxes.forEach((box) => {
        box.addEventListener('change', () => { this.tick(box.getAttribute('data-item'), box.checked); });
      });
      this.select.addEventListener('change', () => {
        store.change(this.checklist, (book) => { book.current = this.select.value; });
        this.shut();
        this.render();
        const run = store.current(store.read(this.checklist));
        this.say(run ? '已换到“' + run.name + '”。' : '');
      });
      Object.keys(this.acts).forEach((act) => {
        this.acts[act].addEventListener('click', () => { this[act](); });
      });
      this.file.addEventListener('change', () => { this.take(this.file.files[0]); });
    }

    say(text) { this.said.textContent = text; }

    tick(item, on) {
      const started = store.change(this.checklist, (book) => {
        let run = store.current(book);
        const fresh = !run;
        if (fresh) run = store.add(book, store.freeName(book));
        if (run.closed) return null;
        if (on) run.ticks[item] = store.today(); else delete run.ticks[item];
        return fresh ? run.name : '';
      });
      this.render();
      if (started === null) this.say('这次办理已办结，勾选没有改动。');
      else this.say(started ? '已自动开始“' + started + '”，可以改名。' : '');
    }

    /* ---------- what is shown ---------- */

    render() {
      const book = store.read(this.checklist);
      const run = store.current(book);
      const ticks = run ? run.ticks : {};
      const done = this.items.filter((item) => ticks[item.id]).length;
      const total = this.items.length;
      this.options(book);
      this.bar.classList.toggle('is-empty', !run);
      this.none.hidden = !!run;
      this.pick.hidden = !run;
      this.progress.hidden = !run || !total;
      this.progress.max = total || 1;
      this.progress.value = done;
      this.progress.setAttribute('aria-label', '已完成' + done + '项，共' + total + '项');
      this.count.textContent = done + ' / ' + total;
      this.count.hidden = !run;
      this.next(run, done, total);
      this.boxes.forEach((box) => {
        const date = ticks[box.getAttribute('data-item')];
        box.checked = !!date;
        box.disabled = box.hbBlocked || !!(run && run.closed);
        this.row(box, date);
      });
      ['rename', 'export', 'print', 'delete'].forEach((act) => { this.acts[act].hidden = !run; });
      this.acts.close.hidden = !run || !!run.closed;
      this.acts.reopen.hidden = !run || !run.closed;
      this.unsaved.hidden = store.works();
    }

    options(book) {
      this.select.textContent = '';
      const closed = make('optgroup', { label: '已办结' });
      book.runs.forEach((run) => {
        const option = make('option', { value: run.id }, run.name);
        (run.closed ? closed : this.select).appendChild(option);
      });
      if (closed.childNodes.length) this.select.appendChild(closed);
      if (book.current) this.select.value = book.current;
    }

    next(run, done, total) {
      this.after.textContent = '';
      if (!run) {
        this.after.textContent = '勾第一项就会自动开始；也可以先新建，起一个名称。勾选只存在这台电脑的浏览器里。';
        return;
      }
      if (run.closed) {
        this.after.textContent = '已于' + run.closed + '办结，只能查看。';
        return;
      }
      if (total && done === total) {
        this.after.textContent = '各项都已打勾。核对材料齐全后，可以办结。';
        return;
      }
      const open = this.items.filter((item) => !run.ticks[item.id])[0];
      if (!open) return;
      this.after.appendChild(document.createTextNode('下一项：'));
      this.after.appendChild(make('a', { href: '#' + open.box.id }, open.title));
    }

    row(box, date) {
      const row = box.closest('li');
      if (!row) return;
      row.classList.toggle('is-done', !!date);
      let state = row.querySelector('.hb-run__state');
      if (!date) {
        if (state) row.removeChild(state);
        return;
      }
      if (!state) state = row.appendChild(make('span', { class: 'hb-state hb-state--done hb-run__state' }));
      state.textContent = '已完成 ' + date;
    }

    /* ---------- the form below the bar: a name, or a question ---------- */

    shut(back) {
      this.form.hidden = true;
      this.form.textContent = '';
      this.form.onsubmit = null;
      if (back) back.focus();
    }

    ask(parts, yes, focus, back, submit) {
      const no = button('cancel', '取消');
      no.addEventListener('click', () => { this.shut(back); this.say(''); });
      this.say('');
      this.form.textContent = '';
      parts.forEach((part) => { this.form.appendChild(part); });
      this.form.appendChild(make('div', { class: 'hb-run__row' },
        focus.tagName === 'INPUT' ? [focus, yes, no] : [yes, no]));
      this.form.onsubmit = (event) => { event.preventDefault(); submit(); };
      this.form.onkeydown = (event) => { if (event.key === 'Escape') no.click(); };
      this.form.hidden = false;
      focus.focus();
      if (focus.select) focus.select();
    }

    askName(word, value, others, back, submit) {
      const id = this.id + '-name';
      const input = make('input', {
        type: 'text', id, maxlength: String(store.LIMIT), autocomplete: 'off', 'aria-describedby': id + '-tip'
      });
      input.value = value;
      const yes = make('button', { type: 'submit', class: 'hb-btn hb-btn--main', 'data-act': 'save' }, '保存');
      this.ask([
        make('label', { for: id }, word),
        make('small', { id: id + '-tip', class: 'hb-run__tip' }, '只写次序或事项，例如“五月党日”。请不要在名称里写姓名或身份证号。')
      ], yes, input, back, () => {
        const name = input.value.trim();
        const problem = store.nameProblem(name, others);
        input.setAttribute('aria-invalid', String(!!problem));
        if (problem) { this.say(problem); input.focus(); return; }
        this.shut();
        submit(name);
        this.render();
        back.focus();
      });
    }

    /* ---------- what the buttons do ---------- */

    new() {
      const book = store.read(this.checklist);
      this.askName('这次办理的名称', store.freeName(book), names(book), this.acts.new, (name) => {
        store.change(this.checklist, (fresh) => { store.add(fresh, name); });
        this.say('已新建“' + name + '”，各项从空白开始。');
      });
    }

    rename() {
      const book = store.read(this.checklist);
      const run = store.current(book);
      if (!run) return;
      this.askName('新名称', run.name, names(book, run), this.acts.rename, (name) => {
        this.alter(run.id, (one) => { one.name = name; });
        this.say('已改名为“' + name + '”。');
      });
    }

    /** Changes one run by id: the choice may have moved in another tab meanwhile. */
    alter(id, work) {
      store.change(this.checklist, (book) => {
        book.runs.forEach((run) => { if (run.id === id) work(run, book); });
      });
    }

    close() { this.settle(store.today(), '已办结。需要改动时可以重新打开。', 'reopen'); }

    reopen() { this.settle(null, '已重新打开，可以继续勾选。', 'close'); }

    settle(date, words, other) {
      const run = store.current(store.read(this.checklist));
      if (!run) return;
      this.alter(run.id, (one) => { one.closed = date; });
      this.shut();
      this.render();
      this.say(words);
      this.acts[other].focus();
    }

    export() {
      const run = store.current(store.read(this.checklist));
      if (!run) return;
      const items = this.items.map((item) => { return { id: item.id, title: item.title }; });
      const text = store.toFile(this.checklist, run, items);
      const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      const name = '清单-' + this.checklist + '-' + run.name.replace(/[\\/:*?"<>|\s]+/g, '-') + '.json';
      const link = make('a', { href: address, download: name, hidden: '' });
      this.bar.appendChild(link);
      link.click();
      this.bar.removeChild(link);
      setTimeout(() => { URL.revokeObjectURL(address); }, 10000);
      this.say('已导出文件“' + name + '”。');
    }

    import() {
      this.file.value = '';
      this.file.click();
    }

    take(file) {
      if (!file) return;
      if (file.size > BIG) { this.say('文件太大，不像导出的办理清单，没有导入。'); return; }
      const reader = new FileReader();
      reader.onerror = () => { this.say('文件读不出来，没有导入。'); };
      reader.onload = () => {
        try {
          const run = store.fromFile(this.checklist, String(reader.result));
          const name = store.change(this.checklist, (book) => {
            const taken = names(book);
            let free = run.name;
            for (let number = 2; taken.indexOf(free) >= 0; number += 1) free = run.name + '（' + number + '）';
            store.add(book, free, { created: run.created, closed: run.closed, ticks: run.ticks });
            return free;
          });
          this.shut();
          this.render();
          this.say('已导入“' + name + '”。');
        } catch (error) { this.say(error.message); }
      };
      reader.readAsText(file, 'utf-8');
    }

    print() { window.print(); }

    delete() {
      const run = store.current(store.read(this.checklist));
      if (!run) return;
      const yes = make('button', { type: 'submit', class: 'hb-btn hb-btn--main', 'data-act': 'confirm' }, '确定删除');
      this.ask([make('p', {}, '删除“' + run.name + '”？它的勾选一并删除，不能恢复。')], yes, yes, this.acts.delete, () => {
        this.alter(run.id, (one, book) => {
          book.runs.splice(book.runs.indexOf(one), 1);
          const open = book.runs.filter((left) => !left.closed);
          book.current = open.length ? open[0].id : (book.runs.length ? book.runs[0].id : null);
        });
        this.shut();
        this.render();
        this.say('已删除“' + run.name + '”。');
        this.acts.new.focus();
      });
    }
  }

  /* ---------- start ---------- */

  const seen = [];
  all('.hb-run[data-checklist], .hb-tasks[data-checklist]').forEach((part) => {
    const checklist = part.getAttribute('data-checklist');
    if (seen.indexOf(checklist) >= 0) return;
    seen.push(checklist);
    let bar = all('.hb-run[data-checklist]').filter((one) => {
      return one.getAttribute('data-checklist') === checklist;
    })[0];
    if (!bar) {
      bar = make('div', { class: 'hb-run', 'data-checklist': checklist });
      part.parentNode.insertBefore(bar, part);
    }
    boards.push(new Board(checklist, bar, seen.length));
  });
  function refresh() { boards.forEach((board) => { board.render(); }); }
  window.addEventListener('storage', (event) => {
    if (event.key === store.KEY || event.key === null) refresh();
  });
  window.addEventListener('pageshow', refresh);          /* a restored page has its boxes as they were */
})();
