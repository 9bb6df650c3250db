/* Filling in on the page: fields at one side, the sheet as it will print at the other, the finished Word file at the end.
 *
 * Everything stays in this page. Something is stored only where the reader ticks the box for it, and then only what other
 * forms ask for too. */
(() => {
  'use strict';
  const own = window.HandbookFill;
  const make = own.make;
  const button = own.button;

  class Panel {
    constructor(box, door, data) {
      this.box = box;
      this.door = door;
      this.data = data;
      this.owner = data.form.split('/').pop();
      this.frame = document.querySelector('.hb-sheets');
      this.sheet = this.frame ? new own.Sheet(this.frame, data) : null;
      this.unsaved = false;
      this.build();
      this.listen();
      this.render();
    }

    /* ---------- what it is made of ---------- */

    build() {
      const name = (part) => 'fill/' + this.owner + '/' + part;
      const act = (part, text, look, press) => {
        const node = button(text, look, press);
        node.setAttribute('data-handbook', name(part));
        return node;
      };
      this.head = make('h2', { class: 'hb-plain', tabindex: '-1' }, '在网页上填写');
      this.fields = [];
      this.lists = this.data.lists.map((list) => (
        new own.Rows(list, this.owner, this.ask.bind(this), (typed) => { this.changed(typed); }, (text) => { this.say(text); })));
      this.file = make('input', {
        type: 'file', accept: '.json,application/json', hidden: '', tabindex: '-1', 'aria-label': '选择保存的填写内容'
      });
      this.tools = make('div', { class: 'hb-acts' }, [
        act('open', '打开填写内容', '', () => { this.file.click(); }),
        act('clear', '清空', '', () => { this.clear(); }),
        act('print', '打印', '', () => { window.print(); }),
        act('shut', '收起', '', () => { this.shut(); })
      ]);
      if (this.data.example) {
        this.tools.insertBefore(act('example', '填入示例', '', () => { this.example(); }), this.tools.firstChild);
      }
      this.offer = make('p', { class: 'hb-fill__offer', hidden: '' });
      this.notes = make('ul', { class: 'hb hb-fill__notes', hidden: '' });
      this.form = make('form', { novalidate: '' }, this.groups());
      this.summary = new own.Summary();
      this.which = make('select', { id: 'fill-which' }, this.data.files.map((file) => (
        make('option', { value: file.address }, file.label))));
      const several = this.data.files.length > 1;
      this.left = make('strong', { role: 'status', class: 'hb-num', 'data-handbook': name('left') });
      this.said = make('p', { class: 'hb-fill__said', role: 'status' });
      this.question = make('div', { class: 'hb-fill__ask', role: 'group', 'aria-label': '请确认', hidden: '' });
      const foot = make('div', { class: 'hb-fill__foot' }, [
        this.question, this.said,
        make('div', { class: 'hb-acts' }, [this.left].concat(
          several ? [make('label', { for: 'fill-which', class: 'hb-hide' }, '下载哪一种'), this.which] : [],
          act('download', '下载填好的Word', ' hb-btn--main', () => { this.download(); }),
          act('save', '保存填写内容', '', () => { this.save(); }),
          make('a', { class: 'hb-fill__look', href: '#fill-sheets' }, '看样子')
        ))
      ]);
      this.desk = make('section', { class: 'hb-fill__desk', 'aria-label': '在网页上填写', hidden: '' }, [
        this.head,
        make('p', {}, '填的内容只在这一页里，不上传；关掉页面就没有了，没填完的请“保存填写内容”，下次再打开接着填。'),
        this.tools, this.file, this.offer, this.notes, this.form, this.memory(), this.summary.box, foot
      ]);
      this.box.appendChild(this.desk);
    }

    groups() {
      const parts = [];
      let group = null;
      const listsAfter = (id) => {
        this.lists.filter((rows) => (rows.list.after || '') === id).forEach((rows) => {
          parts.push(rows.box);
          group = null;
        });
      };
      listsAfter('');
      this.data.fields.forEach((field) => {
        const title = field.group || '内容';
        if (!group || group.title !== title) {
          group = { title, box: make('fieldset', { class: 'hb-fill__group' }, make('legend', {}, title)) };
          parts.push(group.box);
        }
        const made = new own.Field(field, 'fill-in-' + field.id, 'fill/' + this.owner + '/' + field.id);
        this.fields.push(made);
        group.box.appendChild(made.box);
        listsAfter(field.id);
      });
      return parts;
    }

    memory() {
      this.keep = make('input', {
        type: 'checkbox', id: 'fill-keep', autocomplete: 'off', 'data-handbook': 'fill/' + this.owner + '/keep'
      });
      this.keep.checked = own.remembered() !== null;
      const shared = this.data.fields.filter((field) => field.shared).map((field) => field.label);
      return make('p', { class: 'hb-fill__keep' }, shared.length ? [
        this.keep, make('label', { for: 'fill-keep' }, [
          '在这台电脑上记住共用内容（' + shared.slice(0, 3).join('、') + (shared.length > 3 ? '等' : '') + '）',
          make('small', {}, '只存在这个浏览器里，填别的模板时可以直接取用；取消勾选就删掉。公用电脑上不要勾。')
        ])
      ] : []);
    }

    listen() {
      this.form.addEventListener('submit', (event) => { event.preventDefault(); });
      this.form.addEventListener('input', () => { this.changed(true); });
      this.form.addEventListener('change', (event) => {
        const field = this.every().filter((one) => one.input === event.target)[0];
        if (!field) return;
        field.seen = true;
        if (event.target.type === 'text' && event.target.value !== field.get()) field.set(field.get());
        this.changed(true);
      });
      this.form.addEventListener('focusin', (event) => {
        const field = this.every().filter((one) => one.input === event.target)[0];
        if (field && this.sheet) this.sheet.current(field.field.id);
      });
      this.file.addEventListener('change', () => {
        if (this.file.files[0]) this.take(this.file.files[0]);
        this.file.value = '';
      });
      this.which.addEventListener('change', () => { this.changed(false); });
      this.desk.addEventListener('click', (event) => {
        /* What was said belongs to the last act; the next begins with nothing said. */
        if (event.target.closest('button') && !this.question.contains(event.target)) this.quiet();
      }, true);
      this.keep.addEventListener('change', () => { this.store(); });
      if (this.frame) {
        this.frame.addEventListener('click', (event) => {
          /* A figure leads to its records, which stand outside the desk. */
          if (event.target.closest('a.hb-fig') && !this.desk.hidden) this.shut();
        });
      }
      window.addEventListener('beforeunload', (event) => {
        if (!this.unsaved) return;
        event.preventDefault();
        event.returnValue = '';
      });
    }

    every() {
      return [].concat.apply(this.fields, [].concat.apply([], this.lists.map((rows) => rows.fields)));
    }

    /* ---------- what is in it ---------- */

    values() {
      const values = {};
      this.fields.forEach((field) => { if (own.normal(field.get())) values[field.field.id] = field.get(); });
      return values;
    }

    rows() {
      const lists = {};
      this.lists.forEach((rows) => {
        const entries = own.written(rows.get());
        if (entries.length) lists[rows.list.id] = entries;
      });
      return lists;
    }

    /** The values that may stand in the file; a wrong one leaves its place to be filled in. */
    right(fields, values) {
      const found = {};
      fields.forEach((field) => { if (!own.problem(field, values[field.id])) found[field.id] = values[field.id]; });
      return found;
    }

    /** How much the chosen file still lacks: the plain one has no red head. */
    missing(values, lists) {
      const known = own.byId(this.data.fields);
      return own.openPlaces(this.data, values, lists, (id) => known[id].head && !this.chosen().head);
    }

    /** The file to be handed over. */
    chosen() { return this.data.files.filter((one) => one.address === this.which.value)[0] || this.data.files[0]; }

    holds() { return Object.keys(this.values()).length + Object.keys(this.rows()).length > 0; }

    put(values, lists) {
      this.fields.forEach((field) => {
        field.seen = false;
        field.set(values[field.field.id]);
      });
      this.lists.forEach((rows) => { rows.set((lists || {})[rows.list.id] || []); });
      this.notes.hidden = true;
      this.quiet();
      this.render();
    }

    changed(typed) {
      if (typed) this.unsaved = true;
      this.quiet();
      this.render();
    }

    /** Takes back what was said and asked before. */
    quiet() {
      if (this.said.textContent) this.say('');
      this.question.hidden = true;
    }

    /** The rows without what is wrong in them. */
    rightRows() {
      const lists = this.rows();
      this.data.lists.forEach((list) => {
        if (lists[list.id]) lists[list.id] = lists[list.id].map((row) => this.right(list.fields, row));
      });
      return lists;
    }

    /** What does not agree. */
    apart() { return own.disagreements(this.data, this.values(), this.rightRows()); }

    render() {
      const values = this.values();
      const right = this.right(this.data.fields, values);
      const lists = this.rightRows();
      const left = this.missing(right, lists);
      const broken = this.apart();
      const mistakes = this.every().filter((field) => field.wrong()).length;
      const text = left ? '还有' + left + '处待填' : mistakes ? '写错' + mistakes + '处' : '都填好了';
      if (this.left.textContent !== text) this.left.textContent = text;
      const lines = [];
      this.every().forEach((field) => {
        const wrong = field.wrong();
        const apart = this.fields.indexOf(field) < 0 ? [] : broken.filter((item) => this.lastOf(item) === field);
        const words = (field.seen && wrong ? [wrong] : []).concat(apart.map((item) => item.message));
        field.say(own.joined(words));
        if (words.length) lines.push([field, own.joined(words)]);
      });
      this.summary.show(lines, this.every().filter((field) => field.seen && field.wrong()).length, broken.length);
      if (this.sheet) this.sheet.show(right, lists, !left && !mistakes, this.chosen().head);
      if (this.keep.checked) own.remember(own.sharedOf(this.data, values));
      this.offers(values);
    }

    /** The field at which a disagreement is said: the last of those concerned. */
    lastOf(agreement) {
      const ids = agreement.left.concat(agreement.right || []);
      const found = this.fields.filter((field) => ids.indexOf(field.field.id) >= 0);
      return found[found.length - 1];
    }

    offers(values) {
      const found = own.offered(this.data, own.remembered() || {}, values);
      const labels = this.data.fields.filter((field) => found[field.id]).map((field) => field.label);
      this.offer.hidden = !labels.length;
      const text = labels.join('、');
      if (this.offered === text) return;
      this.offered = text;
      this.offer.textContent = '';
      if (!labels.length) return;
      const take = button('填入记住的内容', '', () => {
        const latest = own.offered(this.data, own.remembered() || {}, this.values());
        this.fields.forEach((field) => { if (latest[field.field.id]) field.set(latest[field.field.id]); });
        this.changed(true);
        this.say('已填入：' + text + '。请核对是不是这一份的。');
        this.head.focus();
      });
      take.setAttribute('data-handbook', 'fill/' + this.owner + '/offer');
      this.offer.appendChild(document.createTextNode('这台电脑记住了：' + text + '。'));
      this.offer.appendChild(take);
    }

    store() {
      if (this.keep.checked) {
        if (own.remember(own.sharedOf(this.data, this.values()))) { this.say('已记住，只存在这个浏览器里。'); return; }
        this.keep.checked = false;
        this.say('这个浏览器不允许保存，没有记住。');
        return;
      }
      own.forget();
      this.offers(this.values());
      this.say('记住的共用内容已经删掉。');
    }

    /* ---------- what can be done ---------- */

    say(text) { this.said.textContent = text; }

    ask(text, yes, then, from) { own.ask(this.question, text, yes, then, from || document.activeElement); }

    example() {
      const fill = () => {
        this.put(this.data.example.values, this.data.example.lists);
        this.unsaved = false;
        this.say('已填入虚构的示例，只供了解写法，交出前请换成实际内容。');
      };
      if (this.holds()) this.ask('填入示例会换掉已经填的内容，确定吗？', '换成示例', fill); else fill();
    }

    clear() {
      const empty = () => {
        this.put({}, {});
        this.unsaved = false;
        this.say('已清空。');
        this.head.focus();
      };
      if (this.holds()) this.ask('清空后不能恢复，确定吗？', '清空', empty); else empty();
    }

    /** Where nothing stands in the way, hands the finished file to the browser. */
    download() {
      this.every().forEach((field) => { field.seen = true; });
      this.render();
      const wrong = this.every().filter((field) => field.wrong());
      if (wrong.length) {
        this.say('写错' + wrong.length + '处，改好才能下载。');
        this.summary.box.focus();
        return;
      }
      const broken = this.apart();
      const go = () => {
        own.blank(this.chosen(), (bytes) => { this.deliver(bytes); }, (words) => { this.say(words); });
      };
      const said = own.joined(broken.map((item) => item.message));
      if (said) this.ask('不相符' + broken.length + '处：' + said + '。先下载吗？', '仍要下载', go); else go();
    }

    deliver(bytes) {
      let done = null;
      try { done = own.fill(bytes, this.data, this.values(), this.rows()); } catch (error) {
        this.say(error instanceof own.FillError ? error.message : '没有生成文件，请下载空白模板填写。');
        return;
      }
      const left = this.missing(this.values(), this.rows());
      const name = own.fileName(this.data, this.values(), this.chosen().head ? '-红头' : '');
      own.hand(done, name + '.docx', own.WORD);
      this.unsaved = false;
      this.say('已生成，到浏览器的下载文件夹里找“' + name + '”' + (left ? '；里面还有' + left + '处【待填】。' : '。'));
    }

    save() {
      const name = own.fileName(this.data, this.values(), '-填写内容.json');
      own.hand(own.toFile(this.data, this.values(), this.rows()), name, 'application/json');
      this.unsaved = false;
      this.say('已保存成文件，下次点“打开填写内容”接着填。文件里有你填的内容，请妥善保管。');
    }

    take(file) {
      this.quiet();
      own.read(file, (text) => {
        const found = own.fromFile(this.data, text);
        const apply = () => { this.apply(found); };
        if (found.same && this.holds()) this.ask('打开会换掉已经填的内容，确定吗？', '打开', apply); else apply();
      }, (words) => { this.say(words); });
    }

    apply(found) {
      const had = { values: this.values(), lists: this.rows() };
      const count = found.same ? own.sizeOf(found.values) + own.sizeOf(found.lists) :
        own.sizeOf(found.values, had.values) + own.sizeOf(found.lists, had.lists);
      const kept = own.sizeOf(found.values) + own.sizeOf(found.lists) - count;
      if (found.same) this.put(found.values, found.lists);
      else this.put(Object.assign({}, found.values, had.values), Object.assign({}, found.lists, had.lists));
      this.unsaved = !found.same && this.holds();
      this.notes.textContent = '';
      found.notes.forEach((note) => { this.notes.appendChild(make('li', {}, note)); });
      this.notes.hidden = !found.notes.length;
      this.say('已打开，填入' + count + '项' + (kept ? '；另有' + kept + '项本页已经填了，没有换' : '') + (found.notes.length ? '；有' + found.notes.length + '点说明，见上方。' : '。'));
    }

    open() {
      this.desk.hidden = false;
      this.door.hidden = true;
      document.body.classList.add('is-filling');
      this.paper = this.paper || make('style', { media: 'print' }, own.pageRules(this.data.paper));
      document.head.appendChild(this.paper);
      if (this.frame) {
        this.frame.id = 'fill-sheets';
        this.frame.tabIndex = 0;
        this.frame.setAttribute('role', 'region');
        this.frame.setAttribute('aria-label', '填好的样子');
      }
      this.keep.checked = own.remembered() !== null;
      this.render();
      this.head.focus();
      window.scrollTo(0, 0);
    }

    shut() {
      this.desk.hidden = true;
      this.door.hidden = false;
      document.body.classList.remove('is-filling');
      this.paper.remove();
      if (this.frame) ['id', 'tabindex', 'role', 'aria-label'].forEach((name) => { this.frame.removeAttribute(name); });
      this.door.querySelector('button').focus();
    }
  }

  own.Panel = Panel;
})();
