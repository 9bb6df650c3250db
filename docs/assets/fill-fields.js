/* The parts of the panel that people type into: one field with its rule and its mistakes, one list with its rows. */
(() => {
  'use strict';
  const own = window.HandbookFill;

  function make(tag, attributes, children) {
    const node = document.createElement(tag);
    Object.keys(attributes || {}).forEach((name) => { node.setAttribute(name, attributes[name]); });
    [].concat(children === undefined ? [] : children).forEach((child) => {
      node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return node;
  }

  function button(text, look, press) {
    const node = make('button', { type: 'button', class: 'hb-btn' + (look || '') }, text);
    node.addEventListener('click', press);
    return node;
  }

  /** Asks in the page, in `box`; `back` gets the focus where nothing else takes it. */
  function ask(box, text, yes, then, back) {
    const done = (work) => {
      box.hidden = true;
      box.textContent = '';
      if (work) work();
      if ((!work || document.activeElement === document.body) && back && back.focus) back.focus();
    };
    const sure = button(yes, ' hb-btn--main', () => { done(then); });
    box.textContent = '';
    box.appendChild(make('p', { id: 'fill-question' }, text));
    box.appendChild(make('div', { class: 'hb-acts' }, [sure, button('取消', '', () => { done(null); })]));
    box.onkeydown = (event) => { if (event.key === 'Escape') done(null); };
    sure.setAttribute('aria-describedby', 'fill-question');
    box.hidden = false;
    sure.focus();
  }

  function control(field) {
    if (field.type === 'choice' && (field.options || []).length) {
      return make('select', {}, [''].concat(field.options).map((option) => (
        make('option', { value: option }, option || '（还没有选）'))));
    }
    if (field.type === 'long') return make('textarea', { rows: '3' });
    if (field.type === 'date') return make('input', { type: 'date', min: '1921-01-01', max: '2099-12-31' });
    if (field.type === 'time') return make('input', { type: 'time' });
    const keys = { count: 'numeric', amount: 'decimal' }[field.type];
    return make('input', keys ? { type: 'text', inputmode: keys } : { type: 'text' });
  }

  /** One field: label, control, rule, and what is wrong with it in words. */
  class Field {
    constructor(field, id, name) {
      this.field = field;
      this.id = id;
      this.seen = false;                                   /* mistakes are said once somebody has left the field */
      this.input = control(field);
      this.input.id = id;
      this.input.setAttribute('autocomplete', 'off');
      this.input.setAttribute('data-handbook', name);
      this.bad = make('p', { class: 'hb-field__bad', id: id + '-bad', hidden: '' });
      const label = make('label', { for: id }, field.label);
      if (field.head) label.appendChild(make('small', {}, '（红头版式才有）'));
      if (field.optional) label.appendChild(make('small', {}, '（可不填）'));
      this.rule = field.rule ? make('p', { class: 'hb-field__rule', id: id + '-rule' }, field.rule) : null;
      const parts = [label, this.rule, this.input, this.bad].filter(Boolean);
      this.input.setAttribute('aria-describedby', (field.rule ? id + '-rule ' : '') + id + '-bad');
      this.box = make('div', { class: 'hb-field hb-field--' + field.type }, parts);
      this.native = this.input.type;
      if (this.native === 'date' || this.native === 'time') {
        this.input.addEventListener('paste', (event) => { this.paste(event); });
      }
    }

    get() { return own.tidy(this.field, this.input.value); }

    /** What the control cannot hold is shown all the same, to be mended: as plain text, or as one more choice. */
    set(value) {
      const text = value || '';
      const strange = Boolean(text) && Boolean(own.problem(this.field, text));
      if (this.native === 'date' || this.native === 'time') this.input.type = strange ? 'text' : this.native;
      if (this.strange) { this.strange.remove(); this.strange = null; }
      if (strange && this.native === 'select-one') {
        this.strange = make('option', { value: text }, text);
        this.input.appendChild(this.strange);
      }
      this.input.value = text;
      if (strange) this.seen = true;
    }

    /** A date or time in another shape: 2026/3/5, 2026年3月5日, 9时. */
    paste(event) {
      const text = event.clipboardData ? event.clipboardData.getData('text').trim() : '';
      if (!text || event.defaultPrevented || /[\t\n]/.test(text)) return;
      event.preventDefault();
      this.set(own.tidy(this.field, text));
      this.input.dispatchEvent(new Event('change', { bubbles: true }));
    }

    /** What is wrong here, typed halfway included. */
    wrong() {
      const half = this.input.validity && this.input.validity.badInput;
      return half ? '没有填完整，请补全或清空' : own.problem(this.field, this.get());
    }

    say(text) {
      if (this.bad.textContent !== text) this.bad.textContent = text;
      this.bad.hidden = !text;
      if (text) this.input.setAttribute('aria-invalid', 'true'); else this.input.removeAttribute('aria-invalid');
    }
  }

  /** A list: rows that are added, moved and taken away; lines copied from a table program are pasted as rows. */
  class Rows {
    constructor(list, owner, ask, changed, say) {
      this.list = list;
      this.owner = owner;
      this.ask = ask;
      this.changed = changed;
      this.say = say;
      this.entries = [{}];
      this.fields = [];
      this.body = make('div', {});
      this.add = button('添加一行', '', () => {
        this.entries = this.get().concat({});
        this.build();
        this.fields[this.fields.length - 1][0].input.focus();
        this.changed(false);
      });
      this.add.setAttribute('aria-label', '添加一行：' + list.title);
      this.add.setAttribute('data-handbook', 'fill/' + owner + '/' + list.id + '/add');
      this.box = make('fieldset', { class: 'hb-fill__group' }, [
        make('legend', {}, list.title),
        make('p', { class: 'hb-field__rule' }, '一条一行；从表格里复制的几行，连表头、序号一起，可以直接粘贴到第一格。'),
        this.body, this.add
      ]);
      this.build();
    }

    get() {
      return this.fields.map((row) => {
        const entry = {};
        row.forEach((field) => { entry[field.field.id] = field.get(); });
        return entry;
      });
    }

    set(entries) {
      this.entries = entries.length ? entries : [{}];
      this.build();
    }

    build() {
      this.body.textContent = '';
      this.fields = this.entries.map((entry, index) => this.list.fields.map((field) => {
        const id = 'fill-in-' + this.list.id + '-' + (index + 1) + '-' + field.id;
        const made = new Field(field, id, 'fill/' + this.owner + '/' + field.id);
        made.set(entry[field.id]);
        if (index && made.rule) made.rule.className = 'hb-hide';
        return made;
      }));
      this.fields.forEach((row, index) => {
        const name = '第' + (index + 1) + '行';
        const up = button('上移', ' hb-btn--quiet', () => { this.move(index); });
        const away = button('删除', ' hb-btn--quiet', () => { this.remove(index, away); });
        up.setAttribute('aria-label', name + '上移');
        away.setAttribute('aria-label', '删除' + name);
        up.disabled = !index;
        this.body.appendChild(make('div', { class: 'hb-fill__row', role: 'group', 'aria-label': this.list.title + name }, [
          make('b', { class: 'hb-fill__n', 'aria-hidden': 'true' }, String(index + 1)),
          make('div', { class: 'hb-fill__cells' }, row.map((field) => field.box)),
          make('div', { class: 'hb-acts' }, [up, away])
        ]));
        row.forEach((field, column) => {
          field.input.addEventListener('paste', (event) => { this.paste(event, index, column); });
        });
      });
    }

    move(index) {
      const entries = this.get();
      entries.splice(index - 1, 0, entries.splice(index, 1)[0]);
      this.entries = entries;
      this.build();
      this.fields[index - 1][0].input.focus();
      this.changed(true);
    }

    remove(index, from) {
      const away = () => {
        this.entries = this.get().filter((entry, at) => at !== index);
        const had = this.entries.length;
        this.set(this.entries);
        (had ? this.fields[Math.min(index, had - 1)][0].input : this.add).focus();
        this.changed(true);
      };
      if (own.written([this.get()[index]]).length) this.ask('第' + (index + 1) + '行已经填了内容，确定删除吗？', '删除', away, from);
      else away();
    }

    paste(event, row, column) {
      const copied = event.clipboardData ? event.clipboardData.getData('text') : '';
      const text = copied.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
      if (!/[\t\n]/.test(text) || this.list.fields[column].type === 'long' && text.indexOf('\t') < 0) return;
      event.preventDefault();
      const entries = this.get();
      const found = own.pasted(this.list, text, column, own.MOST_ROWS - row);
      found.rows.forEach((entry, down) => { entries[row + down] = Object.assign({}, entries[row + down], entry); });
      this.set(entries);
      this.fields[row][column].input.focus();
      this.changed(true);
      this.say(own.pastedWords(found));
    }
  }

  /** What is to be mended and what to be looked at again, counted once for all, with links to the places. */
  class Summary {
    constructor() {
      this.said = '';
      this.box = make('div', {
        class: 'hb-fill__sum', tabindex: '-1', role: 'group', 'aria-label': '要改的地方', hidden: ''
      });
    }

    /** `lines`: a field and what is said of it; so many are `wrong`, so many agreements do not hold. */
    show(lines, wrong, apart) {
      this.box.hidden = !lines.length;
      const counted = [
        wrong ? '写错' + wrong + '处，改好才能下载' : '', apart ? '不相符' + apart + '处，下载前会再问一次' : ''
      ].filter(Boolean).join('；');
      const text = counted + lines.map((line) => line[0].id + line[1]).join('\n');
      if (this.said === text) return;
      this.said = text;
      this.box.textContent = '';
      this.box.appendChild(make('b', {}, counted));
      this.box.appendChild(make('ul', { class: 'hb' }, lines.map((line) => {
        const link = make('a', { href: '#' + line[0].id }, line[0].field.label);
        link.addEventListener('click', (event) => {
          event.preventDefault();
          line[0].input.focus();
        });
        return make('li', {}, [link, '：' + line[1]]);
      })));
    }
  }

  Object.assign(own, { make, button, ask, Field, Rows, Summary });
})();
