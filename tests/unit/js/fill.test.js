/* The rules and bytes of filling in by themselves: `node --test tests/unit/js/` (node 18 or later, nothing to install). */
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

for (const name of ['fill-values.js', 'fill-bytes.js', 'fill.js', 'fill-entries.js']) {
  require(path.join(__dirname, '../../../docs/assets', name));
}
const Fill = globalThis.HandbookFill;
const VECTORS = JSON.parse(fs.readFileSync(path.join(__dirname, 'fill-vectors.json'), 'utf8'));

const valueOf = (item) => item.repeat ? item.repeat[0].repeat(item.repeat[1]) : item.value;

test('every value is judged as the build judges it', () => {
  for (const item of VECTORS.problems) {
    assert.strictEqual(Fill.problem(VECTORS.fields[item.field], valueOf(item)), item.problem, JSON.stringify(item));
  }
});

test('what must agree is compared as the build compares it', () => {
  for (const item of VECTORS.disagreements) {
    assert.deepStrictEqual(Fill.disagreements(VECTORS.form, item.values).map((one) => one.message), item.messages, JSON.stringify(item));
  }
});

test('values are shown as they stand in the file', () => {
  for (const item of VECTORS.shown) assert.strictEqual(Fill.shown(VECTORS.fields[item.field], item.value), item.shown);
});

test('characters are as wide as the writer takes them', () => {
  for (const item of VECTORS.widths) assert.strictEqual(Fill.widthOf(item.text), item.width, item.text);
});

test('hash, check sum and encoding are the known ones', () => {
  for (const text of ['', 'abc', 'branch#2', '党支部#10', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '𠮷'.repeat(40)]) {
    const bytes = Fill.utf8(text);
    assert.deepStrictEqual(Buffer.from(bytes), Buffer.from(text, 'utf8'));
    assert.strictEqual(Fill.fromUtf8(bytes), text);
    assert.strictEqual(Buffer.from(Fill.sha256(bytes)).toString('hex'), crypto.createHash('sha256').update(text).digest('hex'));
    if (zlib.crc32) assert.strictEqual(Fill.crc32(bytes), zlib.crc32(Buffer.from(text)));
  }
  assert.strictEqual(Fill.crc32(Fill.utf8('123456789')), 0xCBF43926);
});

test('what is no zip is refused', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(10), new Uint8Array(100), Fill.utf8('PK\u0003\u0004'.repeat(20))]) {
    assert.throws(() => Fill.unzip(bytes), Fill.FillError);
  }
});

const FORM = {
  form: 'forms/a', title: '样表', version: '1.1', agreements: [], signatures: [],
  fields: [
    { id: 'branch', label: '党支部名称', type: 'text', shared: 'branch' },
    { id: 'day', label: '会议日期', type: 'date', shared: 'meeting-date' },
    { id: 'note', label: '备注', type: 'long', optional: true },
  ],
  lists: [{ id: 'people', title: '人员', numbered: true, after: 'day', fields: [{ id: 'name', label: '姓名', type: 'text' }] }],
};

test('what is saved is opened again', () => {
  const values = { branch: ' 示例支部 ', day: '2026-06-12', note: '' };
  const text = Fill.toFile(FORM, values, { people: [{ name: '甲' }, { name: ' ' }, { name: '乙' }] });
  assert.deepStrictEqual(JSON.parse(text), {
    handbook: 'entries', form: 'forms/a', version: '1.1', values: { branch: '示例支部', day: '2026-06-12' },
    lists: { people: [{ name: '甲' }, { name: '乙' }] }, shared: { branch: '示例支部', 'meeting-date': '2026-06-12' },
  });
  const found = Fill.fromFile(FORM, '\ufeff' + text);
  assert.deepStrictEqual(found, {
    same: true, values: { branch: '示例支部', day: '2026-06-12' }, lists: { people: [{ name: '甲' }, { name: '乙' }] }, notes: [],
  });
});

test('what a file holds too much or wrong is left out and said', () => {
  const file = {
    handbook: 'entries', form: 'forms/a', version: '1.0', values: { branch: 3, day: '2026-02-30', gone: 'x', note: '好' },
    lists: { people: [{ name: '甲', age: '3' }, 'x'], none: [] },
  };
  const found = Fill.fromFile(FORM, JSON.stringify(file));
  assert.deepStrictEqual(found.values, { note: '好' });
  assert.deepStrictEqual(found.lists, { people: [{ name: '甲' }, {}] });
  assert.deepStrictEqual(found.notes, [
    '这是按第1.0版保存的，本页是第1.1版，请逐项核对。', '没有收“党支部名称”：内容不是文字。',
    '没有收“会议日期”：没有这一天，请核对年、月、日。', '没有收“gone”：本页没有这个栏目。',
    '没有收人员第1行“age”：本页没有这个栏目。', '没有收表“none”：本页没有这张表。',
  ]);
});

test('a file of another form gives what both ask for', () => {
  const other = { handbook: 'entries', form: 'forms/b', version: '9', values: { branch: '别的栏目' }, shared: { branch: '示例支部', 'meeting-date': '坏' } };
  const found = Fill.fromFile(FORM, JSON.stringify(other));
  assert.deepStrictEqual([found.same, found.values], [false, { branch: '示例支部' }]);
  assert.match(found.notes[0], /另一份模板.*1项：党支部名称/);
  assert.match(Fill.fromFile(FORM, JSON.stringify(Object.assign(other, { shared: null }))).notes[0], /没有共用的栏目/);
});

test('what is no file of ours is refused', () => {
  for (const text of ['', '[]', 'null', '{"handbook":"entries"}', '{"form":"forms/a","values":{}}', '{', 'x'.repeat(2000001)]) {
    assert.throws(() => Fill.fromFile(FORM, text), Fill.FillError);
  }
});
